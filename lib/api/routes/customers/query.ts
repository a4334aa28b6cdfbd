import * as z from "zod";
import { granularities } from "../../../calendar/intervals.ts";
import { customerIdSchema } from "../../../facts/base.ts";
import { customerSorts } from "../../../queries/customers/list.ts";
import { pageParameters } from "../../pipeline/pagination.ts";
import { rangeParameters } from "../../pipeline/range.ts";
import { customerConditionParameters } from "./conditions.ts";

/** The query parameters of the routes about one customer, whose id may have characters that no path can carry. */

const customerParameter = { customerId: customerIdSchema };

/** The query parameters of `GET /v1/customers` about one customer. */
export const customerQuerySchema = z.strictObject({ ...customerParameter, ...pageParameters });

/** The query parameters of `DELETE /v1/customers`. */
export const erasureQuerySchema = z.strictObject(customerParameter);

/** The query parameters of `GET /v1/customers` without `customerId`, beside `filter.<dimension>`. */
export const customersQuerySchema = z.strictObject({
  ...customerConditionParameters,
  sort: z
    .enum(customerSorts, { error: `must be one of ${customerSorts.join(", ")}` })
    .default("lastSeen")
    .meta({
      description:
        "By what the list is sorted, then by id: `revenue` in the workspace's currency, `pAlive` and `predictedValue` by the latest models. `lastSeen` when absent",
    }),
  order: z
    .enum(["asc", "desc"], { error: "must be asc or desc" })
    .default("desc")
    .meta({ description: "`desc` when absent. Customers without the value come last in both" }),
  ...pageParameters,
});

/** All query parameters of `GET /v1/customers`, for its documentation. */
export const allCustomersQuerySchema = customersQuerySchema.extend({
  customerId: customerIdSchema
    .optional()
    .meta({ description: "One customer instead of the list: then only `limit` and `cursor` beside it" }),
});

/** The query parameters of `GET /v1/customers/counts`, beside `filter.<dimension>`. */
export const customerCountsQuerySchema = z.strictObject({
  ...customerConditionParameters,
  ...rangeParameters,
  interval: z
    .enum(granularities, { error: `must be one of ${granularities.join(", ")}` })
    .default("week")
    .meta({ description: "One count at the end of each; `week` when absent" }),
});
