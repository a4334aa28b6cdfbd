import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { cohortsSchema } from "./answers.ts";
import { cohortsQuerySchema } from "./query.ts";

/** OpenAPI operation of cohorts. */

const none = { low: null, high: null, perCustomerSoFar: null };

const cohorts = {
  ...{ from: "2026-08-01", to: "2026-10-03", by: "month", measure: "retention" },
  items: [
    {
      ...{ from: "2026-08-01", to: "2026-08-31", customers: 40 },
      cells: [
        { age: 0, from: "2026-08-01", to: "2026-08-31", value: 100, ...none, low: 91.24, high: 100 },
        { age: 1, from: "2026-09-01", to: "2026-09-30", value: 30, ...none, low: 18.07, high: 45.43 },
        { age: 2, from: "2026-10-01", to: "2026-10-31", value: null, ...none },
      ],
    },
  ],
  mean: [
    { age: 0, cohorts: 1, customers: 40, value: 100, ...none, low: 91.24, high: 100 },
    { age: 1, cohorts: 1, customers: 40, value: 30, ...none, low: 18.07, high: 45.43 },
  ],
  ...{ through: "2026-10-03", changedDays: 0 },
};

const csv =
  "from,to,group,customers,age,value,low,high,perCustomerSoFar\r\n2026-08-01,2026-08-31,,40,1,30,18.07,45.43,\r\n";

/** By route key. */
export const cohortOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/cohorts": {
    operationId: "listCohorts",
    tag: "Customers",
    summary: "Customers by when they joined, and what they did at each age",
    description:
      "Each cohort is who joined in the same interval; its cells are what it did in that interval and in each one after it. `from` and `to` are days of joining (the last year when absent, five years at most). Parameters of `GET /v1/customers` choose customers. With `groupBy` the twelve largest groups are apart and the rest is `(other)`. Late facts change cells of any age.",
    query: cohortsQuerySchema,
    takesCustomerFilters: true,
    answers: {
      200: {
        description: "The cohorts, and the mean of all by age",
        schema: cohortsSchema,
        examples: { retention: { summary: "A cohort of August", value: cohorts } },
        csv,
      },
    },
    problems: [...keyProblems, 400, 409],
    meanings: { 409: "days that are over are not in the archive yet, and have too many facts for a request" },
  },
};
