import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { customerOf, differencesOf, erase } from "../customers/customers.ts";

/** Customer service's metrics over HTTP: facts in, values out. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

const month = ["2026-03-01", "2026-03-31"] as const;
const inMarch = `from=${month[0]}&to=${month[1]}`;

const ticket = (step: string, ticketId: string, occurredAt: string, more: object = {}) => ({
  ...{ type: `ticket.${step}`, ticketId, occurredAt },
  ...more,
});

/** Opened at 09:00, replied to at 10:00, resolved at 13:00; reopened the day after, and resolved a day later. */
const life = (ticketId: string, category: string) => [
  ticket("opened", ticketId, "2026-03-02T09:00:00Z", { dimensions: { category } }),
  ticket("replied", ticketId, "2026-03-02T10:00:00Z", { dimensions: { category: "of the reply" } }),
  ticket("resolved", ticketId, "2026-03-02T13:00:00Z"),
  ticket("reopened", ticketId, "2026-03-03T09:00:00Z"),
  ticket("resolved", ticketId, "2026-03-04T09:00:00Z"),
];

async function groupsOf(api: ApiClient, metric: string, query: string) {
  const series = await api.series(metric, query);
  return series.map((entry) => [Reflect.get(entry, "group"), entry.value] as const);
}

describe("the events of a ticket", () => {
  it("give the same numbers in any order, in one batch or one by one, and sent twice", async () => {
    const facts = life("t", "billing").map((fact, index) => ({ id: `f${index}`, ...fact }));
    for (const sent of [facts, [...facts].reverse()]) {
      const api = await test.workspace({ trackedDimensions: ["category"] });
      if (sent === facts) await api.recordAll("events", sent);
      else for (const fact of sent) await api.recordAll("events", [fact]);
      expect(await api.batch("events", sent)).toMatchObject({ recorded: 0, duplicate: 5 });
      const value = async (metric: string) => (await api.total(metric, ...month)).value;
      expect(await value("contact-volume")).toBe(1);
      expect(await value("first-response-time")).toBe(3_600);
      expect(await value("resolution-time")).toBe(2 * 86_400);
      expect(await value("first-contact-resolution")).toBe(0);
      // Every event counts in the category of the opening.
      const volumes = await groupsOf(api, "first-response-time", `${inMarch}&groupBy=category`);
      expect(volumes).toEqual([["billing", 3_600]]);
      expect(await differencesOf(api, ...month)).toBe(0);
    }
  });

  it("that arrive at the same time from many senders count once each", async () => {
    const api = await test.workspace();
    const facts = life("t", "billing").map((fact, index) => ({ id: `f${index}`, ...fact }));
    const answers = await Promise.all(
      [...facts, ...facts].map((fact) => api.batch("events", [fact, { id: "other", ...life("u", "x")[0] }])),
    );
    const recorded = answers.reduce((sum, answer) => sum + answer.recorded, 0);
    expect(recorded).toBe(6);
    expect((await api.total("resolution-time", ...month)).value).toBe(2 * 86_400);
    expect((await api.total("contact-volume", ...month)).value).toBe(2);
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it("that come late change the day on which they happened: a reopening takes back what its day said", async () => {
    const api = await test.workspace();
    const [opened, , resolved, reopened] = life("t", "billing");
    await api.recordAll("events", [opened, { ...resolved, contacts: 1 }]);
    const rate = () => api.total("first-contact-resolution", "2026-03-02", "2026-03-02");
    const time = () => api.total("resolution-time", "2026-03-02", "2026-03-02");
    expect([(await rate()).value, (await time()).value]).toEqual([100, 4 * 3_600]);
    await api.recordAll("events", [reopened]);
    // Still a case that was resolved, though not on the first contact, and not resolved now.
    expect([(await rate()).value, (await time()).value]).toEqual([0, null]);
  });
});

describe("first-contact-resolution", () => {
  it("is provisional for seven days, as a return can still take it back", async () => {
    const api = await test.workspace({}, 9);
    const days = { from: dayBefore(9), to: dayBefore(1) };
    await api.takeSnapshots(days);
    const query = `from=${days.from}&to=${dayBefore(1)}&interval=day`;
    const provisional = async (metric: string) =>
      (await api.series(metric, query)).filter((entry) => entry.provisional).map(({ from }) => from);
    expect(await provisional("queue-abandonment")).toEqual([]);
    const lastWeek = Array.from({ length: 7 }, (_, index) => dayBefore(7 - index));
    expect(await provisional("first-contact-resolution")).toEqual(lastWeek);
  });
});

describe("the largest groups", () => {
  const categories = [5, 4, 3, 3, 2, 1].flatMap((count, index) =>
    Array.from({ length: count }, (_, number) =>
      ticket("opened", `${index}-${number}`, "2026-03-02T09:00:00Z", {
        dimensions: { category: `c${index}` },
      }),
    ),
  );
  const none = ticket("opened", "none", "2026-03-02T09:00:00Z");

  it.each([["tracked", ["category"]] as const, ["not tracked", []] as const])(
    "are shown, and the others together, by a dimension that is %s",
    async (_name, trackedDimensions) => {
      const api = await test.workspace({ trackedDimensions: [...trackedDimensions] });
      await api.recordAll("events", [...categories, none]);
      const top = await groupsOf(api, "contact-volume", `${inMarch}&groupBy=category&top=2`);
      expect(top).toEqual([
        ["(other)", 9],
        ["c0", 5],
        ["c1", 4],
        ["(none)", 1],
      ]);
      const all = await groupsOf(api, "contact-volume", `${inMarch}&groupBy=category&top=20`);
      expect(all).toEqual(await groupsOf(api, "contact-volume", `${inMarch}&groupBy=category`));
      expect(all).toHaveLength(7);
    },
  );

  it("have the mean and the share of the others computed from all of them, as CSV too", async () => {
    const api = await test.workspace({ trackedDimensions: ["category"] });
    const hours = [[1, 1, 1], [3], [5]];
    await api.recordAll(
      "events",
      hours
        .flatMap((times, category) =>
          times.flatMap((time, index) => [
            ticket("opened", `${category}-${index}`, "2026-03-02T00:00:00Z", {
              dimensions: { category: `c${category}` },
            }),
            ticket("resolved", `${category}-${index}`, `2026-03-02T0${time}:00:00Z`, { contacts: category }),
          ]),
        )
        .map((fact) => ("contacts" in fact && fact.contacts === 0 ? { ...fact, contacts: 1 } : fact)),
    );
    const query = `${inMarch}&groupBy=category&top=1`;
    expect(await groupsOf(api, "resolution-time", query)).toEqual([
      ["c0", 3_600],
      ["(other)", 4 * 3_600],
    ]);
    expect(await groupsOf(api, "first-contact-resolution", query)).toEqual([
      ["c0", 100],
      ["(other)", 50],
    ]);
    const { text } = await api.csv(`/v1/metrics/resolution-time?${query}`);
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(rows.map(({ group, value }) => [group, value])).toEqual([
      ["c0", "3600"],
      ["(other)", "14400"],
    ]);
  });
});

describe("knowledge-contributions", () => {
  it.each([["tracked", ["agent"]] as const, ["not tracked", []] as const])(
    "are credited to who wrote, and uses to the author, by an agent that is %s",
    async (_name, trackedDimensions) => {
      const api = await test.workspace({ trackedDimensions: [...trackedDimensions] });
      const article = (kind: string, day: string, more: object = {}) => ({
        ...{ type: `article.${kind}`, articleId: "a", occurredAt: `2026-03-${day}T10:00:00Z` },
        ...more,
      });
      await api.recordAll("events", [
        article("used", "05", { ticketId: "t1" }),
        article("written", "04", { agent: "bob" }),
        article("written", "02", { agent: "ann" }),
        article("used", "06"),
      ]);
      const series = await api.series("knowledge-contributions", `${inMarch}&groupBy=agent`);
      const byAgent = Object.fromEntries(
        series.map((entry) => [Reflect.get(entry, "group"), { value: entry.value, ...entry.components }]),
      );
      expect(byAgent).toEqual({
        ann: { value: 1, created: 1, improved: 0, used: 2, resolvedCases: 1 },
        bob: { value: 1, created: 0, improved: 1, used: 0, resolvedCases: 0 },
      });
      expect(await differencesOf(api, ...month)).toBe(0);
    },
  );
});

describe("a call", () => {
  it("that was abandoned counts on the day of its queue, whichever event arrives first", async () => {
    const api = await test.workspace();
    const call = (kind: string, occurredAt: string) => ({ type: `call.${kind}`, callId: "q", occurredAt });
    await api.recordAll("events", [call("abandoned", "2026-03-03T00:01:00Z")]);
    expect((await api.total("queue-abandonment", ...month)).value).toBeNull();
    await api.recordAll("events", [call("queued", "2026-03-02T23:59:00Z")]);
    expect((await api.total("queue-abandonment", "2026-03-02", "2026-03-02")).value).toBe(100);
    expect(await differencesOf(api, ...month)).toBe(0);
  });
});

describe("erasing a customer with tickets and calls", () => {
  it("takes the person out of the facts and leaves every number, also recounted, and later events still meet theirs", async () => {
    const api = await test.workspace({ trackedDimensions: ["category"] });
    const [opened, replied, resolved, reopened, again] = life("t", "billing").map((fact, index) => ({
      ...{ id: `f${index}`, customerId: "c" },
      ...fact,
    }));
    const call = {
      id: "q",
      type: "call.queued",
      callId: "q",
      customerId: "c",
      occurredAt: "2026-03-02T09:00:00Z",
    };
    const joined = { id: "j", type: "customer.joined", customerId: "c", occurredAt: "2026-03-01T09:00:00Z" };
    await api.recordAll("events", [opened, replied, resolved, call, joined]);
    expect((await customerOf(api, "c")).items).toHaveLength(5);
    const metrics = ["contact-volume", "first-response-time", "resolution-time", "queue-abandonment"];
    const values = () =>
      Promise.all(metrics.map((metric) => api.series(metric, `${inMarch}&groupBy=category`)));
    const before = await values();
    expect(await erase(api, "c")).toMatchObject({ facts: 5, customer: true });
    expect((await api.get("/v1/customers?customerId=c")).status).toBe(404);
    expect(await values()).toEqual(before);
    expect(await differencesOf(api, ...month)).toBe(0);
    // A duplicate restores nothing; what happens to the ticket from now on is another person's.
    expect(await api.batch("events", [opened])).toMatchObject({ duplicate: 1 });
    const withoutCustomer = [reopened, again].map((fact) => ({ ...fact, customerId: undefined }));
    await api.recordAll("events", withoutCustomer);
    expect((await api.total("resolution-time", ...month)).value).toBe(2 * 86_400);
    expect(await differencesOf(api, ...month)).toBe(0);
  });
});
