import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

interface WorkspaceBody extends Readonly<Record<string, unknown>> {
  readonly effects: readonly string[];
}

/** Changes settings, and gives what the answer says of their effects. */
async function change(settings: object): Promise<readonly string[]> {
  const { status, json } = await api.send<WorkspaceBody>("PATCH", "/v1/workspace", { body: settings });
  expect(status, JSON.stringify(json)).toBe(200);
  expect(json).toMatchObject(settings);
  const { effects, ...stored } = json;
  expect((await api.get<WorkspaceBody>("/v1/workspace")).json).toEqual(stored);
  return effects;
}

const step = (type: string, day: string, customerId: string) => ({
  type: `customer.${type}`,
  customerId,
  occurredAt: `${day}T12:00:00Z`,
});
const buy = (day: string, customerId: string, amount = "100.00") => ({
  ...{ type: "purchase.made", orderId: `${customerId}-${day}`, customerId, occurredAt: `${day}T12:00:00Z` },
  money: { amount, currency: "USD" },
});

describe("a workspace", () => {
  it("starts with documented settings", async () => {
    const { json } = await api.get("/v1/workspace");
    expect(json).toEqual({
      ...{ id: api.workspace, createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      ...{ name: null, timeZone: "UTC", currency: "USD", margin: 1 },
      ...{ maxLifespanMonths: 60, inactivityDays: null },
      ...{ cartHours: 24, engagedTouchpoints: 4, responseCutOffDays: 14 },
      ...{ predictionMonths: 12, discountRate: 0 },
      journeyStages: ["awareness", "consideration", "decision", "retention", "advocacy"],
      ...{ funnels: {}, conventions: {} },
      ...{ trackedDimensions: ["channel", "touchpoint"], trackedSince: {}, churnConvention: "cohort" },
      ...{ smallestChanges: {}, linkOrders: false, ordersLinkedSince: null, latestAnswers: [] },
      ...{
        earliestDay: "2000-01-01",
        publishToCloudWatch: false,
        language: "en",
        digest: "off",
        digestTopic: false,
        snapshotsFrom: null,
        snapshotsThrough: null,
        recount: { state: "complete", since: null, entities: [] },
      },
    });
  });

  it("changes only what a request names", async () => {
    const before = (await api.get<WorkspaceBody>("/v1/workspace")).json;
    expect(await change({ margin: 0.25 })).toEqual([]);
    expect((await api.get<WorkspaceBody>("/v1/workspace")).json).toEqual({ ...before, margin: 0.25 });
  });

  it("keeps every change of eight that come at the same time", async () => {
    const changes = [
      { timeZone: "Europe/Berlin" },
      { currency: "EUR" },
      { margin: 0.5 },
      { maxLifespanMonths: 12 },
      { trackedDimensions: ["plan"] },
      { churnConvention: "net" },
      { earliestDay: "2020-01-01" },
      { publishToCloudWatch: true },
    ];
    const answers = await Promise.all(changes.map((body) => api.send("PATCH", "/v1/workspace", { body })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await api.get("/v1/workspace")).json).toMatchObject(Object.assign({}, ...changes));
  });
});

describe("a setting takes effect at once", () => {
  it("margin, on the lifetime value", async () => {
    const joined = ["a", "b", "c", "d"].map((customer) => step("joined", "2023-12-01", customer));
    const changes = [
      step("left", "2024-01-05", "a"),
      step("left", "2024-01-05", "b"),
      step("joined", "2024-01-05", "e"),
      step("joined", "2024-01-05", "f"),
    ];
    await api.recordAll("events", [...joined, ...changes, buy("2024-01-10", "c")]);
    const clv = async () => (await api.total("clv", "2024-01-01", "2024-01-31")).value;
    // 100.00 / 4 active customers, times 1/0.5
    expect(await clv()).toBe("50");
    await change({ margin: 0.3 });
    expect(await clv()).toBe("15");
  });

  it("maxLifespanMonths, on the value that assumes it", async () => {
    await api.recordAll("events", [step("joined", "2023-12-01", "a"), buy("2024-01-10", "a")]);
    await change({ maxLifespanMonths: 12 });
    const { value, components } = await api.total("clv", "2024-01-01", "2024-01-31");
    // 100.00 in each 31 days, for 12 months of 365.2425/12 days
    expect([value, Number(components["cappedValue"])]).toEqual([null, expect.closeTo(1178.201613, 5)]);
  });

  it("churnConvention, where a query names none", async () => {
    await api.recordAll("events", [
      step("joined", "2023-12-01", "a"),
      step("joined", "2024-01-02", "b"),
      step("left", "2024-01-03", "a"),
    ]);
    const churn = async (query = "") =>
      (await api.total("churn-rate", "2024-01-01", "2024-01-31", query)).value;
    expect(await churn()).toBe(100);
    await change({ churnConvention: "net" });
    expect([await churn(), await churn("&convention=cohort")]).toEqual([0, 100]);
    await change({ churnConvention: "stripe" });
    expect(await churn()).toBe(50);
  });

  it("currency, on which series is answered, and says so", async () => {
    await api.recordAll("events", [buy("2024-01-10", "a", "7.00")]);
    expect(await change({ currency: "EUR" })).toEqual([expect.stringMatching(/^currency: .*EUR/)]);
    expect((await api.total("sales", "2024-01-10", "2024-01-10")).value).toBe("0.00");
    expect((await api.total("sales", "2024-01-10", "2024-01-10", "&currency=USD")).value).toBe("7.00");
  });

  it("timeZone, on facts that come from then on; those before keep their day", async () => {
    const answer = { survey: "nps", score: 9, occurredAt: "2024-05-01T22:30:00Z" };
    await api.recordAll("responses", [answer]);
    expect(await change({ timeZone: "Europe/Berlin" })).toEqual([
      expect.stringMatching(/^timeZone: .*Europe\/Berlin/),
    ]);
    await api.recordAll("responses", [answer]);
    const series = await api.series("nps", "from=2024-05-01&to=2024-05-02&interval=day");
    expect(series.map(({ n }) => n)).toEqual([1, 1]);
  });

  it("earliestDay, on which facts are refused", async () => {
    const send = async (occurredAt: string) =>
      (await api.post("/v1/responses", { survey: "nps", score: 9, occurredAt })).status;
    await change({ earliestDay: "2020-06-01" });
    expect(await send("2020-05-31T23:59:59Z")).toBe(422);
    expect(await send("2020-06-01T00:00:00Z")).toBe(201);
    await change({ earliestDay: "1990-01-01" });
    expect(await send("1990-01-01T00:00:00Z")).toBe(201);
    expect((await api.total("nps", "1990-01-01", "1990-01-01")).n).toBe(1);
    // What was recorded before stays, and is listed.
    const listed = async () =>
      (await api.get<{ items: unknown[] }>("/v1/responses?limit=200")).json.items.length;
    const before = await listed();
    await change({ earliestDay: "2024-01-01" });
    expect(await listed()).toBe(before - 1);
  });
});

describe("inactivityDays", () => {
  const balance = async () => {
    const series = await api.series("customers", "from=2024-05-01&to=2024-05-31&interval=day");
    return Object.fromEntries(series.map(({ from, value }) => [from.slice(8), value]));
  };

  it("counts all customers again, those of long ago too, and takes it back again", async () => {
    await api.recordAll("events", [
      buy("2024-05-01", "a"),
      buy("2024-05-04", "a"),
      buy("2024-05-20", "b"),
      step("joined", "2024-05-02", "c"),
      step("left", "2024-05-03", "c"),
    ]);
    const before = await balance();
    expect(before).toMatchObject({ "01": 1, "02": 2, "03": 1, "20": 2, "31": 2 });
    expect(await change({ inactivityDays: 10 })).toEqual([expect.stringContaining("counted again")]);
    // a bought last on the 4th and is lost on the 14th; b bought on the 20th and is lost on the 30th.
    await eventually(balance).toMatchObject({ "13": 1, "14": 0, "20": 1, "29": 1, "30": 0 });
    expect(await api.total("churn-rate", "2024-05-14", "2024-05-14", "&interval=day")).toMatchObject({
      value: 100,
    });
    await change({ inactivityDays: null });
    await eventually(balance).toEqual(before);
  });

  it("holds for purchases that come while the customers are counted", async () => {
    await api.recordAll(
      "events",
      Array.from({ length: 60 }, (_, index) => buy("2024-05-01", `c-${index}`)),
    );
    await change({ inactivityDays: 10 });
    // Half of the customers buy once more, on the last day before each would be lost.
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => api.post("/v1/events", buy("2024-05-11", `c-${index}`))),
    );
    await eventually(balance).toMatchObject({ "10": 60, "11": 30, "20": 30, "21": 0 });
  });

  it("loses today's customers on the day that is to come, not before", async () => {
    await change({ inactivityDays: 2 });
    await api.recordAll("events", [buy(dayBefore(1), "a")]);
    const series = await api.series("customers", `from=${dayBefore(2)}&to=${dayBefore(-5)}&interval=day`);
    expect(series.map(({ value }) => value)).toEqual([0, 1, 1]);
  });
});

