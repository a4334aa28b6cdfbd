import { describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { renderChart } from "../../../lib/report/chart.ts";
import { isPeriodInvariant } from "../../../lib/report/length.ts";
import { chartOf } from "../../../lib/report/metric-chart.ts";
import type { MetricReport, ReportGoal } from "../../../lib/report/model.ts";
import { lightTheme } from "../../../lib/report/theme.ts";
import { daily, english, entry, lineOf, range, shownOf } from "./report.ts";

function draw(shown: MetricReport, interval: "day" | "week" = "day"): string {
  return renderChart(chartOf(shown, { range, interval, language: english }), { theme: lightTheme }).text;
}

/** The `d` of the paths of a class. */
function pathsOf(svg: string, name: string): string[] {
  return [...svg.matchAll(new RegExp(`<path class="${name}" d="([^"]*)"`, "g"))].map(([, d = ""]) => d);
}

/** Every place that is drawn lies inside the picture and is a number. */
function expectDrawable(svg: string): void {
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  const [, height = "0"] = /viewBox="0 0 480 (\d+)"/.exec(svg) ?? [];
  for (const [, y = ""] of svg.matchAll(/ (?:y|cy)="([^"]*)"/g)) {
    expect(Number(y)).toBeGreaterThanOrEqual(0);
    expect(Number(y)).toBeLessThanOrEqual(Number(height));
  }
}

