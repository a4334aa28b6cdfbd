import { addDays, beginning, laterDay } from "../../../domain/calendar/days.ts";
import { dayOf } from "../../../domain/calendar/zones.ts";
import { findRfm } from "../../../queries/customers/rfm.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import { shownMoney } from "../../../store/records/shown-fact.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";
import { asArchiveProblem } from "../customers/archive-problem.ts";
import { conditionsOf, splitCustomerFilters } from "../customers/conditions.ts";
import type { rfmSchema } from "./answers.ts";
import { rfmQuerySchema } from "./query.ts";

/** Segments of customers by recency, frequency and money. */

/** How far back customers are compared where the query does not say: thirteen weeks. */
const defaultDays = 91;

/** The header of CSV. */
const columns = [
  ...["segment", "customers", "share", "money.amount", "money.currency"],
  ...["before", "won", "entered", "left"],
];

/** `GET /v1/rfm`: how large the segments are, and who moved between them. */
export async function readRfm(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof rfmSchema>>> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitCustomerFilters(request.query);
  const now = Date.now();
  const yesterday = addDays(dayOf(now, workspace.timeZone), -1);
  const { on: asked = yesterday, since: before, ...parameters } = parseQuery(rfmQuerySchema, rest);
  if (asked < beginning) throw invalidParameter("on", `must not be before ${beginning}`);
  if (asked > yesterday) throw invalidParameter("on", "must be a day that is over");
  const since = before ?? laterDay(addDays(asked, -defaultDays), beginning);
  if (since > asked) throw invalidParameter("since", "must not be after on");
  const context = { table, workspace, deadline, files: defaultFiles() };
  const question = { on: asked, since, conditions: conditionsOf(parameters, dimensions) };
  const { on, sizes, movements, ...known } = await asArchiveProblem(() => findRfm(context, question, now));
  const customers = sizes.reduce((sum, size) => sum + size.customers, 0);
  const items = sizes.map(({ moneyMinor, ...size }) => ({
    ...size,
    share: customers === 0 ? 0 : (100 * size.customers) / customers,
    money: shownMoney({ amountMinor: BigInt(Math.round(moneyMinor)), currency: workspace.currency }),
  }));
  const body = { on, since, customers, items, movements: [...movements], ...known };
  return { status: 200, body, rows: items, columns };
}
