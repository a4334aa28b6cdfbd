import { metrics } from "../../lib/domain/metrics/registry.ts";
import { dayBefore, noonBefore, type Send, sendAll, times } from "./send.ts";

/** Data that makes questions costly, and the costliest question of each route. */

const money = { amount: "12.50", currency: "USD" };

/** Fills an empty workspace. `SCALE` makes it larger or smaller (1 is some 15,000 facts). */
export async function seed(send: Send): Promise<void> {
  const scale = Number(process.env["SCALE"] ?? 1);
  await send("PATCH", "/v1/workspace", { trackedDimensions: ["channel", "plan"] });
  const answers = times(3_000 * scale, (index) => ({
    ...{
      survey: ["nps", "csat", "ces", "esat"][index % 4],
      score: 1 + (index % 5),
      occurredAt: noonBefore(1 + (index % 365)),
    },
    dimensions: { channel: `channel-${index % 220}`, plan: `plan-${index % 3}`, shop: `shop-${index % 7}` },
  }));
  await sendAll(send, "responses", answers);
  // Comments of the greatest length, all on one day.
  const long = times(120 * scale, (index) => ({
    ...{ survey: "nps", score: index % 11, occurredAt: noonBefore(3), comment: "😀".repeat(5_000) },
    ...{
      tags: times(20, (tag) => `${"ü".repeat(40)}${tag}`),
      dimensions: { plan: "plan-1", shop: "shop-1" },
    },
  }));
  for (let start = 0; start < long.length; start += 30)
    await sendAll(send, "responses", long.slice(start, start + 30));
  const short = times(2_000 * scale, (index) => ({
    survey: "ces",
    score: 1 + (index % 7),
    occurredAt: noonBefore(4 + (index % 20)),
    comment: `It was fine ${index}`,
  }));
  await sendAll(send, "responses", short);
  await sendAll(
    send,
    "events",
    times(1_500 * scale, (index) => ({
      type: "purchase.made",
      customerId: "guest",
      orderId: `guest-${index}`,
      occurredAt: noonBefore(1 + (index % 700)),
      money,
    })),
  );
  await sendAll(
    send,
    "events",
    times(3_000 * scale, (index) => ({
      ...{
        type: "purchase.made",
        customerId: `c-${index % 900}`,
        orderId: `o-${index}`,
        occurredAt: noonBefore(1 + (index % 365)),
        money,
      },
      dimensions: { channel: `channel-${index % 220}`, plan: `plan-${index % 3}` },
    })),
  );
  await sendAll(
    send,
    "events",
    times(1_200 * scale, (index) => ({
      type: "cart.started",
      cartId: `cart-${index}`,
      occurredAt: noonBefore(5),
      dimensions: { shop: "shop-1" },
    })),
  );
  await sendAll(
    send,
    "events",
    times(1_000 * scale, (index) => ({
      type: "ticket.opened",
      ticketId: `t-${index}`,
      occurredAt: noonBefore(1 + (index % 60)),
      dimensions: { plan: `plan-${index % 3}` },
    })),
  );
  await sendAll(
    send,
    "events",
    times(1_000 * scale, (index) => ({
      type: "ticket.resolved",
      ticketId: `t-${index}`,
      occurredAt: noonBefore(1 + (index % 60) / 2),
      contacts: 1 + (index % 3),
    })),
  );
  await sendAll(
    send,
    "events",
    times(2_000 * scale, (index) => ({
      type: "page.loaded",
      milliseconds: 50 + ((index * 7_919) % 60_000),
      page: `/p${index % 50}`,
      occurredAt: noonBefore(1 + (index % 90)),
    })),
  );
  for (let goal = 0; goal < 50; goal += 1) {
    await send("PUT", `/v1/goals/goal-${goal}`, {
      ...{ metric: "ces", target: { value: 6 }, dueDate: dayBefore(-90) },
      ...{
        filter: { channel: "channel-1", plan: "plan-1" },
        base: { from: dayBefore(40), to: dayBefore(10) },
      },
    });
  }
}

