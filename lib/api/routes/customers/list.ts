import { decimalsOf } from "../../../domain/facts/money.ts";
import { minorPerMajor } from "../../../domain/metrics/money.ts";
import type { Bounds } from "../../../queries/customers/conditions.ts";
import { countCustomers } from "../../../queries/customers/counts.ts";
import type { KnownScore } from "../../../queries/customers/customer.ts";
import type { CustomersContext } from "../../../queries/customers/known-customers.ts";
import { type CustomerEntry, listCustomers } from "../../../queries/customers/list.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import { shownMoney } from "../../../store/records/shown-fact.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { sortedCursorAfter, sortedPositionOf } from "../../pipeline/list-cursor.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { customerCountsSchema, customerEntrySchema, type customersSchema } from "./answers.ts";
import { asArchiveProblem } from "./archive-problem.ts";
import { conditionsOf, splitCustomerFilters } from "./conditions.ts";
import { presentPredicted } from "./predicted.ts";
import { customerCountsQuerySchema, customersQuerySchema } from "./query.ts";

/** Customers: listed by conditions, and how many of them there were over time. */

/** Days that counts go back where the query does not say: about a year. */
const defaultDays = 364;

/** At most so many days of counts: ten years. */
const maxDays = 3_660;

/** The header of CSV. */
const entryColumns = Object.keys(customerEntrySchema.shape).flatMap((name) => {
  if (name === "revenue" || name === "refunds") return [`${name}.amount`, `${name}.currency`];
  if (name === "prediction") {
    const fields = ["pAlive", "orders", "value.amount", "value.currency", "months", "through", "fittedAt"];
    return fields.map((field) => `${name}.${field}`);
  }
  if (name === "rfm") {
    return ["recency", "frequency", "money", "segment", "through"].map((field) => `${name}.${field}`);
  }
  if (name !== "scores") return [name];
  const { scores } = customerEntrySchema.shape;
  return Object.keys(scores.shape).flatMap((survey) =>
    ["score", "scale", "day"].map((field) => `scores.${survey}.${field}`),
  );
});

const countColumns = Object.keys(customerCountsSchema.shape.items.element.shape);

/** `GET /v1/customers` without `customerId`: a page of those who fulfil conditions. */
export async function readCustomers(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof customersSchema>>> {
  const { dimensions, rest } = splitCustomerFilters(request.query);
  const { sort, order, limit, cursor, ...parameters } = parseQuery(customersQuerySchema, rest);
  const { pAlive, predictedValue, rfm } = parameters;
  const list = {
    ...{ kind: "customers", workspace: request.workspace.id, ...parameters, sort, order },
    dimensions: Object.entries(dimensions).sort(),
  };
  const search = {
    conditions: conditionsOf(parameters, dimensions),
    expected: {
      ...{ pAlive, segments: rfm },
      valueMinor: predictedValue && inMinorUnits(predictedValue, request.workspace.currency),
    },
    order: { by: sort, direction: order },
    ...{ limit, after: sortedPositionOf(list, cursor) },
  };
  const found = await asArchiveProblem(() => listCustomers(contextOf(request), search, Date.now()));
  const { total, through, changedDays, next } = found;
  const items = found.entries.map((entry) => presentEntry(entry, request.workspace.currency));
  request.note({ found: items.length, total });
  const body = { items, total, through, changedDays, nextCursor: sortedCursorAfter(list, next) };
  return { status: 200, body, rows: items, columns: entryColumns };
}

/** `GET /v1/customers/counts`: how many fulfilled conditions at the end of each interval. */
export async function readCustomerCounts(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof customerCountsSchema>>> {
  const { dimensions, rest } = splitCustomerFilters(request.query);
  const { interval, from: since, to: until, ...parameters } = parseQuery(customerCountsQuerySchema, rest);
  const asked = { from: since, to: until };
  const { from, to } = resolveRange(asked, request.workspace, Date.now(), { maxDays, defaultDays });
  const conditions = conditionsOf(parameters, dimensions);
  const question = { conditions, range: { from, to }, interval };
  const counted = await asArchiveProblem(() => countCustomers(contextOf(request), question, Date.now()));
  const items = counted.counts.map(({ isProvisional, ...count }) => ({
    ...count,
    provisional: isProvisional,
  }));
  const { through, changedDays } = counted;
  return {
    status: 200,
    body: { from, to, interval, items, through, changedDays },
    ...{ rows: items, columns: countColumns },
  };
}

function inMinorUnits({ from, to }: Bounds<number>, currency: string): Bounds<number> {
  const units = minorPerMajor(decimalsOf(currency));
  const of = (amount: number | undefined) => (amount === undefined ? undefined : amount * units);
  return { from: of(from), to: of(to) };
}

function contextOf(request: HttpRequest): CustomersContext {
  const { table, workspace, deadline } = request;
  return { table, workspace, deadline, files: defaultFiles() };
}

function presentEntry(entry: CustomerEntry, currency: string): AnswerOf<typeof customerEntrySchema> {
  const { scores, revenue, refunds, dimensions, predicted, rated, ...rest } = entry;
  const own = (amounts: CustomerEntry["revenue"]) =>
    shownMoney({ amountMinor: amounts.get(currency) ?? 0n, currency });
  const others = (amounts: CustomerEntry["revenue"]) =>
    [...amounts]
      .filter(([other]) => other !== currency)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([other, amountMinor]) => shownMoney({ amountMinor, currency: other }));
  const presented = Object.entries(scores).map(([survey, score]) => [survey, presentScore(score)] as const);
  return {
    ...rest,
    ...{ revenue: own(revenue), refunds: own(refunds) },
    ...{ otherRevenue: others(revenue), otherRefunds: others(refunds) },
    prediction: presentPredicted(predicted),
    rfm: rated ?? null,
    dimensions,
    scores: Object.fromEntries(presented),
  };
}

function presentScore({ score, scale, day, id }: KnownScore) {
  return { score, scale, day, id };
}
