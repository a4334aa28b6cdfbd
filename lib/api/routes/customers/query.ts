import * as z from "zod";
import { customerIdSchema } from "../../../facts/base.ts";
import { pageParameters } from "../../pipeline/pagination.ts";

/** The query parameters of the routes about one customer, whose id may have characters that no path can carry. */

const customerParameter = { customerId: customerIdSchema };

/** The query parameters of `GET /v1/customers`. */
export const customerQuerySchema = z.strictObject({ ...customerParameter, ...pageParameters });

/** The query parameters of `DELETE /v1/customers`. */
export const erasureQuerySchema = z.strictObject(customerParameter);
