import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eachDay } from "../../../lib/domain/calendar/days.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { lastClosedDay } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { type ApiClient, dayBefore, type SnapshotItem } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** The hourly run takes the snapshots of closed days through the queue, and the API lists them. */

let test: ApiCloud;

beforeAll(async () => {
  test = await ApiCloud.start({ redeliverySeconds: 0 });
});
afterAll(() => test?.end());

const ids = metrics.map(({ id }) => id);
const answer = (day: string, score: number, id?: string) => ({
  ...(id ? { id } : {}),
  survey: "nps",
  score,
  occurredAt: `${day}T12:00:00Z`,
});
const buy = (day: string, customerId: string, amount = "10.00") => ({
  ...{ type: "purchase.made", orderId: `${customerId}-${day}`, customerId, occurredAt: `${day}T12:00:00Z` },
  money: { amount, currency: "USD" },
});

/** The items without what differs from run to run. */
const contents = (items: readonly SnapshotItem[]) => items.map(({ takenAt: _, ...item }) => item);

describe("the hourly run", () => {
  it("takes every metric of every closed day since the workspace was made, and of earlier days with facts", async () => {
    const api = await test.workspace({}, 4);
    await api.recordAll("responses", [
      answer("2024-05-02", 10),
      answer(dayBefore(3), 9),
      { ...answer(dayBefore(0), 0), occurredAt: `${dayBefore(0)}T00:00:00Z` },
    ]);
    await test.hour();
    const items = await api.snapshots(`from=2024-01-01&to=${dayBefore(0)}&limit=200`);
    const days = ["2024-05-02", ...eachDay(dayBefore(4), lastClosedDay(Date.now(), "UTC"))];
    expect(items.map(({ date, metric }) => `${date} ${metric}`)).toEqual(
      days.flatMap((day) => ids.map((id) => `${day} ${id}`)),
    );
    const ofNps = items.filter(({ metric, n }) => metric === "nps" && n > 0);
    expect(ofNps).toMatchObject([
      { date: "2024-05-02", value: 100, n: 1, revision: 1, lowSample: true },
      { date: dayBefore(3), value: 100, n: 1, revision: 1 },
    ]);
    expect(items.some((item) => item.restatedBecause)).toBe(false);
  });

  it("makes an interval final, until a late fact comes and the next run has seen it", async () => {
    const api = await test.workspace({}, 4);
    const day = dayBefore(3);
    const read = async () => {
      const { value, provisional } = await api.total("nps", day, day);
      return { value, provisional };
    };
    await api.recordAll("responses", [answer(day, 10)]);
    expect(await read()).toEqual({ value: 100, provisional: true });
    await test.hour();
    expect(await read()).toEqual({ value: 100, provisional: false });
    await api.recordAll("responses", [answer(day, 0)]);
    expect(await read()).toEqual({ value: 0, provisional: true });
    await test.hour();
    expect(await read()).toEqual({ value: 0, provisional: false });
    const { json } = await api.get<{ snapshotsThrough: string }>("/v1/workspace");
    expect(json.snapshotsThrough >= dayBefore(2)).toBe(true);
  });

  it("that comes again, or several at once, changes nothing", async () => {
    const api = await test.workspace({}, 4);
    await api.recordAll("events", [buy("2024-05-02", "a"), buy(dayBefore(2), "a")]);
    const range = `from=2024-01-01&to=${dayBefore(0)}&revisions=all&limit=200`;
    await Promise.all([1, 2, 3].map(() => test.cloud.invoke("plan-snapshots", {})));
    await test.cloud.idle();
    const first = await api.snapshots(range);
    expect(new Set(first.map(({ revision }) => revision))).toEqual(new Set([1]));
    const record = (messageId: string) => ({
      messageId,
      body: JSON.stringify({ workspace: api.workspace, dates: ["2024-05-02"] }),
    });
    const event = { Records: ["1", "2"].map(record) };
    await Promise.all([1, 2, 3].map(() => test.cloud.invoke("take-snapshots", event)));
    await test.hour();
    expect(await api.snapshots(range)).toEqual(first);
  });
});

