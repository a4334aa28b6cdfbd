import { expect } from "vitest";
import type { Route } from "../../../lib/route.ts";
import type { LocalCloud } from "../../../lib/tools/local-cloud/cloud.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { Receiver } from "../../fixtures/receiver.ts";
import { openShared } from "./open-pages.ts";

/** The walk over what clients name and keep: goals, shared links, annotations, values of dimensions, keys. */

/** Calls a route, and expects it to succeed with what its schema documents. */
export type Call = (
  method: Route["method"],
  path: string,
  asked?: {
    readonly id?: string;
    readonly delivery?: string;
    readonly query?: string;
    readonly body?: object;
    /** In the place of those with the admin key. */
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<unknown>;

/** Sets goals for everybody and for a segment whose facts have to be counted again. */
export async function manageGoals(call: Call): Promise<void> {
  const goal = { metric: "sales", target: { changePercent: 20 }, dueDate: dayBefore(-30) };
  await call("PUT", "/v1/goals/{id}", { id: "sales", body: goal });
  await call("PUT", "/v1/goals/{id}", { id: "sales", body: { ...goal, name: "More" } });
  const segment = { ...goal, filter: { device: "phone" }, base: { from: dayBefore(31), to: dayBefore(2) } };
  await call("PUT", "/v1/goals/{id}", { id: "phones", body: segment });
  // Of cases the histories are read too.
  const cases = { ...segment, metric: "resolution-time", target: { changePercent: -10 } };
  await call("PUT", "/v1/goals/{id}", { id: "cases", body: cases });
  expect(await call("GET", "/v1/goals")).toMatchObject({
    items: [{ id: "cases" }, { id: "phones" }, { id: "published" }, { id: "sales" }],
  });
  expect(await call("GET", "/v1/goals/{id}", { id: "sales" })).toMatchObject({ state: "on-track" });
  await call("DELETE", "/v1/goals/{id}", { id: "phones" });
}

/** Sets alerts; they are judged when days close. */
export async function manageAlerts(call: Call): Promise<void> {
  const alert = { metric: "nps" };
  await call("PUT", "/v1/alerts/{id}", { id: "nps", body: alert });
  await call("PUT", "/v1/alerts/{id}", { id: "nps", body: { ...alert, sensitivity: "high" } });
  await call("PUT", "/v1/alerts/{id}", { id: "web", body: { metric: "sales", filter: { channel: "web" } } });
  expect(await call("GET", "/v1/alerts")).toMatchObject({ items: [{ id: "nps" }, { id: "web" }] });
  expect(await call("GET", "/v1/alerts/{id}", { id: "nps" })).toMatchObject({ raised: null });
  await call("DELETE", "/v1/alerts/{id}", { id: "web" });
}

export async function manageShares(call: Call, url: string): Promise<void> {
  const made = await call("POST", "/v1/shares", { body: { path: "/metrics/nps", days: 7 } });
  const { id, link } = made as { id: string; link: string };
  await openShared(url, link);
  expect(await call("GET", "/v1/shares")).toMatchObject({ items: [{ id }] });
  await call("DELETE", "/v1/shares/{id}", { id });
}

/** Sets webhooks, one of which stays and hears of everything that follows. */
export async function manageWebhooks(call: Call, cloud: LocalCloud): Promise<void> {
  const receiver = await Receiver.start();
  const id = "crm";
  const body = { url: receiver.url, events: ["response.recorded"], filter: { scores: { to: 6 } } };
  const made = await call("PUT", "/v1/webhooks/{id}", { id, body });
  receiver.secret = (made as { secret: string }).secret;
  await call("POST", "/v1/webhooks/{id}/test", { id, body: {} });
  await cloud.idle();
  receiver.answering = (_, response) => void response.writeHead(500).end("no");
  await call("POST", "/v1/webhooks/{id}/rotate", { id, body: {} });
  const tests = Array.from({ length: 11 }, () => call("POST", "/v1/webhooks/{id}/test", { id, body: {} }));
  await Promise.all(tests);
  const { items } = (await call("GET", "/v1/webhooks/{id}/deliveries", { id, query: "?limit=2" })) as {
    items: { id: string }[];
  };
  await call("POST", "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", {
    ...{ id, delivery: items[0]?.id ?? "", body: {} },
  });
  await cloud.idle();
  receiver.answering = (_, response) => void response.writeHead(410).end();
  await call("POST", "/v1/webhooks/{id}/test", { id, body: {} });
  await cloud.idle();
  expect(await call("GET", "/v1/webhooks/{id}", { id })).toMatchObject({ switchedOff: { because: "gone" } });
  await call("DELETE", "/v1/webhooks/{id}", { id });
  await receiver.stop();
  const bus = {
    target: { eventBridge: true },
    events: ["response.recorded", "event.recorded", "snapshot.taken"],
  };
  await call("PUT", "/v1/webhooks/{id}", { id: "bus", body: bus });
  expect(await call("GET", "/v1/webhooks")).toMatchObject({ items: [{ id: "bus" }] });
}

export async function manageAnnotations(call: Call): Promise<void> {
  const body = { from: dayBefore(3), text: "A release" };
  await call("PUT", "/v1/annotations/{id}", { id: "release", body });
  await call("PUT", "/v1/annotations/{id}", { id: "release", body: { ...body, to: dayBefore(2) } });
  await call("GET", "/v1/annotations/{id}", { id: "release" });
  expect(await call("GET", "/v1/annotations")).toMatchObject({ items: [{ id: "release" }] });
}

export async function manageDimensions(call: Call): Promise<void> {
  await call("GET", "/v1/dimensions/{id}", { id: "channel" });
  const body = { merge: [{ from: "Web", into: "web" }], pin: ["app"], remove: ["made-up"] };
  expect(await call("PATCH", "/v1/dimensions/{id}", { id: "channel", body })).toMatchObject({
    values: [{ status: "merged" }, { status: "named" }, { status: "removed" }, { status: "named" }],
  });
}

export async function manageKeys(call: Call): Promise<void> {
  const made = await call("POST", "/v1/keys", { body: { name: "reader", scopes: ["read"] } });
  await call("GET", "/v1/keys");
  await call("DELETE", "/v1/keys/{id}", { id: (made as { id: string }).id });
}
