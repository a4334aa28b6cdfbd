import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { widgetFunction } from "../../../lib/schedules.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let cloud: ApiCloud;
let client: ApiClient;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace();
  const answers = (score: number, count: number, daysAgo: number, channel?: string) =>
    Array.from({ length: count }, () => ({
      ...{ survey: "nps", score, occurredAt: `${dayBefore(daysAgo)}T12:00:00Z` },
      ...(channel === undefined ? {} : { dimensions: { channel } }),
    }));
  await client.recordAll("responses", [
    ...answers(10, 40, 3, "web"),
    ...answers(0, 20, 3, "<b>phone</b>"),
    ...answers(9, 1, 60),
  ]);
});

afterAll(() => cloud?.end());

/** The dashboard's time range as CloudWatch sends it. */
function context(fromDaysAgo: number, toDaysAgo: number, more: object = {}) {
  const at = (daysAgo: number) => Date.parse(`${dayBefore(daysAgo)}T06:00:00Z`);
  return {
    ...{ dashboardName: "CxMetrics-experience", widgetId: "widget-1", domain: "https://example.com" },
    ...{ accountId: "123456789012", locale: "en", timezone: { label: "UTC", offsetISO: "+00:00" } },
    ...{ period: 86_400, isAutoPeriod: true, theme: "light", linkCharts: true, title: "A title" },
    timeRange: { mode: "absolute", start: at(fromDaysAgo), end: at(toDaysAgo) },
    ...{ params: {}, forms: { all: {} }, width: 900, height: 600, ...more },
  };
}

/** Calls the function as Lambda does; the answer with plain spaces. */
async function draw(parameters: object): Promise<string> {
  const answer = await cloud.cloud.invoke(widgetFunction, { workspace: client.workspace, ...parameters });
  if (typeof answer !== "string")
    throw new Error("CloudWatch shows text as HTML and everything else as JSON");
  return answer.replaceAll("\u00a0", " ");
}

/** Group, value, interval, n and change of each row. */
function rowsOf(html: string): string[][] {
  return [...html.matchAll(/<tr><th scope="row".*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<(?:bdi|td)[^>]*>([^<]*)/g)].map(([, text = ""]) => text),
  );
}

describe("the widget", () => {
  it("compares the segments of a metric, each with its interval and sample size", async () => {
    const html = await draw({ metrics: ["nps"], groupBy: "channel", widgetContext: context(20, 1) });
    expect(rowsOf(html).map(([group, value, , n]) => [group, value, n])).toEqual([
      ["web", "100.0", "40"],
      ["&lt;b&gt;phone&lt;/b&gt;", "−100.0", "20 (low)"],
    ]);
    expect(rowsOf(html)[0]?.[2]).toMatch(/^\d\d\.\d to 100\.0$/);
    expect(html.match(/<path class="band/g)).toHaveLength(2);
  });

  it("draws everything as one without a dimension, and several metrics one after the other", async () => {
    const html = await draw({ metrics: ["nps", "csat"], widgetContext: context(20, 1) });
    expect(rowsOf(html).map(([group, value]) => [group, value])).toEqual([["all", "33.3"]]);
    expect(html).toContain("No data: Customer satisfaction.");
  });

  it("keeps to the dashboard's time range, zoomed in or not, and covers 90 days without one", async () => {
    const size = async (more: object) => rowsOf(await draw({ metrics: ["nps"], ...more }))[0]?.[3];
    expect(await size({ widgetContext: context(20, 1) })).toBe("60");
    expect(await size({ widgetContext: context(70, 1) })).toBe("61");
    const { start, end } = context(62, 50).timeRange;
    const zoomed = context(20, 1);
    const timeRange = { ...zoomed.timeRange, zoom: { start, end } };
    expect(await size({ widgetContext: { ...zoomed, timeRange } })).toBe("1 (low)");
    expect(await size({})).toBe("61");
  });

  it("uses the colours of the dashboard's theme", async () => {
    const dark = await draw({ metrics: ["nps"], widgetContext: context(20, 1, { theme: "dark" }) });
    expect(dark).toContain("background:#1b2029");
    expect(await draw({ metrics: ["nps"], widgetContext: context(20, 1) })).toContain("background:#ffffff");
  });

  it("has nothing that CloudWatch would take out", async () => {
    const html = await draw({ metrics: ["nps"], groupBy: "channel", widgetContext: context(20, 1) });
    expect(html).not.toMatch(/<script|<style|<iframe|<use|\son\w+="|<cwdb-action/i);
  });

  it("describes its parameters to the dashboard's editor", async () => {
    expect(await draw({ describe: true })).toMatch(/^## Metrics by segment[\s\S]*`groupBy`/);
  });

  it("says so where the workspace does not track the dimension", async () => {
    const html = await draw({ metrics: ["nps"], groupBy: "plan", widgetContext: context(20, 1) });
    expect(html).toContain("plan is not tracked by the workspace");
    expect(rowsOf(html)).toHaveLength(1);
  });
});

describe("the widget says what is wrong with", () => {
  it.each([
    ["a metric that there is not", { metrics: ["<i>npss"] }, "metrics.0: is not the id of a metric"],
    ["no metrics", {}, "metrics: "],
    ["an unknown parameter", { metrics: ["nps"], groupby: "channel" }, "groupby"],
    ["an interval", { metrics: ["nps"], interval: "hour" }, "interval: must be one of day, week"],
    ["a workspace", { metrics: ["nps"], workspace: "nobody" }, "there is no workspace nobody"],
    ["a workspace's name", { metrics: ["nps"], workspace: "<script>" }, "workspace: must be"],
  ])("%s", async (_, parameters, text) => {
    const html = await draw(parameters);
    expect(html).toContain("This widget cannot be drawn.");
    expect(html).toContain(text);
    expect(html).not.toContain("<script>");
  });

  it.each([
    [{ start: Number.NaN, end: 1 }],
    [{ start: -1e300, end: 1e300 }],
    [{ start: 5, end: 1 }],
    ["yesterday"],
    [null],
  ])("a time range that makes no sense: it draws another one (%j)", async (timeRange) => {
    const html = await draw({ metrics: ["nps"], widgetContext: { ...context(20, 1), timeRange } });
    expect(html).not.toContain("cannot be drawn");
  });
});