describe("GET /v1/snapshots", () => {
  let api: ApiClient;
  beforeAll(async () => {
    api = await test.workspace();
    const answers = [
      // On the first and the day before the first day of each window that ends on 8 May 2024.
      ...[answer("2024-05-02", 10), answer("2024-05-01", 0)],
      ...[answer("2024-04-09", 10), answer("2024-04-08", 0)],
      ...[answer("2024-02-09", 10), answer("2024-02-08", 0)],
      ...[answer("2023-05-10", 10), answer("2023-05-09", 0)],
      answer("2024-05-08", 8),
    ];
    await api.recordAll("responses", answers);
    await api.recordAll("events", [buy("2024-05-02", "a", "0.10"), buy("2024-05-08", "b", "0.20")]);
    await test.hour();
  });

  it("shows the trailing windows that end with the day, both ends included", async () => {
    const [item, ...others] = await api.snapshots("from=2024-05-08&to=2024-05-08&metric=nps");
    expect(others).toEqual([]);
    expect(item).toMatchObject({ value: 0, n: 1, components: { passives: 1 } });
    const windows = Object.entries(item?.windows ?? {}).map(([days, { value, n }]) => [days, value, n]);
    expect(windows).toEqual([
      ["7", 50, 2],
      // 10, 0, 10 and 8
      ["30", 25, 4],
      // 10, 0, 10, 0, 10 and 8
      ["90", expect.closeTo(100 / 6, 9), 6],
      ["365", expect.closeTo(12.5, 9), 8],
    ]);
  });

  it("shows the trailing windows with the evidence that the metric gives: components, method and remarks", async () => {
    const day = "2024-05-08";
    const items = await api.snapshots(`from=${day}&to=${day}&limit=200`);
    for (const { metric, windows } of items) {
      const { from, to, provisional, ...answered } = await api.total(metric, day, day, "&window=90");
      // Published figures, which are of today and not of the day, stand beside answers only.
      const { benchmarks: _of, ...evidence } = answered as typeof answered & { benchmarks?: unknown };
      expect([metric, windows?.["90"]]).toEqual([metric, evidence]);
    }
    const of = (id: string) => items.find(({ metric }) => metric === id)?.windows?.["7"];
    expect(of("nps")?.components).toMatchObject({ promoters: 1, passives: 1, detractors: 0 });
    expect(of("churn-rate")?.method).toBe("compounded");
    expect(of("acquisition-cost")?.remarks).toEqual(["lifetimeValueToCost is null: nothing was spent."]);
  });

  it("has the components of windows as columns where one metric is asked for", async () => {
    const headerOf = async (query: string) => {
      const { text } = await api.csv(`/v1/snapshots?from=2024-05-08&to=2024-05-08&${query}`);
      return text.split("\r\n")[0]?.split(",") ?? [];
    };
    const one = await headerOf("metric=nps");
    expect(one).toEqual(expect.arrayContaining(["windows.7.value", "windows.7.components.promoters"]));
    const all = await headerOf("limit=200");
    expect(all).toEqual(expect.arrayContaining(["components", "windows.7.value"]));
    expect(all.some((column) => /^windows.*components/.test(column))).toBe(false);
  });

  it("shows money as text, and balances at the end of the day", async () => {
    const items = await api.snapshots("from=2024-05-08&to=2024-05-08&limit=200");
    const of = (id: string) => items.find(({ metric }) => metric === id);
    expect(of("sales")).toMatchObject({ value: "0.20", windows: { 7: { value: "0.30", n: 2 } } });
    expect(of("customers")).toMatchObject({ value: 2, components: { start: 1, new: 1, end: 2 } });
  });

  it("stays in the currency and by the convention in which it was taken", async () => {
    const euros = await test.workspace({ currency: "EUR", margin: 0.5 });
    const lost = { type: "customer.left", customerId: "a", occurredAt: "2024-05-08T12:00:00Z" };
    const paid = buy("2024-05-08", "b", "8.00");
    await euros.recordAll("events", [
      buy("2024-05-02", "a"),
      lost,
      { ...paid, money: { ...paid.money, currency: "EUR" } },
    ]);
    await euros.post("/v1/snapshots", { from: "2024-05-02", to: "2024-05-08" });
    const said = await euros.snapshots("from=2024-05-02&to=2024-05-08&limit=200");
    const of = (id: string) => said.find(({ metric, date }) => metric === id && date === "2024-05-08");
    expect(of("sales")).toMatchObject({ value: "8.00", currency: "EUR" });
    expect(of("churn-rate")).toMatchObject({ value: 100, convention: "cohort", method: "exact" });
    const changes = { currency: "USD", churnConvention: "stripe", margin: 1 };
    expect((await euros.send("PATCH", "/v1/workspace", { body: changes })).status).toBe(200);
    expect(await euros.snapshots("from=2024-05-02&to=2024-05-08&limit=200")).toEqual(said);
  });

  it("says what the metric says of the day, to date too, after facts that came late for earlier days", async () => {
    const late = await test.workspace();
    const days = ["2024-05-02", "2024-05-04", "2024-05-06", "2024-05-08"] as const;
    await late.recordAll("events", [
      buy(days[1], "a"),
      buy(days[2], "a"),
      buy(days[2], "b"),
      buy(days[3], "b"),
    ]);
    const all = { from: days[0], to: days[3] };
    await late.post("/v1/snapshots", all);
    // Who bought twice to date has bought three times, and before the others.
    await late.recordAll("events", [buy(days[0], "a")]);
    await late.post("/v1/snapshots", all);
    const said = await late.snapshots(`from=${days[3]}&to=${days[3]}&limit=200`);
    const brief = ({ value, n, components }: Pick<SnapshotItem, "value" | "n" | "components">) => {
      return { value, n, components };
    };
    expect(said.find(({ metric }) => metric === "loyalty")).toMatchObject({ value: 2.5, n: 2 });
    for (const item of said) {
      expect([item.metric, brief(item)]).toEqual([
        item.metric,
        brief(await late.total(item.metric, days[3], days[3])),
      ]);
    }
  });

  it("comes in pages that together are the whole, in order", async () => {
    const range = "from=2023-01-01&to=2024-12-31";
    const whole = await api.snapshots(`${range}&limit=200`);
    // Nine days with facts.
    expect(whole.length).toBe(9 * ids.length);
    expect(await api.snapshots(`${range}&limit=40`)).toEqual(whole);
    expect(await api.snapshots(`${range}&metric=nps&limit=1`)).toEqual(
      whole.filter(({ metric }) => metric === "nps"),
    );
    expect(await api.snapshots("from=2024-05-02&to=2024-05-07&limit=200")).toEqual(
      whole.filter(({ date }) => date === "2024-05-02"),
    );
  });

  it("refuses a cursor of other days", async () => {
    const query = "from=2023-01-01&to=2024-12-31&limit=1";
    const { json } = await api.get<{ nextCursor: string }>(`/v1/snapshots?${query}`);
    for (const range of ["from=2022-01-01&to=2022-12-31", "from=2024-12-01&to=2024-12-31"]) {
      const refused = await api.get(`/v1/snapshots?${range}&cursor=${json.nextCursor}`);
      expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([400, "/cursor"]);
    }
  });

  it("goes on where a page ended when the day changes before the next one is asked for", async () => {
    const late = await test.workspace({ timeZone: "Pacific/Pago_Pago" });
    const { json: whole } = await late.get<{ from: string }>("/v1/snapshots");
    await late.post("/v1/snapshots", { from: whole.from, to: whole.from });
    const { json: page } = await late.get<{ nextCursor: string }>("/v1/snapshots?limit=5");
    // A day later than there, at any time.
    await late.send("PATCH", "/v1/workspace", { body: { timeZone: "Pacific/Kiritimati" } });
    const { status, json: next } = await late.get<{ items: SnapshotItem[] }>(
      `/v1/snapshots?cursor=${page.nextCursor}`,
    );
    expect(status).toBe(200);
    expect(next.items.map(({ date, metric }) => `${date} ${metric}`)).toEqual(
      ids.slice(5).map((id) => `${whole.from} ${id}`),
    );
  });

  it.each([
    ["limit=0", "/limit"],
    ["limit=201", "/limit"],
    ["limit=x", "/limit"],
    ["cursor=x", "/cursor"],
    ["cursor=e30", "/cursor"],
    ["metric=mood", "/metric"],
    ["revisions=some", "/revisions"],
    ["from=2024-02-30", "/from"],
    ["from=2024-02-01&to=2024-01-01", "/to"],
    ["from=2005-01-01&to=2024-01-01", "/from"],
    ["interval=day", "/interval"],
  ])("refuses %s", async (query, pointer) => {
    const { status, json } = await api.get(`/v1/snapshots?${query}`);
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 400, pointer });
  });
});

