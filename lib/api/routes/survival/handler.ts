import type { SurvivalStep } from "../../../domain/metrics/lifetime/survival.ts";
import { findSurvival } from "../../../queries/customers/survival.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { asArchiveProblem } from "../customers/archive-problem.ts";
import { conditionsOf, splitCustomerFilters } from "../customers/conditions.ts";
import type { survivalSchema } from "./answers.ts";
import { survivalQuerySchema } from "./query.ts";

/** After how long customers leave. */

/** Days of joining where the query does not say, and at most: five years. */
const maxDays = 1_830;

/** The header of CSV: a row a group and month. */
const columns = ["group", "customers", "medianDays", "month", "atRisk", "lost", "value", "low", "high"];

/** `GET /v1/survival`: the share of customers who are still there, by how long ago they joined. */
export async function readSurvival(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof survivalSchema>>> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitCustomerFilters(request.query);
  const { groupBy, from, to, ...parameters } = parseQuery(survivalQuerySchema, rest);
  const now = Date.now();
  const range = resolveRange({ from, to }, workspace, now, { maxDays, defaultDays: maxDays });
  const context = { table, workspace, deadline, files: defaultFiles() };
  const asked = { range, groupBy, conditions: conditionsOf(parameters, dimensions) };
  const { curves, test, remarks, through, changedDays } = await asArchiveProblem(() =>
    findSurvival(context, asked, now),
  );
  const items = curves.map(({ group, customers, lost, medianDays, steps }) => ({
    ...(groupBy === undefined ? {} : { group }),
    ...{ customers, lost, medianDays, steps: steps.map(inPercent) },
  }));
  const rows = items.flatMap(({ steps, ...curve }) => steps.map((step) => ({ ...curve, ...step })));
  const body = {
    ...{ from: range.from, to: range.to, items, test: test ?? null },
    ...(remarks.length > 0 ? { remarks: [...remarks] } : {}),
    ...{ through, changedDays },
  };
  return { status: 200, body, rows, columns };
}

function inPercent({ month, atRisk, lost, share, low, high }: SurvivalStep) {
  const percent = (one: number | null) => (one === null ? null : 100 * one);
  return { month, atRisk, lost, value: 100 * share, low: percent(low), high: percent(high) };
}
