import { dayNumber } from "../calendar/days.ts";
import { otherCurrencies } from "./currencies.ts";
import { perCustomer, perMinorUnit } from "./lifetime/expected-units.ts";
import { type Components, defineMetric, type Measurement } from "./metric.ts";
import { formatMajor, minorPerMajor } from "./money.ts";
import type { Period } from "./period.ts";
import { type PredictedPrefix, perFigure, predictedCounters } from "./predicted-counters.ts";
import type { Remark } from "./remark.ts";
import { normalQuantile } from "./statistics/bounds.ts";

/** What customers are predicted to bring. */
export const clvPredicted = defineMetric({
  id: "clv-predicted",
  name: "Predicted lifetime value",
  area: "customers",
  description:
    "What a customer is expected to bring within the horizon, by models of how customers buy and leave, and how wrong these were.",
  formula:
    "(expected purchases within the horizon, by BG/NBD × expected amount of a purchase, by Gamma-Gamma × margin × (1 − refunded share), discounted, of all customers)/customers; under contract: (expected months within the horizon, by shifted-beta-geometric × revenue a month × margin × (1 − refunded share), discounted, of all customers who are there)/customers",
  unit: "money",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "From the uncertainty of the models' parameters (delta method, on the scale of the logarithm). What single customers do by chance is not in it: it hardly matters for many of them. A change is tested as if two fits knew different purchases; as they share most, rather too few changes are called certain.",
  notes: [
    "The models are fitted once a week, and whenever a prediction is asked for. A fit counts from the day after the last day that it knows, until the next one, for 31 days at most.",
    "Horizon, discount rate and margin are settings of the workspace (predictionMonths, discountRate, margin), as they were when the models were fitted. totalValue is that of all customers together.",
    "Without enough customers who bought repeatedly, or where the purchases do not determine the models, the value is null, and a remark says why.",
    "method says which model was taken: contracts where at least 30 customers have left explicitly, or have ended all of their subscriptions, else purchases. The prediction itself says why.",
    "The components whose names begin with holdout say how wrong the models were: they predict the last quarter of the history from the rest.",
    "By a tracked dimension customers count where they were won; customers, orders and totalValue of its values add up to the whole. Other dimensions have no values.",
  ],
  references: [
    {
      title:
        "Fader, Hardie & Lee 2005, “Counting Your Customers” the Easy Way, Marketing Science 24(2), 275–284",
    },
    { title: "Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value" },
    {
      title:
        "Fader & Hardie 2007, How to Project Customer Retention, Journal of Interactive Marketing 21(1), 76–90",
    },
  ],
  range: () => ({ min: 0, max: null }),
  family: "predicted",
  isFromModel: true,
  carriesOver: true,
  isOffDashboard: true,
  countsFrom: [],
  facts: ["purchase.made", "customer.left"],
  exampleCell: "USD",
  counters: predictedCounters,
  compute(period, { currency, currencyDecimals }) {
    const said = stateOf(period, currency);
    const { customers, value } = said;
    const standardError = Math.hypot(...said.deviations);
    const perMajor = perMinorUnit * minorPerMajor(currencyDecimals);
    const each = (amount: number) => amount / customers / perMajor;
    const currencies = [...stateCells(period, "customers:").keys()];
    const remarks = refusalsOf(period, currency);
    if (customers <= 0) {
      return {
        ...{ value: null, low: null, high: null, n: 0, components: {} },
        ...otherCurrencies("purchases", currencies, currency, remarks),
      };
    }
    const isKnown = value > 0;
    const factor = isKnown ? Math.exp((normalQuantile * standardError) / value) : 1;
    return {
      value: formatMajor(each(value)),
      low: isKnown ? formatMajor(each(value / factor)) : null,
      high: isKnown && Number.isFinite(factor) ? formatMajor(each(value * factor)) : null,
      n: customers,
      components: {
        ...{ customers, alive: said.alive / perCustomer, orders: said.orders / perCustomer },
        totalValue: formatMajor(value / perMajor),
        ...modelComponents(said.model, period.to),
      },
      ...(said.model.size === 0 ? {} : { method: said.model.has("beta") ? "contracts" : "purchases" }),
      ...(isKnown
        ? {
            sample: {
              ...{ kind: "estimate", estimate: each(value), standardError: each(standardError) },
            } satisfies Measurement["sample"],
          }
        : {}),
      ...otherCurrencies("purchases", currencies, currency, remarks),
    };
  },
});

type PredictedPeriod = Period<`${PredictedPrefix}${string}`, PredictedPrefix>;

/** What the counters say at the end of a period: those of before it, and how they changed in it. */
function stateCells(period: PredictedPeriod, prefix: PredictedPrefix): ReadonlyMap<string, number> {
  const sums = new Map(period.cellsBefore(prefix));
  for (const [name, change] of period.cells(prefix)) sums.set(name, (sums.get(name) ?? 0n) + change);
  return new Map([...sums].flatMap(([name, sum]) => (sum === 0n ? [] : [[name, Number(sum)]])));
}

/** The cells of one currency: `USD r` is r. */
function cellsOf(period: PredictedPeriod, prefix: PredictedPrefix, currency: string): Map<string, number> {
  const own = [...stateCells(period, prefix)].filter(([name]) => name.startsWith(`${currency} `));
  return new Map(own.map(([name, sum]) => [name.slice(currency.length + 1), sum]));
}

function stateOf(period: PredictedPeriod, currency: string) {
  const sum = (prefix: PredictedPrefix) => stateCells(period, prefix).get(currency) ?? 0;
  return {
    ...{ customers: sum("customers:"), alive: sum("alive:"), orders: sum("orders:"), value: sum("value:") },
    deviations: [...cellsOf(period, "deviation:", currency).values()],
    model: cellsOf(period, "model:", currency),
  };
}

/** What is said of the models, in their own units. */
function modelComponents(model: ReadonlyMap<string, number>, to: string): Components {
  const { through, months, refunded, ...figures } = Object.fromEntries(
    [...model].map(([name, sum]) => [name, sum / perFigure]),
  );
  if (through === undefined || months === undefined) return {};
  return {
    ...{ horizonMonths: months, daysSinceFit: dayNumber(to) - through, refundedShare: refunded ?? 0 },
    ...figures,
  };
}

/** Why there are no models. */
function refusalsOf(period: PredictedPeriod, currency: string): Remark[] {
  return [...cellsOf(period, "refused:", currency)].map(([why, count]) => ({
    id: "remark.notPredicted",
    values: { why, count: count - 1 },
  }));
}
