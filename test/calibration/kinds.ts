import { acquisitionCost } from "../../lib/domain/metrics/acquisition-cost.ts";
import { averageOrderValue } from "../../lib/domain/metrics/average-order-value.ts";
import { ces } from "../../lib/domain/metrics/ces.ts";
import { clv } from "../../lib/domain/metrics/clv.ts";
import { contactVolume } from "../../lib/domain/metrics/contact-volume.ts";
import { csat } from "../../lib/domain/metrics/csat.ts";
import { ctaEngagement } from "../../lib/domain/metrics/cta-engagement.ts";
import { durationCell } from "../../lib/domain/metrics/durations.ts";
import { firstResponseTime } from "../../lib/domain/metrics/first-response-time.ts";
import type { AnyMetric } from "../../lib/domain/metrics/metric.ts";
import { nps } from "../../lib/domain/metrics/nps.ts";
import { pageSpeed } from "../../lib/domain/metrics/page-speed.ts";
import { sales } from "../../lib/domain/metrics/sales.ts";
import { sketchCell } from "../../lib/domain/metrics/statistics/sketch.ts";
import { touchpointsPerPurchase } from "../../lib/domain/metrics/touchpoints-per-purchase.ts";
import { uptime } from "../../lib/domain/metrics/uptime.ts";
import { category, type Days, lognormal, poisson, type Random } from "./draws.ts";

/** What is simulated: known truths, as the metrics see them. */

/** One kind of data. */
export interface Kind {
  readonly name: string;
  readonly metric: AnyMetric;
  /** What the metric's interval has to cover; `undefined` for counts, which have none. */
  readonly truth?: number;
  /** In days: how long a period is. */
  readonly length: number;
  /** The sizes to draw: 10, 30, 50 and 400 unless the kind has one of its own. */
  readonly sizes?: readonly number[];
  /** Draws `n` of them into the days. @param effect what the metric is changed by, as a share: 0 for nothing */
  draw(random: Random, n: number, days: Days, effect: number): void;
}

const month = 30;

function each(random: Random, n: number, days: Days, one: () => Readonly<Record<string, number | bigint>>) {
  for (let drawn = 0; drawn < n; drawn += 1) days.add(days.anyDay(random), one());
}

/** Draws what happens on each of the days, and not a number of them. */
function daily(
  one: (random: Random, effect: number, day: number) => Readonly<Record<string, number>>,
): Kind["draw"] {
  return (random, _n, days, effect) => {
    for (let day = 0; day < days.length; day += 1) days.add(day, one(random, effect, day));
  };
}

function share(truth: number): Kind {
  return {
    name: `share of ${100 * truth} %`,
    metric: csat,
    truth: 100 * truth,
    length: month,
    draw(random, n, days, effect) {
      const changed = Math.min(1, truth * (1 + effect));
      each(random, n, days, () => ({ [random() < changed ? "1-5:5" : "1-5:1"]: 1 }));
    },
  };
}

function netPromoter(mix: readonly [number, number, number]): Kind {
  const [promoters, , detractors] = mix;
  return {
    name: `NPS of ${mix.map((part) => Math.round(100 * part)).join("/")}`,
    metric: nps,
    truth: 100 * (promoters - detractors),
    length: month,
    draw(random, n, days, effect) {
      const moved = Math.min(1 - promoters, effect);
      const less = Math.min(1, moved / (1 - promoters));
      const changed = mix.map((part, index) => (index === 0 ? part + moved : part * (1 - less)));
      const cells = ["0-10:9", "0-10:7", "0-10:3"];
      each(random, n, days, () => ({ [cells[category(random, changed)] ?? ""]: 1 }));
    },
  };
}

function effort(name: string, mix: readonly number[]): Kind {
  const truth = mix.reduce((sum, part, index) => sum + part * (index + 1), 0);
  return {
    name,
    metric: ces,
    truth,
    length: month,
    draw(random, n, days, effect) {
      each(random, n, days, () => {
        const score = category(random, mix) + 1;
        return { [`1-7:${random() < effect ? 7 : score}`]: 1 };
      });
    },
  };
}

/** An order as it is counted. @param amount in the currency's major unit */
export function orderOf(amount: number): Record<string, number | bigint> {
  const minor = BigInt(Math.round(100 * amount));
  return {
    "orders:USD": 1,
    "revenue:USD": minor,
    "revenueSquares:USD": minor ** 2n,
    "revenueCubes:USD": minor ** 3n,
  };
}

