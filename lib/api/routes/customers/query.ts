import * as z from "zod";
import { granularities } from "../../../domain/calendar/intervals.ts";
import { customerIdSchema } from "../../../domain/facts/base.ts";
import { rfmSegments } from "../../../domain/metrics/lifetime/rfm.ts";
import { customerSorts } from "../../../queries/customers/list.ts";
import { pageParameters } from "../../pipeline/pagination.ts";
import { rangeParameters } from "../../pipeline/range.ts";
import { customerConditionParameters, rangeParameter } from "./conditions.ts";

/** The query parameters of the routes about one customer, whose id may have characters that no path can carry. */

const customerParameter = { customerId: customerIdSchema };

/** The query parameters of `GET /v1/customers` about one customer. */
export const customerQuerySchema = z.strictObject({ ...customerParameter, ...pageParameters });

/** The query parameters of `DELETE /v1/customers`. */
export const erasureQuerySchema = z.strictObject(customerParameter);

const numberIn = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

/** The parameters that choose customers by what the latest prediction says of them. */
const expectedParameters = {
  pAlive: rangeParameter(numberIn, "must be a probability from 0 to 1, or a range like ..0.2 or 0.8..", {
    description:
      "Only customers whose probability to be one still lies in this range, both ends included: `..0.2`, `0.8..`",
    example: "..0.2",
  }),
  predictedValue: rangeParameter(numberIn, "must be an amount, or a range like 100.. or 10..50", {
    description:
      "Only customers who are expected to bring an amount in this range, both ends included, in the currency of the latest prediction: `100..`",
    example: "100..",
  }),
  rfm: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(rfmSegments, { error: `must be some of ${rfmSegments.join(", ")}` })))
    .optional()
    .meta({
      description:
        "Only customers in one of these segments by recency, frequency and money (`GET /v1/rfm`), separated by commas",
      example: "champions,loyal",
    }),
} as const;

/** The query parameters of `GET /v1/customers` without `customerId`, beside `filter.<dimension>`. */
export const customersQuerySchema = z.strictObject({
  ...customerConditionParameters,
  ...expectedParameters,
  sort: z
    .enum(customerSorts, { error: `must be one of ${customerSorts.join(", ")}` })
    .default("lastSeen")
    .meta({
      description:
        "By what the list is sorted, then by id: `revenue` in the workspace's currency, `pAlive` and `predictedValue` by the latest models, `rfm` by the sum of the fifths of recency, frequency and money. `lastSeen` when absent",
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
