import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { rfmSchema } from "./answers.ts";
import { rfmQuerySchema } from "./query.ts";

/** OpenAPI operation of segments by recency, frequency and money. */

const money = (amount: string) => ({ amount, currency: "EUR" });

const rfm = {
  ...{ on: "2026-10-31", since: "2026-08-01", customers: 400 },
  items: [
    {
      ...{ segment: "champions", customers: 88, share: 22, money: money("20480.00") },
      ...{ before: 80, won: 2, entered: 14, left: 8 },
    },
    {
      ...{ segment: "cannot-lose", customers: 12, share: 3, money: money("4100.00") },
      ...{ before: 9, won: 0, entered: 5, left: 2 },
    },
  ],
  movements: [
    { from: null, to: "champions", customers: 2 },
    { from: "champions", to: "champions", customers: 72 },
    { from: "champions", to: "cannot-lose", customers: 3 },
  ],
  ...{ through: "2026-11-01", changedDays: 0 },
};

const csv =
  "segment,customers,share,money.amount,money.currency,before,won,entered,left\r\nchampions,88,22,20480.00,EUR,80,2,14,8\r\n";

/** By route key. */
export const rfmOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/rfm": {
    operationId: "readRfm",
    tag: "Customers",
    summary: "Segments by recency, frequency and money",
    description:
      "All customers who have bought in the workspace's currency, in fifths by how lately they bought (recency), on how many days (frequency) and for how much (money); equal ones in the fifth of their middle. By the fifth of recency, and the mean of the other two, rounded up, each is in one segment: from 4 on `champions` (4 and 5), `loyal` (3), `potential-loyal` (2) and `new` (1); at 3 `loyal` (3 and more) and `cooling`; below `cannot-lose` (4 and 5), `at-risk` (3), and else `hibernating` (recency 2) or `lost` (1). The same is done on an earlier day, and who moved is counted. Parameters of `GET /v1/customers` choose who is counted, not among whom they are divided. Fewer than five customers are in no segment. `GET /v1/customers?rfm=champions` lists them as they are on the last day that is over.",
    query: rfmQuerySchema,
    takesCustomerFilters: true,
    answers: {
      200: {
        description: "The segments, those first who are worth most attention, and the movements between them",
        schema: rfmSchema,
        examples: { quarter: { summary: "A quarter", value: rfm } },
        csv,
      },
    },
    problems: [...keyProblems, 400, 409],
    meanings: { 409: "days that are over are not in the archive yet, and have too many facts for a request" },
  },
};