describe("POST /v1/snapshots", () => {
  const facts = [answer("2024-05-02", 10, "x"), answer("2024-05-04", 3, "y")];
  const days = { from: "2024-05-01", to: "2024-05-04" };

  it("gives what the schedule gives", async () => {
    const [asked, scheduled] = [await test.workspace(), await test.workspace()];
    for (const api of [asked, scheduled]) {
      await api.recordAll("responses", facts);
      await api.recordAll("events", [buy("2024-05-02", "a"), buy("2024-05-04", "a")]);
    }
    const { status, json } = await asked.post("/v1/snapshots", days);
    expect([status, json]).toEqual([
      200,
      { ...days, days: 4, taken: 4 * ids.length, restated: 0, unchanged: 0 },
    ]);
    await test.hour();
    const both = "from=2024-05-02&to=2024-05-02&limit=200";
    expect(contents(await asked.snapshots(both))).toEqual(contents(await scheduled.snapshots(both)));
    expect((await scheduled.snapshots("from=2024-05-02&to=2024-05-02")).length).toBe(ids.length);
  });

  it("again changes nothing, and after a late fact restates what it changed", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", facts);
    await api.post("/v1/snapshots", days);
    const again = await api.post("/v1/snapshots", days);
    expect(again.json).toMatchObject({ taken: 0, restated: 0, unchanged: 4 * ids.length });
    await api.recordAll("responses", [answer("2024-05-02", 0)]);
    const late = await api.post("/v1/snapshots", days);
    expect(late.json).toMatchObject({ taken: 0, restated: 2, unchanged: 4 * ids.length - 2 });
  });

  it.each([
    ["a day that is not over", { from: dayBefore(1), to: dayBefore(0) }, "/to"],
    ["days that are to come", { from: dayBefore(-2), to: dayBefore(-1) }, "/to"],
    ["a range that ends before it begins", { from: "2024-05-02", to: "2024-05-01" }, "/to"],
    ["93 days", { from: "2024-01-01", to: "2024-04-02" }, "/from"],
    ["a day that does not exist", { from: "2024-02-30", to: "2024-03-01" }, "/from"],
    ["no days", {}, "/from"],
    ["an unknown field", { ...days, metric: "nps" }, "/metric"],
  ])("refuses %s and takes nothing", async (_name, body, pointer) => {
    const api = await test.workspace();
    const { status, json } = await api.post("/v1/snapshots", body);
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer });
    expect(await api.snapshots("from=2023-12-01&to=2024-06-01")).toEqual([]);
  });
});
