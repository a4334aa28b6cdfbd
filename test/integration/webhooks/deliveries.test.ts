import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { Receiver } from "../../fixtures/receiver.ts";

let cloud: ApiCloud;
let receivers: Receiver[] = [];

beforeAll(async () => {
  cloud = await ApiCloud.start({
    runSchedules: false,
    redeliverySeconds: 1,
    variables: { WEBHOOK_PAUSES_DIVIDED_BY: "1000000" },
  });
});

afterEach(async () => {
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  receivers = [];
});

afterAll(() => cloud.end());

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextCursor: string | null;
}

async function subscribe(api: ApiClient, id: string, fields: object = {}): Promise<Receiver> {
  const receiver = await Receiver.start();
  receivers.push(receiver);
  const body = { url: receiver.url, events: ["response.recorded", "event.recorded"], ...fields };
  const { status, json } = await api.send<{ secret: string }>("PUT", `/v1/webhooks/${id}`, { body });
  expect([status, json]).toEqual([201, expect.anything()]);
  receiver.secret = json.secret;
  return receiver;
}

const answer = (id: string, fields: object = {}) => ({ id, survey: "nps", score: 9, ...fields });

async function deliveriesOf(api: ApiClient, webhook: string): Promise<Listed["items"]> {
  const { json } = await api.get<Listed>(`/v1/webhooks/${webhook}/deliveries`);
  return json.items;
}

/** Waits until nothing is to do any more; what the sweep would find is swept up. */
async function settled(): Promise<void> {
  await cloud.cloud.idle();
  await cloud.cloud.invoke("sweep-deliveries", {});
  await cloud.cloud.idle();
}

describe("a fact that is recorded", () => {
  it("is told to who subscribes to it, signed, with everything that was sent", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "all");
    const fields = { comment: "Quick.", customerId: "17850", dimensions: { channel: "web" } };
    await api.post("/v1/responses", answer("a-1", fields));
    const purchase = {
      ...{ id: "p-1", orderId: "p-1" },
      type: "purchase.made",
      customerId: "17850",
      money: { amount: "139.12", currency: "USD" },
    };
    await api.post("/v1/events", { events: [purchase] });
    await cloud.cloud.idle();
    expect(receiver.received.map(({ isVerified }) => isVerified)).toEqual([true, true]);
    const byType = Object.fromEntries(receiver.received.map((one) => [one.type, one]));
    expect(byType["response.recorded"]?.data).toMatchObject({
      id: "a-1",
      survey: "nps",
      score: 9,
      ...fields,
    });
    expect(byType["event.recorded"]?.data).toMatchObject({ ...purchase, occurredAt: expect.any(String) });
    expect(await deliveriesOf(api, "all")).toMatchObject([
      { fact: "p-1", state: "delivered", status: 204, tries: 1 },
      { fact: "a-1", state: "delivered", status: 204, tries: 1 },
    ]);
  });

  it("is not told where its webhook's filter leaves it out, nor to other workspaces", async () => {
    const [api, other] = [await cloud.workspace(), await cloud.workspace()];
    const receiver = await subscribe(api, "detractors", { filter: { survey: "nps", scores: { to: 6 } } });
    await api.post("/v1/responses", { responses: [answer("low", { score: 3 }), answer("high")] });
    await other.post("/v1/responses", answer("elsewhere", { score: 3 }));
    await cloud.cloud.idle();
    expect(receiver.facts).toEqual(["low"]);
  });

  it("is told once, however often it is sent", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "once");
    for (let time = 0; time < 3; time += 1) await api.post("/v1/responses", answer("same"));
    await settled();
    expect(receiver.facts).toEqual(["same"]);
  });

  it("is not told any more where it was excluded or its person erased before that", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "late");
    receiver.answering = (_, response) => void response.writeHead(503).end();
    const facts = [
      answer("out", { customerId: "one" }),
      answer("erased", { customerId: "two", comment: "me" }),
    ];
    await api.post("/v1/responses", { responses: facts });
    // Both have been tried, and wait.
    await cloud.cloud.idle();
    expect(receiver.received.length).toBeGreaterThanOrEqual(2);
    await api.send("PATCH", "/v1/responses/out", { body: { excluded: true, reason: "spam" } });
    await api.send("DELETE", "/v1/customers?customerId=two");
    receiver.received.length = 0;
    receiver.answering = (_, response) => void response.writeHead(204).end();
    await settled();
    expect(receiver.received).toEqual([]);
    const deliveries = await deliveriesOf(api, "late");
    expect(deliveries.map(({ fact, state, because }) => ({ fact, state, because }))).toEqual(
      expect.arrayContaining([
        { fact: "out", state: "dropped", because: "its fact was excluded" },
        { fact: "erased", state: "dropped", because: "its person was erased" },
      ]),
    );
    expect(JSON.stringify(deliveries)).not.toContain("two");
  });
});

