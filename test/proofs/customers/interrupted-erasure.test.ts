import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  dynamoDbError,
  type Intercept,
  type ServiceCall,
} from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { storedItems } from "../../fixtures/stored.ts";
import {
  customerOf,
  differencesOf,
  erase,
  factIdsOf,
  purchase,
} from "../../integration/customers/customers.ts";

let test: ApiCloud;
let api: ApiClient;
let faults: Intercept = () => "pass";

beforeAll(async () => {
  test = await ApiCloud.start({ intercept: (call) => faults(call) });
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});
afterEach(() => {
  faults = () => "pass";
});

const range = ["2024-01-01", "2024-01-31"] as const;

async function recordPerson(): Promise<void> {
  const days = Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(2, "0"));
  await api.recordAll(
    "events",
    days.map((day) => purchase(`p-${day}`, "jane", `2024-01-${day}`)),
  );
  const answer = (day: string) => ({
    ...{ id: `n-${day}`, survey: "nps", score: 9, customerId: "jane", comment: "I am Jane" },
    occurredAt: `2024-01-${day}T00:00:00Z`,
  });
  await api.recordAll("responses", days.map(answer));
}

async function expectNoTrace(): Promise<void> {
  const items = await storedItems(test.cloud, api.workspace);
  expect(items.filter((item) => /jane/i.test(item))).toEqual([]);
}

function isErasure({ functionName }: ServiceCall): boolean {
  return functionName === "erase-customers";
}

describe("an erasure that ends half-way", () => {
  it("leaves the counts right in between, and is finished by the next one", async () => {
    await recordPerson();
    let updates = 0;
    faults = (call) => {
      if (!isErasure(call) || !["UpdateItem", "TransactWriteItems"].includes(call.action)) return "pass";
      updates += 1;
      return updates > 15 ? { answer: dynamoDbError("ServiceUnavailable", "down") } : "pass";
    };
    expect((await api.send("DELETE", "/v1/customers?customerId=jane")).status).toBe(503);
    expect(updates).toBeGreaterThan(15);
    faults = () => "pass";
    expect(await differencesOf(api, ...range)).toBe(0);
    const { facts, customer } = await erase(api, "jane");
    expect([facts > 0 && facts < 40, customer]).toEqual([true, false]);
    await expectNoTrace();
    expect(await differencesOf(api, ...range)).toBe(0);
    expect((await api.total("customers", ...range)).components).toMatchObject({ new: 1, lost: 0 });
  });

  it("says that a history was erased also where the answer to that was lost", async () => {
    await recordPerson();
    let lost = 0;
    faults = (call) => {
      if (!isErasure(call) || call.action !== "TransactWriteItems" || lost > 0) return "pass";
      lost += 1;
      return "drop-answer";
    };
    expect(await erase(api, "jane")).toEqual({ facts: 40, comments: 20, customer: true, deliveries: 0 });
    expect(lost).toBe(1);
    await expectNoTrace();
    expect(await differencesOf(api, ...range)).toBe(0);
  });
});

describe("while facts of the person arrive", () => {
  it("each belongs to the person erased or to a new one, and every number stays right", async () => {
    await recordPerson();
    let sent = 0;
    let isErasing = true;
    const send = async () => {
      while (isErasing) {
        sent += 1;
        const day = `2024-01-${String(1 + (sent % 28)).padStart(2, "0")}`;
        const id = `late-${sent}`;
        const { status } = await api.post("/v1/events", purchase(id, "jane", day));
        expect(status).toBe(201);
      }
    };
    const senders = [send(), send(), send()];
    await Promise.all([erase(api, "jane"), erase(api, "jane")]);
    isErasing = false;
    await Promise.all(senders);
    const { purchases } = await customerOf(api, "jane");
    expect(await factIdsOf(api, "jane", 200)).toHaveLength(purchases);
    expect(await differencesOf(api, ...range)).toBe(0);
    expect((await api.total("sales", ...range)).n).toBe(20 + sent);
    await erase(api, "jane");
    await expectNoTrace();
    expect(await differencesOf(api, ...range)).toBe(0);
    expect((await api.total("sales", ...range)).n).toBe(20 + sent);
  });
});
