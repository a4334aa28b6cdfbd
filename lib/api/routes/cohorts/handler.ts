import { meanRow } from "../../../domain/metrics/lifetime/cohorts.ts";
import { findCohorts } from "../../../queries/customers/cohorts.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { asArchiveProblem } from "../customers/archive-problem.ts";
import { conditionsOf, splitCustomerFilters } from "../customers/conditions.ts";
import type { cohortsSchema } from "./answers.ts";
import { presentCohort, presentMean } from "./present.ts";
import { cohortsQuerySchema } from "./query.ts";

/** Cohorts of customers. */

/** Days of joining where the query does not say: about a year. */
const defaultDays = 365;

/** At most so many days of joining: five years. */
const maxDays = 1_830;

/** The header of CSV: a row a cohort and age. */
const columns = ["from", "to", "group", "customers", "age", "value", "low", "high", "perCustomerSoFar"];

/** `GET /v1/cohorts`: customers by when they joined, and what they did at each age. */
export async function readCohorts(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof cohortsSchema>>> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitCustomerFilters(request.query);
  const { by, measure, groupBy, from, to, ...parameters } = parseQuery(cohortsQuerySchema, rest);
  const now = Date.now();
  const range = resolveRange({ from, to }, workspace, now, { maxDays, defaultDays });
  const context = { table, workspace, deadline, files: defaultFiles() };
  const asked = { range, by, groupBy, conditions: conditionsOf(parameters, dimensions) };
  const found = await asArchiveProblem(() => findCohorts(context, asked, now));
  const view = { measure, currency: workspace.currency };
  const items = found.cohorts.map((cohort) => presentCohort(cohort, view, groupBy !== undefined));
  const body = {
    ...{ from: range.from, to: range.to, by, measure },
    ...(measure === "revenue" ? { currency: workspace.currency } : {}),
    items,
    mean: meanRow(found.cohorts).map((cell) => presentMean(cell, view)),
    ...(found.remarks.length > 0 ? { remarks: [...found.remarks] } : {}),
    ...{ through: found.through, changedDays: found.changedDays },
  };
  const rows = items.flatMap(({ cells, ...cohort }) =>
    cells.map(({ age, value, low, high, perCustomerSoFar }) => ({
      ...{ ...cohort, age, value, low, high, perCustomerSoFar },
    })),
  );
  return { status: 200, body, rows, columns };
}