describe("settings that are invalid change nothing", () => {
  it.each([
    [{}, ""],
    [{ margin: 1.01 }, "/margin"],
    [{ margin: -0.01 }, "/margin"],
    [{ margin: "0.3" }, "/margin"],
    [{ margin: null }, "/margin"],
    [{ timeZone: "Mars/Olympus" }, "/timeZone"],
    [{ timeZone: "+02:00" }, "/timeZone"],
    [{ timeZone: "" }, "/timeZone"],
    [{ currency: "eur" }, "/currency"],
    [{ currency: "ZZZ" }, "/currency"],
    [{ inactivityDays: 0 }, "/inactivityDays"],
    [{ inactivityDays: 3_651 }, "/inactivityDays"],
    [{ inactivityDays: 1.5 }, "/inactivityDays"],
    [{ maxLifespanMonths: 0 }, "/maxLifespanMonths"],
    [{ trackedDimensions: ["plan", "plan"] }, "/trackedDimensions"],
    [{ trackedDimensions: Array.from({ length: 11 }, (_, index) => `d${index}`) }, "/trackedDimensions"],
    [{ trackedDimensions: ["Plan"] }, "/trackedDimensions/0"],
    [{ trackedDimensions: ["constructor"] }, "/trackedDimensions/0"],
    [{ churnConvention: "best" }, "/churnConvention"],
    [{ earliestDay: "2024-02-30" }, "/earliestDay"],
    [{ earliestDay: "1899-12-31" }, "/earliestDay"],
    [{ publishToCloudWatch: "yes" }, "/publishToCloudWatch"],
    [{ id: "other" }, "/id"],
    [{ createdAt: "2020-01-01T00:00:00Z" }, "/createdAt"],
    [{ snapshotsThrough: "2024-01-01" }, "/snapshotsThrough"],
    [{ margin: 0.5, currency: "nope" }, "/currency"],
    [[{ margin: 0.5 }], ""],
  ])("%j", async (body, pointer) => {
    const before = (await api.get("/v1/workspace")).json;
    const { status, json } = await api.send("PATCH", "/v1/workspace", { body });
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer });
    expect((await api.get("/v1/workspace")).json).toEqual(before);
  });
});
