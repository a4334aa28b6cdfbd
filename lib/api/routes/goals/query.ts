import * as z from "zod";
import { pageParameters } from "../../pipeline/pagination.ts";

/** What can be asked of the goals: apart from what measures them, as the API's description needs no store. */

/** The query parameters of `GET /v1/goals`. */
export const goalsQuerySchema = z.strictObject(pageParameters);