/** Counts an order of a customer. @param amount in the currency's major unit */
export function addOrder(days: Days, customer: string | number, day: number, amount: number): void {
  days.add(day, orderOf(amount));
  days.addCase(String(customer), day, Math.round(100 * amount), true);
}

/** A first reply as it is counted. */
export function waitOf(seconds: number): Record<string, number | bigint> {
  const milliseconds = Math.round(1000 * seconds);
  return {
    responses: 1,
    wait: milliseconds,
    waitSquares: BigInt(milliseconds) ** 2n,
    [`w:${durationCell(milliseconds)}`]: 1,
  };
}

function amounts(sigma: number): Kind {
  return {
    name: `amounts, lognormal σ = ${sigma}`,
    metric: averageOrderValue,
    truth: 50 * Math.exp(sigma ** 2 / 2),
    length: month,
    draw(random, n, days, effect) {
      for (let order = 0; order < n; order += 1) {
        addOrder(days, order, days.anyDay(random), 50 * (1 + effect) * lognormal(random, sigma));
      }
    },
  };
}

/** Customers who order some three times, each at a level of its own: n is the number of customers. */
function regulars(level: number, sigma: number): Kind {
  return {
    name: `orders of customers, three each on average, levels σ = ${level}, orders σ = ${sigma}`,
    metric: averageOrderValue,
    truth: 50 * Math.exp((level ** 2 + sigma ** 2) / 2),
    length: month,
    sizes: [30, 50, 400, 1_500],
    draw(random, n, days, effect) {
      for (let customer = 0; customer < n; customer += 1) {
        const usual = 50 * (1 + effect) * lognormal(random, level);
        do addOrder(days, customer, days.anyDay(random), usual * lognormal(random, sigma));
        while (random() < 2 / 3);
      }
    },
  };
}

/** Customers who answer five times, mostly the same: n is the number of answers. */
const faithful: Kind = {
  name: "satisfaction, five answers a customer",
  metric: csat,
  truth: 80,
  length: month,
  draw(random, n, days, effect) {
    for (let answer = 0; answer < n; answer += 5) {
      const mood = random() < 0.8 * (1 + effect) ? 0.95 : 0.2;
      for (let time = 0; time < 5; time += 1) {
        const isSatisfied = random() < mood;
        const day = days.anyDay(random);
        days.add(day, { [isSatisfied ? "1-5:5" : "1-5:1"]: 1 });
        days.addCase(String(answer), day, Number(isSatisfied), false);
      }
    }
  },
};

/** Customers who buy some three times, each after touchpoints that are mostly the same: n is the number of customers. */
const touched: Kind = {
  name: "touchpoints for a purchase, three purchases a customer on average",
  metric: touchpointsPerPurchase,
  truth: 4.5,
  length: month,
  sizes: [30, 50, 400],
  draw(random, n, days, effect) {
    for (let customer = 0; customer < n; customer += 1) {
      const usual = 1 + poisson(random, (3 * (1 + effect) * lognormal(random, 0.5)) / Math.exp(0.125));
      do {
        const [day, touches] = [days.anyDay(random), usual + poisson(random, 0.5)];
        const counts = { touched: 1, touches, touches2: touches ** 2, touched5: Number(touches > 4) };
        days.add(day, counts);
        days.addCase(String(customer), day, touches, false);
      } while (random() < 2 / 3);
    }
  },
};

const waits: Kind = {
  name: "waits, exponential",
  metric: firstResponseTime,
  truth: 3600,
  length: month,
  draw(random, n, days, effect) {
    each(random, n, days, () => waitOf(3600 * (1 + effect) * -Math.log(random())));
  },
};

const loads: Kind = {
  name: "75th percentile of load times, lognormal σ = 1",
  metric: pageSpeed,
  truth: 2 * Math.exp(0.6744897501960817),
  length: month,
  draw(random, n, days, effect) {
    each(random, n, days, () => {
      const seconds = 2 * (1 + effect) * lognormal(random, 1);
      return { loads: 1, milliseconds: Math.round(1000 * seconds), [`l:${sketchCell(seconds)}`]: 1 };
    });
  },
};

