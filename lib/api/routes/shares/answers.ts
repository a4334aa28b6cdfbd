import * as z from "zod";
import { shareSchema } from "../../../domain/workspace/share.ts";

/** Shared links as they are answered. */

const { path, comments } = shareSchema.shape;

/** A link without its token. */
export const shareAnswerSchema = z
  .object({
    id: z.string(),
    path,
    comments: z.boolean().meta({ description: comments.meta()?.description ?? "" }),
    createdAt: z.string().meta({ description: "RFC 3339" }),
    validUntil: z.string().meta({ description: "RFC 3339" }),
  })
  .meta({ id: "Share" });

/** A link that was just made. */
export const newShareSchema = shareAnswerSchema
  .extend({
    link: z
      .string()
      .meta({ description: "The link. Nobody can read it again: make another one if it is lost" }),
  })
  .meta({ id: "NewShare" });

/** All links of a workspace. */
export const sharesSchema = z.object({ items: z.array(shareAnswerSchema) }).meta({ id: "ShareList" });

/** The result of revoking one. */
export const shareRevokedSchema = z.object({ id: z.string(), status: z.literal("revoked") });
