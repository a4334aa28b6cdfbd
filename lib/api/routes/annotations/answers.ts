import * as z from "zod";
import { annotationSchema } from "../../../domain/annotations/annotation.ts";
import { pageParameters } from "../../pipeline/pagination.ts";
import { rangeParameters } from "../../pipeline/range.ts";

/** Annotations as they are asked for and answered. */

/** The query parameters of `GET /v1/annotations`. */
export const annotationsQuerySchema = z.strictObject({ ...rangeParameters, ...pageParameters });

export const annotationAnswerSchema = z
  .object({
    id: z.string(),
    ...annotationSchema.shape,
    createdAt: z.string().meta({ description: "RFC 3339" }),
    updatedAt: z.string(),
  })
  .meta({ id: "Annotation" });

/** A page of annotations. */
export const annotationListSchema = z
  .object({ items: z.array(annotationAnswerSchema), nextCursor: z.string().nullable() })
  .meta({ id: "AnnotationList" });

/** The result of deleting one. */
export const annotationDeletedSchema = z.object({ id: z.string(), status: z.literal("deleted") });
