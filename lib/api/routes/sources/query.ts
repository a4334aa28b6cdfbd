import * as z from "zod";
import { pageParameters } from "../../pipeline/pagination.ts";

/** The parameters of the routes of sources. */

/** The id of a delivery that is kept. */
export const deliveryIdSchema = z.string().regex(/^[0-9A-Za-z._-]{1,60}$/, "must be the id of a delivery");

/** Where a list of deliveries goes on. */
export const unmappedCursorSchema = z.strictObject({ after: deliveryIdSchema });

export const unmappedQuerySchema = z.strictObject(pageParameters);

/** What `POST /v1/sources/{id}/replay` takes. */
export const replayRequestSchema = z
  .strictObject({
    id: deliveryIdSchema
      .optional()
      .meta({ description: "Only this delivery; all of the source when absent" }),
    cursor: pageParameters.cursor,
  })
  .refine(({ id, cursor }) => id === undefined || cursor === undefined, {
    path: ["cursor"],
    message: "must not stand beside id",
  })
  .meta({ id: "ReplayRequest" });