describe("a chart", () => {
  it("draws a line through the values, with the band of their intervals", () => {
    const svg = draw(shownOf("nps", [lineOf([], { points: daily([10, 20, 30], { low: 5, high: 40 }) })]));
    expect(pathsOf(svg, "line0")[0]?.match(/M/g)).toHaveLength(1);
    expect(pathsOf(svg, "line0")[0]?.split("L")).toHaveLength(3);
    expect(pathsOf(svg, "band0")[0]).toMatch(/^M.*Z$/);
    expectDrawable(svg);
  });

  it.each([
    ["far out on one day", (day: number) => (day === 2 ? 1e6 : 45)],
    ["far out on all", () => 1e9],
    ["no number", () => Number.POSITIVE_INFINITY],
  ])("shows what is measured also where a limit is %s, and no limit beyond its axis", (_, highOn) => {
    const values = [10, 20, 30, 20, 15];
    const limits = daily(values).map(({ from }, day) => ({
      day: from,
      center: 20,
      low: 5,
      high: highOn(day),
    }));
    const shown = { ...shownOf("nps", [lineOf([], { points: daily(values) })]), limits };
    const svg = draw(shown);
    const places = (name: string) =>
      pathsOf(svg, name).map((d) => [...d.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y)));
    const [line = []] = places("line0");
    // The first one is of the legend.
    const [, low, high] = places("limit");
    expect(Math.max(...line) - Math.min(...line)).toBeGreaterThan(30);
    expect(low).toHaveLength(5);
    expect(high).toHaveLength(limits.filter((one) => one.high < 70).length);
    expectDrawable(svg);
  });

  it("has the usual level and its limits on its axis where what is measured is far from them", () => {
    const limits = daily([1, 2]).map(({ from }) => ({ day: from, center: 50, low: 40, high: 60 }));
    const svg = draw({ ...shownOf("nps", [lineOf([], { points: daily([1, 2]) })]), limits });
    const drawn = (name: string) => pathsOf(svg, name).map((d) => d.split("L").length);
    // A line of two points each, beside that of the legend.
    expect([drawn("center"), drawn("limit")]).toEqual([
      [1, 2],
      [1, 2, 2],
    ]);
  });

  it("leaves a gap where there is no value, and draws a lone value as a dot with its interval as a bar", () => {
    const points = daily([10, 20, null, 30, null, 40, 50]);
    const lone = points.map((point) => (point.value === 30 ? { ...point, low: 10, high: 50 } : point));
    const many = [...lone, ...daily(new Array(40).fill(null))];
    const svg = draw(shownOf("nps", [lineOf([], { points: many })]));
    expect(pathsOf(svg, "line0")[0]?.match(/M/g)).toHaveLength(3);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(pathsOf(svg, "bar0")).toHaveLength(1);
    expectDrawable(svg);
  });

  it("of nothing has axes and no line", () => {
    const svg = draw(shownOf("nps", [lineOf([])]));
    expect(pathsOf(svg, "line0")).toEqual([""]);
    expect(svg).not.toContain("<circle");
    expect(svg).toContain('class="axis"');
    expect(svg).toContain("no values");
    expectDrawable(svg);
  });

  it.each([
    ["one point", [12]],
    ["negative values", [-100, -3, 100]],
    ["equal values", [7, 7, 7]],
    ["zeros", [0, 0]],
    ["only gaps", [null, null]],
  ])("of %s is drawn inside its picture", (_, values) => {
    expectDrawable(draw(shownOf("nps", [lineOf(values)])));
  });

  it("draws money from decimal strings, also below zero", () => {
    const svg = draw(shownOf("sales", [lineOf(["-1250.50", "0.00", "12345678901.23"])]));
    expect(pathsOf(svg, "line0")[0]?.split("L")).toHaveLength(3);
    expect(svg).toContain("£10B");
    expectDrawable(svg);
  });

  it("draws hollow what may still change and what covers a part of its week", () => {
    const [day, ...others] = daily([1, 2, 3]);
    if (!day) throw new Error("there are three");
    const open = [{ ...day, provisional: true }, ...others];
    expect(draw(shownOf("nps", [lineOf([], { points: open })])).match(/class="open0"/g)).toHaveLength(1);
    const weeks = [
      entry(1, { from: "2026-10-01", to: "2026-10-04" }),
      entry(2, { from: "2026-10-05", to: "2026-10-11" }),
    ];
    const svg = draw(shownOf("nps", [lineOf([], { points: weeks })]), "week");
    expect(svg.match(/class="open0"/g)).toHaveLength(1);
    expect(svg.match(/class="dot0"/g)).toHaveLength(1);
  });

  it("lets no band of a low sample flatten the line", () => {
    const points = [
      ...daily([50, 52], { low: 48, high: 54 }),
      entry(51, { from: "2026-10-03", to: "2026-10-03", low: -100, high: 100, lowSample: true }),
    ];
    const svg = draw(shownOf("nps", [lineOf([], { points })]));
    expect(svg).not.toContain(">−100<");
    expect(svg).toContain(">54<");
  });

  it("draws six groups with names, each in its own dashes, and no more", () => {
    const lines = Array.from({ length: 9 }, (_, index) => lineOf([index, 9], { group: `group <${index}>` }));
    const svg = draw(shownOf("csat", lines));
    expect(svg).toContain("group &lt;5&gt;");
    expect(svg).not.toContain("&lt;6&gt;");
    const dashes = [...svg.matchAll(/stroke-dasharray="([^"]*)"/g)].map(([, dash]) => dash);
    expect(new Set(dashes).size).toBe(6);
    expectDrawable(svg);
  });

  it("marks the days that were corrected", () => {
    const restatement = {
      date: "2026-10-03",
      revision: 2,
      facts: 1,
      causes: ["recorded"],
      before: 1,
      after: 2,
    };
    const svg = draw(shownOf("nps", [lineOf([1, 2, 3])], { restatements: [restatement] }));
    expect(pathsOf(svg, "mark")).toHaveLength(1);
  });

  it("draws what happened as a numbered line, and several days as two, inside the picture", () => {
    const annotations = [
      { id: "a", definition: { from: "2026-10-05", text: "Release" } },
      { id: "b", definition: { from: "2026-09-01", to: "2026-10-20", text: "Campaign" } },
    ];
    const shown = shownOf("nps", [lineOf([1, 2, 3])]);
    const { text } = renderChart(chartOf(shown, { range, interval: "day", annotations, language: english }), {
      theme: lightTheme,
    });
    const [release = "", campaign = ""] = pathsOf(text, "annotation");
    expect(release.match(/M/g)).toHaveLength(1);
    expect(campaign.match(/M/g)).toHaveLength(2);
    expect(text.match(/class="annotation-number"[^>]*>(\d+)</g)).toHaveLength(2);
    // The one that began before the picture begins with it.
    expect(Number(/^M([\d.]+)/.exec(campaign)?.[1])).toBeGreaterThanOrEqual(58);
    expectDrawable(text);
  });

  it("that stands alone has a title and a background", () => {
    const chart = chartOf(shownOf("nps", [lineOf([1, 2])]), { range, interval: "day", language: english });
    const { text } = renderChart(chart, { theme: lightTheme, isStandalone: true });
    expect(text).toContain(">Net Promoter Score, 1 Oct 2026 – 30 Oct 2026</text>");
    expect(text).toContain('<rect width="480"');
    expect(text).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it("draws 400 points in a text that is not long", () => {
    const points = Array.from({ length: 400 }, (_, index) => {
      const day = addDays("2026-01-01", index);
      return entry(Math.sin(index), { from: day, to: day, low: -1, high: 1 });
    });
    const wide = {
      range: { from: "2026-01-01", to: addDays("2026-01-01", 399) },
      interval: "day" as const,
      language: english,
    };
    const { text } = renderChart(chartOf(shownOf("nps", [lineOf([], { points })]), wide), {
      theme: lightTheme,
    });
    expect(text.length).toBeLessThan(25_000);
  });
});

describe("the line of a goal", () => {
  const goal: ReportGoal = {
    ...{ id: "g", state: "on-track", by: 1, certain: true, target: 80, value: 3 },
    ...{ dueDate: "2026-12-31", windowDays: 30 },
  };

  it("is drawn where the value is the same over a week and a month, and the axis reaches it", () => {
    const svg = draw(shownOf("nps", [lineOf([1, 2, 3])], { goals: [goal] }));
    expect(pathsOf(svg, "goal")).toHaveLength(1);
    expect(svg).toContain("Goal 80.0");
    expectDrawable(svg);
  });

  it("is not drawn where a week's value says nothing about a month's", () => {
    const svg = draw(shownOf("sales", [lineOf(["1.00"])], { goals: [{ ...goal, target: "80.00" }] }));
    expect(pathsOf(svg, "goal")).toEqual([]);
  });

  it("is not drawn while the target is not known", () => {
    const svg = draw(shownOf("nps", [lineOf([1])], { goals: [{ ...goal, target: null }] }));
    expect(pathsOf(svg, "goal")).toEqual([]);
  });
});

it("scores, averages and balances are the same for any length of time; sums and churn are not", () => {
  const same = metrics.filter(isPeriodInvariant).map(({ id }) => id);
  expect(same).toEqual(
    expect.arrayContaining(["nps", "csat", "ces", "esat", "customers", "average-order-value"]),
  );
  expect(same).not.toContain("sales");
  expect(same).not.toContain("churn-rate");
});
