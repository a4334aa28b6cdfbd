import { dayNumber } from "../../../domain/calendar/days.ts";
import { dayOf } from "../../../domain/calendar/zones.ts";
import { customer as customerEntity } from "../../../domain/entities/customer.ts";
import { latestJourney } from "../../../domain/entities/journey.ts";
import { standingOf } from "../../../domain/entities/standing.ts";
import { eventSchemas } from "../../../domain/facts/events.ts";
import type { PurchaseDay } from "../../../domain/metrics/lifetime/purchases.ts";
import { contractsIn } from "../../../queries/customers/contracts-of.ts";
import { predictedCustomer, ratedCustomer } from "../../../queries/customers/predicted-customer.ts";
import { type CustomerTotals, readFactsOf, readTotalsOf } from "../../../store/records/customer-facts.ts";
import { readEntity } from "../../../store/records/entities.ts";
import type { StoredResponse } from "../../../store/records/responses.ts";
import { shownMoney } from "../../../store/records/shown-fact.ts";
import { latestPrediction } from "../../../store/settings/predictions.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { cursorAfter, positionOf } from "../../pipeline/list-cursor.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { presentFact } from "../facts/fact-items.ts";
import { responseItemSchema } from "../responses/answers.ts";
import type { customerSchema } from "./answers.ts";
import { presentPredicted } from "./predicted.ts";
import { customerQuerySchema } from "./query.ts";

/** Customers: where they stand, what they bought and said. */

/** At most so many of a customer's facts are added up for one answer. */
export const maxAddedUp = 5_000;

/** The header of a customer's facts as CSV: the fields of facts of every type, and dimensions as JSON in one column. */
const factColumns = columnsOfFacts();

function columnsOfFacts(): string[] {
  const names = ["id", "type", ...eventSchemas.flatMap(({ shape }) => Object.keys(shape))];
  const columns = [...names, ...Object.keys(responseItemSchema.shape)].flatMap((name) =>
    name === "money" ? ["money.amount", "money.currency"] : [name],
  );
  return [...new Set(columns)];
}

/** `GET /v1/customers`: one of them, by its id. */
export async function readCustomer(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof customerSchema>>> {
  const { table, workspace, deadline } = request;
  const { customerId: id, limit, cursor } = parseQuery(customerQuerySchema, request.query);
  const list = { workspace: workspace.id, customerId: id };
  const page = { limit, after: positionOf(list, cursor) };
  const [customer, { facts, next }] = await Promise.all([
    readEntity({ table, workspace, deadline }, { entity: customerEntity, id }),
    readFactsOf(table, workspace.id, id, page, deadline),
  ]);
  // Last, as it takes what is left of the budget.
  const totals = await readTotalsOf(table, workspace.id, id, maxAddedUp, deadline);
  if (customer.version === 0 && facts.length === 0 && totals.facts === 0) {
    throw new HttpProblem(404, "nothing is known of a customer with this id");
  }
  const today = dayOf(Date.now(), workspace.timeZone);
  const prediction = await latestPrediction(table, workspace.id);
  // Some of the purchases say nothing of how often it buys.
  const known = totals.complete ? { purchases: purchasesIn(totals) } : {};
  const items = facts.map((fact) => ({ ...presentFact(fact), customerId: id }));
  const body = {
    id,
    ...standingOf(customer.history, workspace, today),
    journey: latestJourney(customer.history, workspace.journeyStages, today),
    segments: customer.history.origin?.segments ?? {},
    ...presentTotals(totals),
    prediction: presentPredicted(
      predictedCustomer(prediction, { ...known, ...contractsIn(customer.history) }, today),
    ),
    rfm: (totals.complete && ratedCustomer(prediction, purchasesIn(totals))) || null,
    items,
    nextCursor: cursorAfter(list, next),
  };
  return { status: 200, body, rows: items, columns: factColumns };
}

/** The days on which a customer bought in a currency, in order. */
function purchasesIn({ bought }: CustomerTotals) {
  return (currency: string): PurchaseDay[] =>
    [...bought]
      .flatMap(([day, amounts]) => {
        const amount = amounts.get(currency);
        return amount === undefined ? [] : [{ day: dayNumber(day), amountMinor: Number(amount) }];
      })
      .sort((a, b) => a.day - b.day);
}

function presentTotals({ revenue, refunds, latest, facts, complete }: CustomerTotals) {
  const amounts = (sums: ReadonlyMap<string, bigint>) =>
    [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amountMinor]) => shownMoney({ amountMinor, currency }));
  const scored = ({ fact, day }: StoredResponse) => {
    if (!("score" in fact)) return [];
    const { survey, scale, score: given, id, occurredAt } = fact;
    return { survey, scale, score: given, id, occurredAt: new Date(occurredAt).toISOString(), day };
  };
  return {
    revenue: amounts(revenue),
    refunds: amounts(refunds),
    latestScores: latest.flatMap(scored),
    addedUp: { facts, complete },
  };
}
