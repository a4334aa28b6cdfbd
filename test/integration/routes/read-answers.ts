import { expect } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import type { Call } from "./manage-settings.ts";

/** The walk over what is read: metrics, responses, events, words, customers. */

/** The days that are asked about. */
export const range = `?from=${dayBefore(10)}&to=${dayBefore(0)}`;

export async function readAnswers(call: Call): Promise<void> {
  await call("GET", "/v1/metrics");
  for (const { id } of metrics) {
    await call("GET", "/v1/metrics/{id}", { id, query: `${range}&interval=day` });
  }
  // Which store answers depends on the family. Days before the archive would be read one by one.
  const archived = `?from=${dayBefore(5)}&to=${dayBefore(0)}`;
  const counted = metrics.filter(({ isFromModel }) => !isFromModel);
  for (const { id } of new Map(counted.map((metric) => [metric.family, metric])).values()) {
    const recounted = await call("GET", "/v1/metrics/{id}", { id, query: `${archived}&filter.device=phone` });
    expect(recounted).toMatchObject({ source: "files" });
  }
  for (const groupBy of ["channel", "channel,plan,hour"]) {
    await call("GET", "/v1/metrics/{id}", { id: "nps", query: `${archived}&groupBy=${groupBy}` });
    await call("GET", "/v1/metrics/{id}", { id: "churn-rate", query: `${archived}&groupBy=${groupBy}` });
  }
  const several = await call("GET", "/v1/series", { query: `${range}&metrics=nps,sales&interval=day` });
  expect(several).toMatchObject({ items: [{ metric: "nps" }, { metric: "sales" }] });
  await call("GET", "/v1/snapshots", { query: `${range}&revisions=all` });
  await call("GET", "/v1/health");
  await call("GET", "/v1/openapi.json");
}

export async function readResponses(call: Call): Promise<void> {
  const listed = await call("GET", "/v1/responses", { query: `${range}&q=quick` });
  expect(listed).toMatchObject({ items: [{ id: "a-1" }] });
  // What the answer does not say is looked up in its order.
  const ofGold = await call("GET", "/v1/responses", { query: `${range}&survey=ces&filter.plan=gold` });
  expect(ofGold).toMatchObject({ items: [{ id: "about-order", orderId: "1" }] });
  const own = await call("GET", "/v1/responses", { query: `${range}&customerId=c-1` });
  expect(own).toMatchObject({ items: [{ id: "a-1" }] });
  expect(await call("GET", "/v1/responses/{id}", { id: "a-1" })).toMatchObject({
    comment: "Quick!",
    audit: [],
  });
}

export async function readEvents(call: Call): Promise<void> {
  const all = await call("GET", "/v1/events", { query: range });
  expect(all).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ ticketId: "case-1" })]),
  });
  expect(await call("GET", "/v1/events/{id}", { id: "1" })).toMatchObject({
    ...{ type: "purchase.made", customerId: "c-1", money: { amount: "9.90", currency: "USD" } },
    ...{ excluded: false, audit: [] },
  });
  const bought = await call("GET", "/v1/events", { query: `${range}&type=purchase.made&customerId=c-1` });
  expect(bought).toMatchObject({ items: [{ id: "1", money: { amount: "9.90", currency: "USD" } }] });
}

export async function readTerms(call: Call): Promise<void> {
  const terms = await call("GET", "/v1/terms", { query: `${range}&survey=nps` });
  expect(terms).toMatchObject({ groups: [{}, {}, { group: "promoters", terms: [{ term: "Quick" }] }] });
  // What the answer does not say is looked up in its ticket.
  const ofNone = await call("GET", "/v1/terms", { query: `${range}&survey=csat&filter.plan=(none)` });
  expect(ofNone).toMatchObject({ lookedAt: { comments: 1 } });
}

export async function readCustomers(call: Call): Promise<void> {
  const buyer = await call("GET", "/v1/customers", { query: "?customerId=c-1" });
  expect(buyer).toMatchObject({ state: "active", purchases: 1, latestScores: [{ score: 9 }] });
  const promoters = await call("GET", "/v1/customers", { query: "?score.nps=9..10" });
  expect(promoters).toMatchObject({ items: [{ id: "c-1", orders: 1, scores: { nps: { score: 9 } } }] });
  const counts = await call("GET", "/v1/customers/counts", { query: `${range}&state=active` });
  expect(counts).toMatchObject({ interval: "week" });
  const cohorts = await call("GET", "/v1/cohorts", { query: `${range}&by=year&groupBy=channel` });
  expect(cohorts).toMatchObject({ items: [{ group: "web" }], measure: "retention" });
  const survival = await call("GET", "/v1/survival", { query: `${range}&groupBy=channel` });
  expect(survival).toMatchObject({ items: [{ group: "web", lost: 0, medianDays: null }], test: null });
  const rfm = await call("GET", "/v1/rfm", { query: "?filter.channel=web" });
  expect(rfm).toMatchObject({
    on: dayBefore(1),
    items: expect.arrayContaining([expect.objectContaining({ segment: "lost" })]),
  });
}
