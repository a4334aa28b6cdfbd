import { addDays, dayNumber } from "../../domain/calendar/days.ts";
import { clvPredicted } from "../../domain/metrics/clv-predicted.ts";
import { segmentOf, totalSegment } from "../../domain/metrics/counting.ts";
import type { Contract } from "../../domain/metrics/lifetime/contracts.ts";
import { thereOn } from "../../domain/metrics/lifetime/contracts.ts";
import {
  type Expectation,
  expectationsOfBuyers,
  expectationsOfContracts,
  sumOf,
} from "../../domain/metrics/lifetime/expectations.ts";
import type { Prediction } from "../../domain/metrics/lifetime/prediction.ts";
import { buyerOf } from "../../domain/metrics/lifetime/purchases.ts";
import type { Counts } from "../../domain/metrics/period.ts";
import { countsOfExpectation, countsOfModels } from "../../domain/metrics/predicted-counters.ts";
import { writePredictedDay } from "../../store/counters/predicted-days.ts";
import { countedValues, otherValue } from "../../store/records/value-list.ts";
import { readValueList } from "../../store/records/value-lists.ts";
import { storePrediction } from "../../store/settings/predictions.ts";
import type { StoreContext } from "../../store/table/context.ts";
import type { ListedCustomer } from "./customer.ts";
import type { Predicted } from "./predict.ts";

/** Keeping a prediction: as it is, and as the counters of the metric `clv-predicted`, by segment. */

/** Stores a prediction, and what it says of each segment from the day after the last one that it knows. */
export async function keepPrediction(
  { table, workspace }: StoreContext,
  { prediction, customers }: Predicted,
): Promise<void> {
  await storePrediction(table, workspace.id, prediction);
  const expected = expectedOf(prediction, customers);
  // Nothing was bought by then: there may be no counters of so early a day.
  if (prediction.customers === 0 && expected.size === 0) return;
  const { currency } = prediction;
  const countsOf = (sum: Expectation | undefined) => (sum ? countsOfExpectation(currency, sum) : {});
  const total = [...expected.values()].reduce<Expectation | undefined>(sumOf, undefined);
  const bySegment = new Map<string, Counts>([
    [totalSegment, { ...countsOf(total), ...countsOfModels(prediction) }],
  ]);
  for (const dimension of workspace.trackedDimensions) {
    const values = countedValues(await readValueList(table, workspace, dimension));
    const sums = new Map<string, Expectation>();
    for (const [{ dimensions }, one] of expected) {
      const own = Object.hasOwn(dimensions, dimension) ? dimensions[dimension] : undefined;
      if (own === undefined) continue;
      const value = values.has(own) ? own : otherValue;
      sums.set(value, sumOf(sums.get(value), one));
    }
    for (const value of values) bySegment.set(segmentOf(dimension, value), countsOf(sums.get(value)));
  }
  const place = { family: clvPredicted.family, day: addDays(prediction.through, 1) };
  await writePredictedDay(table, workspace, place, bySegment);
}

/** What is expected of each customer of whom the model that was taken says anything. */
function expectedOf(
  prediction: Prediction,
  customers: Iterable<ListedCustomer>,
): ReadonlyMap<ListedCustomer, Expectation> {
  const expected = new Map<ListedCustomer, Expectation>();
  const of = expectationBy(prediction);
  if (!of) return expected;
  for (const customer of customers) {
    const one = of(customer);
    if (one) expected.set(customer, one);
  }
  return expected;
}

function expectationBy(
  prediction: Prediction,
): ((customer: ListedCustomer) => Expectation | undefined) | undefined {
  const { model, contracts, taken, currency } = prediction;
  const through = dayNumber(prediction.through);
  if (taken === "contracts") {
    if ("reason" in contracts) return undefined;
    const expectation = expectationsOfContracts(contracts, prediction, through);
    return (customer) => {
      const all =
        contracts.basis === "customers" ? customer.contracts() : customer.subscriptions(currency, through);
      const [own]: Contract[] = thereOn(all, through);
      return own && expectation(own);
    };
  }
  if ("reason" in model) return undefined;
  const expectation = expectationsOfBuyers(model, prediction);
  return (customer) => {
    const buyer = buyerOf(customer.purchases(currency), through);
    return buyer && expectation(buyer);
  };
}
