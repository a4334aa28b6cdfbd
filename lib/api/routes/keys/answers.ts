import * as z from "zod";
import { senderRulesSchema } from "../../../domain/facts/sender-rules.ts";
import { keyLimitsSchema } from "../../../store/settings/api-keys.ts";

/** API keys as they are answered. */

const apiKey = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(["ingest", "read", "admin"])),
  origins: z.array(z.string()),
  public: z.boolean().meta({ description: "Whether strangers can read it" }),
  ...senderRulesSchema.shape,
  ...keyLimitsSchema.shape,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().meta({ description: "Exact to an hour" }),
};

/** A key that was just made: the only answer that shows its text. */
export const newKeySchema = z
  .object({ ...apiKey, key: z.string().meta({ description: "Shown once: only its hash is stored" }) })
  .meta({ id: "NewKey" });

/** The keys of a workspace. */
export const keysSchema = z
  .object({ items: z.array(z.object(apiKey).meta({ id: "Key" })), nextCursor: z.string().nullable() })
  .meta({ id: "KeyList" });

/** The result of revoking a key. */
export const revokedSchema = z
  .object({ id: z.string(), status: z.enum(["revoked"]) })
  .meta({ id: "RevokedKey" });
