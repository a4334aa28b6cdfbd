import * as z from "zod";
import { settingsSchema } from "../../workspace/settings.ts";
import { dayParameter } from "../pipeline/parameters.ts";

/** The schemas of answers, as the OpenAPI document shows them: errors, facts, settings, keys. */

const fieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: "RFC 6901 pointer to the field or `/parameter`", example: "/score" }),
    detail: z.string().meta({ example: "must be an integer from 0 to 10" }),
  })
  .meta({ id: "FieldError" });

/** An error answer (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(fieldError).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

/** The gateway's own short error, for what never reaches a function. */
export const gatewayErrorSchema = z.object({ message: z.string().meta({ example: "Unauthorized" }) }).meta({
  id: "GatewayError",
  description: "API Gateway's own error: a missing key, throttling, or no function in time",
});

/** The answer to a single fact. */
export const recordedSchema = z
  .object({ id: z.string(), status: z.enum(["recorded", "duplicate"]) })
  .meta({ id: "FactOutcome" });

/** The answer to a batch. */
export const batchSchema = z
  .object({
    recorded: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    invalid: z.int(),
    results: z.array(
      z.object({
        index: z.int(),
        id: z.string().optional(),
        status: z.enum(["recorded", "duplicate", "conflict", "invalid"]),
        errors: z.array(fieldError).optional(),
      }),
    ),
  })
  .meta({ id: "BatchOutcome", description: "One result a fact, in the order sent" });

/** A workspace. */
export const workspaceSchema = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    ...settingsSchema.shape,
    trackedSince: z.record(z.string(), z.string()).meta({
      description: "For dimensions that are tracked since later than the workspace was made: the instant",
    }),
    snapshotsThrough: dayParameter.nullable(),
    effects: z
      .array(z.string())
      .optional()
      .meta({ description: "After a change: from when on it holds, and what stays as it was" }),
  })
  .meta({ id: "Workspace" });

const apiKey = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(["ingest", "read", "admin"])),
  origins: z.array(z.string()),
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

/** What became of a key. */
export const revokedSchema = z
  .object({ id: z.string(), status: z.enum(["revoked"]) })
  .meta({ id: "RevokedKey" });

/** The health check. */
export const healthSchema = z.object({ status: z.enum(["ok"]) }).meta({ id: "Health" });

/** The OpenAPI document itself. */
export const openApiSchema = z.looseObject({ openapi: z.string() }).meta({ id: "OpenApi" });