describe("a delivery that fails", () => {
  it("is tried again with the same id and a new signature until it is taken", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "shaky");
    receiver.answering = (_, response) => {
      const isTaken = receiver.received.length > 3;
      response.writeHead(isTaken ? 200 : 500).end(isTaken ? "thanks" : "not now");
    };
    await api.post("/v1/responses", answer("again"));
    await settled();
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(receiver.received.every(({ isVerified }) => isVerified)).toBe(true);
    expect(await deliveriesOf(api, "shaky")).toMatchObject([
      { state: "delivered", tries: 4, status: 200, answer: "thanks", error: null, nextTryAt: null },
    ]);
  });

  it("with 410 is given up, and switches its webhook off", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "gone");
    receiver.answering = (_, response) => void response.writeHead(410).end();
    await api.post("/v1/responses", answer("last"));
    await settled();
    const { json } = await api.get("/v1/webhooks/gone");
    expect(json).toMatchObject({ enabled: false, switchedOff: { because: "gone" } });
    await api.post("/v1/responses", answer("unheard"));
    await settled();
    expect(receiver.facts).toEqual(["last"]);
    expect(await deliveriesOf(api, "gone")).toMatchObject([{ fact: "last", state: "failed", tries: 1 }]);
  });

  it("is not followed to where a redirect leads", async () => {
    const api = await cloud.workspace();
    const [receiver, elsewhere] = [await subscribe(api, "moved"), await Receiver.start()];
    receivers.push(elsewhere);
    receiver.answering = (_, response) => void response.writeHead(307, { location: elsewhere.url }).end();
    await api.send("POST", "/v1/webhooks/moved/test", { body: {} });
    await cloud.cloud.idle();
    expect(elsewhere.received).toEqual([]);
    expect((await deliveriesOf(api, "moved"))[0]).toMatchObject({
      ...{ status: 307, error: "redirects are not followed" },
    });
  });
});

describe("by hand", () => {
  it("a test is sent at once, also while the webhook is disabled", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "tried", { enabled: false });
    await api.post("/v1/responses", answer("unheard"));
    const { status, json } = await api.send<{ id: string }>("POST", "/v1/webhooks/tried/test", { body: {} });
    await cloud.cloud.idle();
    expect([status, receiver.received.map(({ id, type, isVerified }) => ({ id, type, isVerified }))]).toEqual(
      [202, [{ id: json.id, type: "webhook.test", isVerified: true }]],
    );
  });

  it("a delivery is made again with the same id", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "twice");
    await api.post("/v1/responses", answer("once-more"));
    await cloud.cloud.idle();
    const [delivery] = await deliveriesOf(api, "twice");
    const path = `/v1/webhooks/twice/deliveries/${String(delivery?.["id"])}/redeliver`;
    expect((await api.send("POST", path, { body: {} })).status).toBe(202);
    await cloud.cloud.idle();
    expect(receiver.facts).toEqual(["once-more", "once-more"]);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    const unknown = path.replace(/msg_.{8}/, "msg_00000000");
    expect((await api.send("POST", unknown, { body: {} })).status).toBe(404);
  });

  it("a new secret signs beside the one before", async () => {
    const api = await cloud.workspace();
    const receiver = await subscribe(api, "rotated");
    const { json } = await api.send<{ secret: string }>("POST", "/v1/webhooks/rotated/rotate", { body: {} });
    expect(json.secret).not.toBe(receiver.secret);
    const test = () => api.send("POST", "/v1/webhooks/rotated/test", { body: {} });
    await test();
    await cloud.cloud.idle();
    receiver.secret = json.secret;
    await test();
    await cloud.cloud.idle();
    expect(receiver.received.map(({ isVerified }) => isVerified)).toEqual([true, true]);
  });
});

it("a receiver that does not answer holds up no other one", async () => {
  const api = await cloud.workspace();
  const slow = await subscribe(api, "slow");
  const held = new Promise<void>((resolve) => {
    slow.answering = () => resolve();
  });
  const responses = Array.from({ length: 100 }, (_, index) => answer(`n-${index}`));
  await api.post("/v1/responses", { responses });
  await held;
  const quick = await subscribe(api, "quick");
  const told = new Promise<number>((resolve) => {
    quick.answering = (_, response) => {
      response.writeHead(200).end();
      resolve(new Set(slow.received.map(({ id }) => id)).size);
    };
  });
  await api.post("/v1/responses", answer("latest"));
  // The slow one takes ten seconds for each thirty: some of its deliveries had not begun when the quick one was told.
  expect(await told).toBeLessThan(100);
  await api.send("DELETE", "/v1/webhooks/slow");
}, 60_000);

it("what was committed and not handed over, as its process was killed, is delivered by the sweep", async () => {
  const queueless = await ApiCloud.start({
    runSchedules: false,
    variables: { WEBHOOK_PAUSES_DIVIDED_BY: "1000000" },
    intercept: ({ service, functionName }) =>
      service === "sqs" && functionName === "record-responses" ? "drop-request" : "pass",
  });
  try {
    const api = await queueless.workspace();
    const receiver = await subscribe(api, "swept");
    const { status } = await api.post("/v1/responses", answer("lost"));
    await queueless.cloud.idle();
    expect([status, receiver.received]).toEqual([201, []]);
    await queueless.cloud.invoke("sweep-deliveries", {});
    await queueless.cloud.idle();
    expect(receiver.facts).toEqual(["lost"]);
  } finally {
    await queueless.end();
  }
});

it("an event bus gets the same events", async () => {
  const api = await cloud.workspace();
  const body = { target: { eventBridge: true }, events: ["response.recorded"] };
  const { status, json } = await api.send("PUT", "/v1/webhooks/bus", { body });
  expect([status, Object.keys(json as object)]).toEqual([201, expect.not.arrayContaining(["secret"])]);
  await api.post("/v1/responses", answer("on-the-bus"));
  await cloud.cloud.idle();
  const own = cloud.cloud.events.filter(
    ({ detail }) => (detail as { workspace: string }).workspace === api.workspace,
  );
  expect(own).toMatchObject([
    {
      source: "cx-metrics",
      detailType: "response.recorded",
      detail: { data: { id: "on-the-bus", score: 9 } },
    },
  ]);
});