/** A probe a minute; each outage spoils twenty of them. */
function outages(perMonth: number): Kind {
  return {
    name: `uptime, ${perMonth} outages of 20 minutes a month`,
    metric: uptime,
    truth: 100 * (1 - (20 * perMonth) / (month * 1440)),
    length: month,
    sizes: [month * 1440],
    draw: daily((random, effect) => {
      const failed = 20 * poisson(random, ((1 + effect) * perMonth) / month);
      return { probes: 1440, good: Math.max(0, 1440 - failed) };
    }),
  };
}

/** A visitor sees it five times on a day, and clicks each time or, mostly, never. */
const visitors: Kind = {
  name: "clicks, five views a visitor",
  metric: ctaEngagement,
  truth: 20,
  length: month,
  draw(random, n, days, effect) {
    for (let seen = 0; seen < n; seen += 5) {
      const isClicker = random() < 0.25 * (1 + effect);
      const clicks = Array.from({ length: 5 }, () => isClicker && random() < 0.8).filter(Boolean).length;
      days.add(days.anyDay(random), { views: 5, clicks });
    }
  },
};

/** What a weekday is of the mean of all. */
const weekdays = [1.3, 1.2, 1.2, 1.1, 1.1, 0.6, 0.5];

const contacts: Kind = {
  name: "contacts, 20 a day, over-dispersed, fewer at weekends",
  metric: contactVolume,
  length: month,
  sizes: [month],
  draw: daily((random, effect, day) => {
    const usual = 20 * (1 + effect) * (weekdays[day % 7] ?? 1);
    // Gamma–Poisson with a coefficient of variation of about 0.4 by days that are busier than others.
    return { contacts: poisson(random, (usual * lognormal(random, 0.4)) / Math.exp(0.08)) };
  }),
};

const revenue: Kind = {
  name: "sales, 5 orders a day, lognormal σ = 1",
  metric: sales,
  length: month,
  sizes: [month],
  draw(random, _n, days, effect) {
    for (let day = 0; day < days.length; day += 1) {
      const orders = poisson(random, 5 * (1 + effect));
      for (let order = 0; order < orders; order += 1) days.add(day, orderOf(50 * lognormal(random, 1)));
    }
  },
};

/** Customers who are won by spending on most days. */
const acquisition: Kind = {
  name: "acquisition cost, 3 new customers a day",
  metric: acquisitionCost,
  length: month,
  sizes: [month],
  draw: daily((random, effect, day) => {
    const spent = Math.round(100 * 150 * (1 + effect) * (weekdays[day % 7] ?? 1) * lognormal(random, 0.4));
    return { "spends:USD": 1, "spent:USD": spent, new: poisson(random, 3 * (weekdays[day % 7] ?? 1)) };
  }),
};

/** 1,000 customers who order once a month, and leave once in twenty. */
const worth: Kind = {
  name: "lifetime value, 50 lost a month",
  metric: clv,
  length: month,
  sizes: [month],
  draw(random, _n, days, effect) {
    days.before["new"] = 1_000n;
    for (let day = 0; day < days.length; day += 1) {
      const orders = poisson(random, 33);
      let revenue = 0;
      for (let order = 0; order < orders; order += 1)
        revenue += Math.round(5_000 * (1 + effect) * lognormal(random, 1));
      const lost = poisson(random, 50 / month);
      const moved = { new: poisson(random, 50 / month), lost, lostDay: lost };
      days.add(day, { "customerOrders:USD": orders, "customerRevenue:USD": revenue, ...moved });
    }
  },
};

/** Everything that is simulated. */
export const kinds: readonly Kind[] = [
  share(0.5),
  share(0.05),
  share(0.01),
  share(0.98),
  netPromoter([0.62, 0.29, 0.09]),
  netPromoter([0.2, 0.3, 0.5]),
  netPromoter([0.96, 0.03, 0.01]),
  effort("effort, 1–7", [0.04, 0.05, 0.08, 0.13, 0.2, 0.3, 0.2]),
  effort("effort, nearly all 7", [0.01, 0.01, 0.01, 0.02, 0.05, 0.1, 0.8]),
  amounts(0.5),
  amounts(1),
  amounts(2),
  regulars(0.4, 0.3),
  regulars(0.8, 0.6),
  faithful,
  touched,
  waits,
  loads,
  visitors,
  outages(4),
  outages(12),
  contacts,
  revenue,
  acquisition,
  worth,
];
