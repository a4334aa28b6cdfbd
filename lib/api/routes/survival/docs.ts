import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { survivalSchema } from "./answers.ts";
import { survivalQuerySchema } from "./query.ts";

/** OpenAPI operation of survival. */

const survival = {
  ...{ from: "2024-10-04", to: "2026-10-03" },
  items: [
    {
      ...{ customers: 21, lost: 9, medianDays: 700 },
      steps: [
        { month: 1, atRisk: 21, lost: 0, value: 100, low: null, high: null },
        { month: 6, atRisk: 17, lost: 3, value: 85.71, low: 61.97, high: 95.16 },
      ],
    },
  ],
  ...{ test: null, through: "2026-10-03", changedDays: 0 },
};

const csv =
  "group,customers,medianDays,month,atRisk,lost,value,low,high\r\n,21,700,6,17,3,85.71,61.97,95.16\r\n";

/** By route key. */
export const survivalOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/survival": {
    operationId: "readSurvival",
    tag: "Customers",
    summary: "After how long customers leave",
    description:
      "The share of customers who are still there, by how long ago they joined. Customers who have not left yet count as long as they are known. `from` and `to` are days of joining (the last five years when absent, and at most). A customer is lost when it leaves, or by inactivity where the workspace has `inactivityDays`; whoever comes back has been lost all the same. Parameters of `GET /v1/customers` choose customers. With `groupBy` the twelve largest groups have a curve each, and the rest is `(other)`.",
    query: survivalQuerySchema,
    takesCustomerFilters: true,
    answers: {
      200: {
        description: "The curves, and whether they differ",
        schema: survivalSchema,
        examples: { all: { summary: "All customers", value: survival } },
        csv,
      },
    },
    problems: [...keyProblems, 400, 409],
    meanings: { 409: "days that are over are not in the archive yet, and have too many facts for a request" },
  },
};
