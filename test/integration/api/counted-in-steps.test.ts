import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { watchPermissions } from "../../fixtures/permissions.ts";

/** What takes more counters than a transaction holds is counted in steps: with each function held to its role, as in AWS. */

let test: ApiCloud;
let api: ApiClient;
const permissions = watchPermissions();

const first = "2024-01-01";
const days = 200;
const last = addDays(first, days - 1);

beforeAll(async () => {
  test = await ApiCloud.start({ onPermission: permissions.listen });
  api = await test.workspace({ inactivityDays: 30 });
});
afterAll(() => test?.end());

it("a batch of purchases of one customer on 200 days is recorded, and counts on each of them", async () => {
  // The latest first: each of them changes what all that are there already count as.
  const events = Array.from({ length: days }, (_, index) => ({
    ...{ type: "purchase.made", customerId: "guest", orderId: `order-${index}` },
    occurredAt: `${addDays(last, -index)}T12:00:00Z`,
    money: { amount: "1.00", currency: "USD" },
  }));
  await api.recordAll("events", events);
  expect(await api.total("sales", first, last)).toMatchObject({ value: "200.00" });
  const missing = await api.send("POST", "/v1/reconciliation", { body: { from: first, to: last } });
  expect(missing.json).toMatchObject({ differencesTotal: 0 });
  expect(permissions.used).toContain("record-events: DeleteItem");
});

it("a change of settings that changes more counters of one customer than a transaction holds is counted", async () => {
  const far = Array.from({ length: 90 }, (_, index) => ({
    ...{ type: "purchase.made", customerId: "seasonal", orderId: `seasonal-${index}` },
    occurredAt: `${addDays(first, 10 * index)}T12:00:00Z`,
    money: { amount: "1.00", currency: "USD" },
  }));
  await api.recordAll("events", far);
  await api.send("PATCH", "/v1/workspace", { body: { inactivityDays: 2 } });
  await test.cloud.idle();
  expect(await api.total("customers", "2026-10-01", "2026-10-01")).toMatchObject({ value: 0 });
  expect(permissions.used).toContain("recount-entities: DeleteItem");
  expect([...permissions.denied]).toEqual([]);
});
