import { beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore, type FactBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Requests that were once answered wrongly, each with the right answer. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});

interface Answer {
  readonly source: string;
  readonly series: readonly {
    readonly value: number | string | null;
    readonly n: number;
    readonly remarks?: readonly string[];
  }[];
  readonly comparison?: readonly {
    readonly verdict: string;
    readonly significant: boolean | null;
    readonly daysKnown: number;
  }[];
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const ask = (api: ApiClient, question: string) => api.get<Answer>(`/v1/metrics/${question}`);

it("a CSAT answer on 1–5 without a score is told which scores there are", async () => {
  const api = await test.workspace();
  const { status, json } = await api.post<FactBody>("/v1/responses", { survey: "csat", scale: "1-5" });
  expect(status).toBe(422);
  expect(json.errors).toEqual([{ pointer: "/score", detail: "is missing: must be an integer from 1 to 5" }]);
});

it("a filter that is named twice is refused; two values have a comma between them", async () => {
  const api = await test.workspace();
  // A Friday, a Saturday, a Sunday and a Monday.
  const days = ["2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05"];
  await api.recordAll(
    "responses",
    days.map((day, index) => ({ survey: "nps", score: 7 + (index % 3), occurredAt: `${day}T12:00:00Z` })),
  );
  const range = "from=2026-10-01&to=2026-10-31";
  const twice = await ask(api, `nps?${range}&filter.weekday=saturday&filter.weekday=sunday`);
  expect(twice.status).toBe(400);
  expect(twice.json.errors).toEqual([{ pointer: "/filter.weekday", detail: "must be given once" }]);
  const { json } = await ask(api, `nps?${range}&filter.weekday=saturday,sunday`);
  expect([json.series[0]?.n, json.series[0]?.value]).toEqual([2, 50]);
});

it("a purchase in another currency is named beside sales of 0.00", async () => {
  const api = await test.workspace({ currency: "USD" });
  const money = { amount: "12.50", currency: "EUR" };
  await api.recordAll("events", [
    { type: "purchase.made", orderId: "1", money, occurredAt: "2026-10-02T12:00:00Z" },
  ]);
  const { json } = await ask(api, "sales?from=2026-10-01&to=2026-10-31");
  expect([json.series[0]?.value, json.series[0]?.remarks]).toEqual([
    "0.00",
    [expect.stringMatching(/EUR.*currency=EUR/)],
  ]);
});

describe("a question of several dimensions", () => {
  it("compares with nothing where it says so, and is answered by tracked ones together", async () => {
    const api = await test.workspace({ trackedDimensions: ["channel", "plan"] });
    const dimensions = { channel: "web", plan: "pro" };
    await api.recordAll("responses", [
      { survey: "nps", score: 9, dimensions, occurredAt: "2026-10-02T12:00:00Z" },
      { survey: "nps", score: 3, dimensions: { channel: "web" }, occurredAt: "2026-10-02T12:00:00Z" },
    ]);
    const range = "from=2025-11-01&to=2026-10-31&compare=none";
    const filtered = await ask(api, `nps?${range}&filter.channel=web&filter.plan=pro`);
    const grouped = await ask(api, `nps?${range}&groupBy=channel,plan`);
    expect([filtered.status, filtered.json.series[0]?.n, filtered.json.comparison]).toEqual([
      200,
      1,
      undefined,
    ]);
    expect([grouped.status, grouped.json.series.map(({ n }) => n)]).toEqual([200, [1, 1]]);
  });

  it("is told what it can be compared with", async () => {
    const api = await test.workspace();
    const { status, json } = await ask(api, "nps?from=2026-10-01&to=2026-10-31&compare=nothing");
    expect(status).toBe(400);
    expect(json.errors?.[0]?.detail).toContain("none");
  });
});

it("a month before the first fact is nothing to compare with, for counts too", async () => {
  const api = await test.workspace();
  const opened = Array.from({ length: 60 }, (_, index) => ({
    ...{ type: "ticket.opened", ticketId: `t-${index}` },
    occurredAt: `2026-05-${String(1 + (index % 30)).padStart(2, "0")}T12:00:00Z`,
  }));
  await api.recordAll("events", opened);
  const { json } = await ask(api, "contact-volume?from=2026-05-01&to=2026-05-31&compare=previous");
  expect(json.series[0]?.value).toBe(60);
  expect(json.comparison).toEqual([
    expect.objectContaining({ verdict: "no-baseline", significant: false, daysKnown: 0 }),
  ]);
  const report = await api.get("/v1/report?from=2026-05-01&to=2026-05-31&compare=previous");
  expect(report.text).toContain("nothing to compare with");
});

it("a funnel whose stages take longer than there was time is too early to judge", async () => {
  const api = await test.workspace({}, 200);
  const entered = (customer: string, stage: string, daysAgo: number) => ({
    ...{ type: "stage.entered", customerId: customer, stage },
    occurredAt: `${dayBefore(daysAgo)}T12:00:00Z`,
  });
  const older = Array.from({ length: 40 }, (_, index) => {
    const begun = 61 + (index % 30);
    return [
      entered(`old-${index}`, "awareness", begun),
      entered(`old-${index}`, "consideration", begun - 60),
    ];
  });
  const newer = Array.from({ length: 40 }, (_, index) =>
    entered(`new-${index}`, "awareness", 1 + (index % 30)),
  );
  await api.recordAll("events", [...older.flat(), ...newer]);
  const { json } = await ask(
    api,
    `journey-funnel?from=${dayBefore(30)}&to=${dayBefore(1)}&compare=${dayBefore(90)}`,
  );
  expect(json.comparison).toEqual([expect.objectContaining({ verdict: "too-early", significant: false })]);
});
