import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import type { ComparisonEntry, SeriesEntry } from "../../../lib/domain/metrics/series.ts";
import { renderNews } from "../../../lib/pages/news.ts";
import type { MetricReport } from "../../../lib/report/model.ts";
import { newsOf } from "../../../lib/report/news-items.ts";

const english = languageOf("en");
const frame = { language: english, parameters: {}, withComments: true, evidence: new Map() };

interface Told {
  readonly value?: number;
  readonly before?: number;
  readonly significant?: boolean | null;
  readonly lowSample?: boolean;
  readonly weekly?: readonly number[];
}

/** A metric of which something is told. */
function shownOf(id: string, told: Told): MetricReport {
  const { value = 40, before = 60, significant = true, lowSample = false, weekly = [] } = told;
  const metric = findMetric(id);
  if (!metric) throw new Error(`there is no metric ${id}`);
  const entry = (from: string, to: string, at: number): SeriesEntry => ({
    ...{ from, to, value: at, low: at - 2, high: at + 2, n: 400 },
    ...{ lowSample, provisional: false, components: {} },
  });
  const direction = value > before === (metric.better === "higher") ? "better" : "worse";
  const comparison: ComparisonEntry = {
    ...{ from: "2026-08-01", to: "2026-08-31", value: before, n: 400, lowSample: false },
    ...{ days: 31, daysKnown: 31, changeLow: null, changeHigh: null, pValue: significant ? 0.001 : 0.4 },
    ...{ change: value - before, changePercent: (100 * (value - before)) / before, significant },
    verdict: significant ? direction : "within-noise",
  };
  return {
    ...{ metric, currency: "USD", convention: metric.conventions?.[0] ?? "" },
    lines: [
      {
        total: entry("2026-09-01", "2026-09-30", value),
        comparison,
        points: weekly.map((at, week) => entry(`2026-09-0${week + 1}`, `2026-09-0${week + 1}`, at)),
      },
    ],
    ...{ restatements: [], hasMoreRestatements: false, pendingDays: [], remarks: [], goals: [] },
  };
}

const idsOf = (metrics: readonly MetricReport[]) =>
  newsOf(metrics, english).map(({ shown }) => shown.metric.id);

describe("what is told", () => {
  it("is the greatest change first, and of two alike the worse one", () => {
    const better = shownOf("csat", { value: 60, before: 40 });
    const worse = shownOf("nps", { value: 40, before: 60 });
    const small = shownOf("bounce-rate", { value: 63, before: 60 });
    expect(idsOf([small, better, worse])).toEqual(["nps", "csat", "bounce-rate"]);
  });

  it("is never a change that chance explains, nor one of a low sample", () => {
    const noise = shownOf("nps", { significant: false });
    const few = shownOf("csat", { lowSample: true });
    expect(idsOf([noise, few])).toEqual([]);
    expect(renderNews([noise, few], frame).text).toContain("Nothing changed by more than chance explains");
  });

  it("says that nothing became worse where all that changed is better", () => {
    const none = "Nothing became worse by more than chance explains";
    const better = shownOf("nps", { value: 60, before: 40 });
    expect(renderNews([better], frame).text).toContain(none);
    expect(renderNews([better, shownOf("csat", {})], frame).text).not.toContain(none);
  });

  it("is five sentences at most", () => {
    const ids = ["nps", "csat", "ces", "churn-rate", "retention-rate", "bounce-rate", "uptime"];
    expect(idsOf(ids.map((id) => shownOf(id, {})))).toHaveLength(5);
  });

  it("names the step that made half of the change or more, and none where the change came slowly", () => {
    const sudden = renderNews([shownOf("nps", { weekly: [60, 59, 41, 40] })], frame).text;
    expect(sudden).toContain("The largest step came in 3 Sept 2026, from +59.0 to +41.0".replaceAll("+", ""));
    const slow = renderNews([shownOf("nps", { weekly: [60, 55, 50, 45, 40] })], frame).text;
    expect(slow).not.toContain("largest step");
  });

  it("leads to what customers wrote in the days of the step, or in all, where the reader may see comments", () => {
    const sudden = [shownOf("nps", { weekly: [60, 59, 41, 40] })];
    expect(renderNews(sudden, frame).text).toContain(
      'href="/comments?survey=nps&amp;from=2026-09-03&amp;to=2026-09-03"',
    );
    expect(renderNews([shownOf("ces", {})], frame).text).toContain(
      'href="/comments?survey=ces&amp;from=2026-09-01&amp;to=2026-09-30"',
    );
    expect(renderNews(sudden, { ...frame, withComments: false }).text).not.toContain("/comments");
    expect(renderNews([shownOf("bounce-rate", {})], frame).text).toContain(
      'href="/comments?from=2026-09-01&amp;to=2026-09-30"',
    );
  });

  it("says where it is most, and what they wrote about it, in their own words", () => {
    const shown = shownOf("nps", {});
    const [whole] = shown.lines;
    const line = { ...(whole ?? expect.fail()), group: "<app>" };
    const comments = { group: "detractors", topics: ["delivery", "slow"], quotes: ["So <slow>"] };
    const evidence = new Map([[shown, { where: { dimension: "channel", line }, comments }]]);
    const { text } = renderNews([shown], { ...frame, evidence });
    expect(text).toContain(
      "Most of all where <bdi>channel</bdi> is <strong><bdi>&lt;app&gt;</bdi></strong>: 40.0",
    );
    expect(text).toContain("Detractors wrote then most often about <strong><bdi>delivery</bdi></strong>, ");
    expect(text).toContain('<blockquote dir="auto">So &lt;slow&gt;</blockquote>');
  });

  it("tells of the whole where the metrics are grouped, and nothing where the whole is not known", () => {
    const shown = shownOf("nps", {});
    const [whole = expect.fail()] = shown.lines;
    const lines = [{ ...whole, group: "web", total: { ...whole.total, value: 99 } }];
    expect(renderNews([{ ...shown, lines, whole }], frame).text).toContain("is 40.0");
    expect(idsOf([{ ...shown, lines }])).toEqual([]);
  });

  it("leads to comments of the same segment", () => {
    const parameters = { "filter.channel": "web", interval: "month" };
    expect(renderNews([shownOf("nps", {})], { ...frame, parameters }).text).toContain(
      'href="/comments?filter.channel=web&amp;survey=nps&amp;from=',
    );
  });

  it("leads to the metric's page with the same days", () => {
    const text = renderNews([shownOf("nps", {})], {
      ...frame,
      parameters: { from: "2026-09-01", to: "2026-09-30" },
    }).text;
    expect(text).toContain(`href="/metrics/nps?from=2026-09-01&amp;to=2026-09-30"`);
  });
});
