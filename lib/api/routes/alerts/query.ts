import * as z from "zod";
import { pageParameters } from "../../pipeline/pagination.ts";

/** The query of alerts, in a file of its own: the OpenAPI document needs it without the store. */

/** The query parameters of `GET /v1/alerts`. */
export const alertsQuerySchema = z.strictObject(pageParameters);