/** By name: what to ask. */
export function costliestQuestions(): [string, string][] {
  const [year, decade] = [dayBefore(364), dayBefore(3_650)];
  const ofAll = (name: string, query: string): [string, string][] =>
    metrics.map(({ id }) => [`${id}, ${name}`, `/v1/metrics/${id}?${query}`]);
  return [
    ...ofAll("a year of days, rolling 90 days, compared", `interval=day&window=90&compare=year&from=${year}`),
    ...ofAll("ten years of months", `interval=month&from=${decade}`),
    ["ces, 200 groups of a year", `/v1/metrics/ces?groupBy=channel&from=${year}`],
    ["sales, 200 groups of a year, by day", `/v1/metrics/sales?groupBy=channel&interval=week&from=${year}`],
    ["ces, two filters, a year", `/v1/metrics/ces?filter.channel=channel-1&filter.plan=plan-1&from=${year}`],
    ["ces, untracked filter, a year", `/v1/metrics/ces?filter.shop=shop-1&from=${year}`],
    [
      "nps, untracked filter, a day of long comments",
      `/v1/metrics/nps?filter.shop=shop-1&from=${dayBefore(3)}&to=${dayBefore(3)}`,
    ],
    ["churn-rate, untracked filter", `/v1/metrics/churn-rate?filter.shop=shop-1&from=${year}`],
    [
      "cart-abandonment, untracked filter",
      `/v1/metrics/cart-abandonment?filter.shop=shop-1&from=${dayBefore(8)}`,
    ],
    [
      "clv, rolling year by day since 2007",
      "/v1/metrics/clv?from=2007-01-01&interval=day&window=365&compare=previous",
    ],
    ["loyalty, since 2007", "/v1/metrics/loyalty?from=2007-01-01&interval=month"],
    ["the report", "/v1/report"],
    ["the report of a year", `/v1/report?from=${year}`],
    ["the report of ten years", `/v1/report?from=${decade}`],
    ["the report of a year, by plan", `/v1/report?from=${year}&groupBy=plan`],
    ["the report of 90 days, by plan", `/v1/report?from=${dayBefore(89)}&groupBy=plan`],
    ["the report of a year, by 200 channels", `/v1/report?from=${year}&groupBy=channel`],
    ["the report of 90 days, by 200 channels", `/v1/report?from=${dayBefore(89)}&groupBy=channel`],
    ["the report of a year, by shop", `/v1/report?from=${year}&groupBy=shop`],
    ["the report of 90 days, by shop", `/v1/report?from=${dayBefore(89)}&groupBy=shop`],
    ["the report of a year, one shop", `/v1/report?from=${year}&filter.shop=shop-1`],
    ["the report of a year, one plan", `/v1/report?from=${year}&filter.plan=plan-1`],
    ["the report of a year, without a plan", `/v1/report?from=${year}&filter.plan=(none)`],
    ["the report of a day of long comments", `/v1/report?from=${dayBefore(3)}&to=${dayBefore(3)}`],
    ["snapshots of a year, all metrics", `/v1/snapshots?from=${year}&limit=200&revisions=all`],
    ["snapshots of one metric", `/v1/snapshots?metric=page-speed&from=${year}&limit=200&revisions=all`],
    ["snapshots of ten years", "/v1/snapshots"],
    ["a customer with many facts", "/v1/customers?customerId=guest&limit=200"],
    ["responses, sparse", `/v1/responses?survey=esat&hasComment=true&limit=200&from=${decade}`],
    ["responses with long comments", `/v1/responses?survey=nps&hasComment=true&limit=200&from=${decade}`],
    ["responses of a customer", "/v1/responses?customerId=guest&limit=200"],
    ["terms without hits", `/v1/terms?survey=esat&comments=5000&from=${decade}`],
    ["terms of long comments", `/v1/terms?survey=nps&comments=5000&from=${decade}`],
    ["terms of short comments", `/v1/terms?survey=ces&comments=5000&from=${decade}`],
    ["goals of two filters each", "/v1/goals?limit=50"],
    ["one goal", "/v1/goals/goal-7"],
    ["the catalogue", "/v1/metrics?limit=200"],
    ["values of a dimension", "/v1/dimensions/channel"],
    ["the workspace", "/v1/workspace"],
    ["keys", "/v1/keys"],
  ];
}
