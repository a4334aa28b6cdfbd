import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { ComparisonEntry } from "../../../lib/domain/metrics/series.ts";
import type { Verdict } from "../../../lib/domain/metrics/verdict.ts";
import type { ReportGoal } from "../../../lib/report/model.ts";
import { renderReport } from "../../../lib/report/page.ts";
import { renderGroups } from "../../../lib/report/tables.ts";
import { commentsOf, compared, entry, lineOf, reportOf, shownOf } from "./report.ts";

describe("a card", () => {
  const withEvidence = (change: number, verdict: Verdict) =>
    shownOf("nps", [
      lineOf([1, 2], {
        total: entry(53.4, { low: 52.3, high: 54.5, n: 13612 }),
        comparison: compared(change, verdict),
      }),
    ]);

  it.each([
    [2.2, "better", "↑ <strong>+2.2 points</strong>: better, significant"],
    [-2.2, "worse", "↓ <strong>−2.2 points</strong>: worse, significant"],
    [2.2, "within-noise", "≈ <strong>+2.2 points</strong>: within noise"],
    [2.2, "too-small", "↑ <strong>+2.2 points</strong>: certain, too small to matter"],
    [2.2, "too-few", "<strong>+2.2 points</strong>: too few to tell"],
    [2.2, "too-early", "<strong>+2.2 points</strong>: too early to tell"],
    [0, "within-noise", "= <strong>0.0 points</strong>: unchanged"],
  ] as const)("says of a change of %d (%s) what it is worth", (change, verdict, text) => {
    const page = renderReport(reportOf([withEvidence(change, verdict)])).replaceAll("\u00a0", " ");
    expect(page).toContain(text);
    expect(page).toContain("95 % interval 52.3 to 54.5, n = 13,612");
    expect(page).toContain("Against 1 Sept 2026 – 30 Sept 2026: 40.0, n = 90");
  });

  it("shows the interval of the change, and says why one that leaves out 0 can stand beside a change within noise", () => {
    const of = (id: string, verdict: Verdict, fields: Partial<ComparisonEntry>) => {
      const line = lineOf([3], { comparison: { ...compared(2.2, verdict), ...fields } });
      return renderReport(reportOf([shownOf(id, [line])])).replaceAll("\u00a0", " ");
    };
    const apart = { changeLow: 0.4, changeHigh: 4 };
    const why = "It leaves out 0, and yet the change is not significant";
    const noise = of("nps", "within-noise", apart);
    expect(noise).toContain(`95 % interval of the change: 0.4 to +4.0 points. ${why}`);
    expect(of("nps", "better", apart)).toContain("95 % interval of the change: 0.4 to +4.0 points.</p>");
    const around = of("ces", "within-noise", { changeLow: -0.4, changeHigh: 4 });
    expect(around).toContain("95 % interval of the change: −0.40 to 4.00.</p>");
    expect(of("nps", "too-few", {})).not.toContain("interval of the change");
  });

  it("calls no count better or worse, and says where there is nothing, or too little, to compare with", () => {
    const of = (verdict: Verdict, fields: Partial<ComparisonEntry> = {}) => {
      const line = lineOf([3], { comparison: { ...compared(-1, verdict), ...fields } });
      return renderReport(reportOf([shownOf("contact-volume", [line])]));
    };
    expect(of("changed")).toContain("changed, more than usual");
    expect(of("within-noise")).toContain("within usual variation");
    expect(of("no-baseline")).toContain("nothing to compare with");
    expect(of("partial-baseline", { days: 180, daysKnown: 40 })).toContain(
      "only 40 of 180 days to compare with are known",
    );
  });

  it("says to a manager what a number is, and nothing of how programs ask for it", () => {
    const page = renderReport(reportOf(metrics.map(({ id }) => shownOf(id, [lineOf([1, 2])]))));
    const texts = page.replaceAll(/<style>[\s\S]*?<\/style>/g, "");
    expect(texts).not.toMatch(/\bGET \/|\/v1\/|curl /);
  });

  it("is folded to a line where there are many and nothing is to be told of it; a link at a glance opens it", () => {
    const same = lineOf([1, 2], { comparison: compared(0.1, "within-noise") });
    const changed = lineOf([1, 2], { comparison: compared(9, "better") });
    const ids = metrics.slice(0, 12).map(({ id }) => id);
    const shown = ids.map((id) => shownOf(id, [id === "csat" ? changed : same]));
    const page = renderReport(reportOf(shown, commentsOf("It broke")));
    const isFolded = (id: string) => {
      const card = page.split(`<article class="card" id="${id}"`)[1]?.split("</article>")[0] ?? "";
      return card.includes(`<div id="${id}-more">`);
    };
    expect(
      ids.filter((id) => !isFolded(id)),
      "a certain change alone; comments of what is as it was are no news",
    ).toEqual(["csat"]);
    expect(page).toContain('<a href="#csat">');
    expect(page).toContain(`<a href="#${ids.at(-1)}-more">`);
    const few = renderReport(reportOf(shown.slice(2, 8)));
    expect(few).not.toContain('class="folded"');
    const pending = shown.map((one, index) => (index === 11 ? { ...one, pendingDays: ["2026-10-02"] } : one));
    expect(renderReport(reportOf(pending)), "corrected days").toContain(`<a href="#${ids.at(-1)}-more">`);
  });

  it("says that several comparisons are judged together", () => {
    const line = lineOf([3], { comparison: compared(-1, "within-noise") });
    const page = renderReport(reportOf([shownOf("nps", [line]), shownOf("csat", [line])]));
    expect(page).toContain("2 comparisons are judged together (Benjamini &amp; Hochberg 1995)");
  });

  it("says that a sample is low, and that days are not closed", () => {
    const total = entry(50, { n: 12, lowSample: true, provisional: true });
    const page = renderReport(reportOf([shownOf("nps", [lineOf([50], { total })])]));
    expect(page).toContain("Low sample: fewer than 30");
    expect(page).toContain("Provisional: not all of these days are closed");
    const running = renderReport(
      reportOf([shownOf("nps", [lineOf([50], { total })])], { today: "2026-10-30" }),
    );
    expect(running).toContain("Today is in the period: all values are provisional.");
    expect(running).not.toContain("Provisional: not all");
  });

  it("names the corrected days with what they were and are", () => {
    const restatement = {
      date: "2026-10-03",
      revision: 3,
      facts: 2,
      causes: ["recorded"],
      before: 50,
      after: 51,
    };
    const shown = shownOf("nps", [lineOf([1])], { restatements: [restatement], pendingDays: ["2026-10-05"] });
    const page = renderReport(reportOf([shown]));
    expect(page).toContain("Corrected later: 1 day");
    expect(page).toContain(
      "3 Oct 2026: first reported as 50.0, now 51.0 (revision 3; 2 facts: arrived late)",
    );
    expect(page).toContain("Changed and not yet stated again: 5 Oct 2026.");
  });

  it("says where a goal stands, by how much and whether that is certain", () => {
    const goal: ReportGoal = {
      ...{
        id: "g",
        name: "Loved <soon>",
        state: "off-track",
        by: -3.4,
        certain: false,
        target: 60,
        value: 53.4,
      },
      ...{ dueDate: "2026-12-31", windowDays: 30 },
    };
    const page = renderReport(reportOf([shownOf("nps", [lineOf([1])], { goals: [goal] })]));
    expect(page).toContain(
      "Goal 60.0 by 31 Dec 2026 (<bdi>Loved &lt;soon&gt;</bdi>): <strong>off track</strong>.",
    );
    expect(page).toContain("53.4 over 30 days, 3.4 worse. The 95 % interval lies on both sides.");
    expect(page).not.toContain("Against");
  });

  it("says how a goal's value differs from its base period, and whether chance explains it", () => {
    const goal: ReportGoal = {
      ...{ id: "g", state: "off-track", by: -3.4, certain: true, target: 60, value: 53.4 },
      ...{ dueDate: "2026-12-31", windowDays: 30 },
      sinceBase: { from: "2026-08-01", to: "2026-08-31", comparison: compared(-4, "worse") },
    };
    const page = renderReport(reportOf([shownOf("nps", [lineOf([1])], { goals: [goal] })]));
    expect(page.replaceAll("\u00a0", " ")).toContain(
      "Against 1 Aug 2026 – 31 Aug 2026: ↓ −4.0 points, worse, significant.",
    );
  });

  it("says why a goal cannot be judged", () => {
    const goal: ReportGoal = {
      ...{ id: "g", state: "unknown", by: null, certain: null, target: null, value: null },
      ...{ reason: { id: "goal.baseIsZero" }, dueDate: "2026-12-31", windowDays: 30 },
    };
    const page = renderReport(reportOf([shownOf("nps", [lineOf([1])], { goals: [goal] })]));
    expect(page).toContain(
      "Goal by 31 Dec 2026: <strong>cannot be judged yet</strong>. The base is 0: a change in per cent of it is none.",
    );
  });

  it("lists every value that its chart draws", () => {
    const page = renderReport(reportOf([shownOf("nps", [lineOf([10.25, null, -3])])]));
    const table = page.split("Values as a table")[1]?.split("</table>")[0] ?? "";
    expect([...table.matchAll(/<td class="number">([^<]*)<\/td>/g)].map(([, cell]) => cell)).toEqual([
      "10.3",
      "–",
      "100",
      "–",
      "–",
      "0",
      "−3.0",
      "–",
      "100",
    ]);
  });

  it("compares groups, and names them as text", () => {
    const lines = [
      lineOf([1, 2], { group: "<b>web</b>", comparison: compared(1, "better") }),
      lineOf([3], { group: "(none)" }),
    ];
    const page = renderReport(reportOf([shownOf("nps", lines)], { groupBy: ["channel"] }));
    expect(page).toContain("<bdi>&lt;b&gt;web&lt;/b&gt;</bdi>");
    expect(page).toContain("better, significant");
    expect(page).toContain("grouped by channel");
  });

  it.each([
    ["nps", "of the answer"],
    ["contact-volume", "of the ticket"],
    ["churn-rate", "of the customer"],
    ["social-mentions", "of the fact"],
  ])("says whose dimension the groups of %s are by: %s", (id, whose) => {
    const page = renderReport(
      reportOf([shownOf(id, [lineOf([1], { group: "web" })])], { groupBy: ["channel"] }),
    );
    expect(page).toContain(`By channel ${whose}.`);
  });

  it("has the whole beside the groups: its value and verdict, a row of the table, and a line at a glance", () => {
    const whole = lineOf([3], { total: entry(3), comparison: compared(-4, "worse") });
    const lines = [lineOf([1], { group: "web" }), lineOf([2], { group: "shop" })];
    const page = renderReport(reportOf([shownOf("nps", lines, { whole })], { groupBy: ["channel"] }));
    const text = page.replaceAll("\u00a0", " ");
    expect(text).toContain('<p class="value">3.0</p>');
    expect(text).toContain("↓ <strong>−4.0 points</strong>: worse, significant");
    expect(text).toMatch(/<tfoot[^>]*><tr[^>]*><th[^>]*>All together<\/th><td[^>]*>3\.0<\/td>/);
    expect(text).toMatch(/id="overview">At a glance[\s\S]*<a href="#nps">/);
  });

  it("counts the groups that it does not list", () => {
    const lines = Array.from({ length: 30 }, (_, index) => lineOf([index], { group: `g${index}` }));
    const page = renderReport(reportOf([shownOf("nps", lines)], { groupBy: ["channel"] }));
    expect(page).toContain("5 groups are left out.");
  });

  it("lists the first groups of the order asked for, however few data they have, and all that changed", () => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      lineOf([], {
        ...{ group: `g${index}.`, total: entry(100 - index, { n: 1_000 - index }) },
        ...(index === 1 ? { comparison: compared(-4, "worse") } : {}),
      }),
    );
    const table = renderGroups(shownOf("nps", lines), languageOf("en"), { by: "value", order: "asc" }).text;
    expect(table).toContain("g29.");
    expect(table).toContain("g6.");
    for (const leftOut of ["g0.", "g2.", "g5."]) expect(table).not.toContain(leftOut);
    expect(table.indexOf("g29.")).toBeLessThan(table.indexOf("g6."));
    expect(table.indexOf("g6.")).toBeLessThan(table.indexOf("g1."));
    expect(table).toContain("5 groups are left out.");
    const byData = renderGroups(shownOf("nps", lines), languageOf("en")).text;
    expect(byData.indexOf("g24.")).toBeGreaterThan(byData.indexOf("g0."));
    expect(byData).not.toContain("g25.");
  });
});
