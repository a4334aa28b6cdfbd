import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { escapeText } from "../../../lib/report/html.ts";
import type { ReportGoal } from "../../../lib/report/model.ts";
import { renderReport } from "../../../lib/report/page.ts";
import { reportPolicy } from "../../../lib/report/style.ts";
import { commentsOf, compared, entry, lineOf, reportOf, shownOf } from "./report.ts";

const evil = `<img src=x onerror="alert(1)"> & '</blockquote><script>alert(2)</script>`;

describe("the page", () => {
  it("has a card for every metric that has data, in the registry's order, under the section of its area", () => {
    const page = renderReport(reportOf(metrics.map(({ id }) => shownOf(id, [lineOf([1, 2])]))));
    const cards = [...page.matchAll(/<article class="card" id="([^"]+)"/g)].map(([, id]) => id);
    expect([...cards].sort()).toEqual(metrics.map(({ id }) => id).sort());
    for (const area of new Set(metrics.map((metric) => metric.area))) {
      const section = page.split(`aria-labelledby="area-${area}"`)[1]?.split("</section>")[0] ?? "";
      const own = [...section.matchAll(/<article class="card" id="([^"]+)"/g)].map(([, id]) => id);
      expect(own).toEqual(metrics.filter((metric) => metric.area === area).map(({ id }) => id));
    }
  });

  it("names metrics without data in a line, and draws nothing", () => {
    const page = renderReport(reportOf([]));
    for (const { name } of metrics) expect(page).toContain(escapeText(name));
    expect(page).not.toContain('<article class="card"');
    expect(page).toContain("There is no data in this period yet.");
    expect(page).not.toContain("<svg");
  });

  it("has neither scripts nor addresses of anything else to load", () => {
    const page = renderReport(reportOf([shownOf("nps", [lineOf([1, 2])])], commentsOf(evil)));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|\son\w+="|url\(|@import/i);
    expect([...page.matchAll(/(?:src|href)="([^#].{0,19})/g)].map(([, start]) => start)).toEqual([
      "data:image/svg+xml;b",
    ]);
  });

  it("may use its own style sheet and no other", () => {
    const page = renderReport(reportOf([]));
    const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(reportPolicy["style-src"]).toBe(`'sha256-${hash}'`);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toContain('style="');
  });
});

describe("comments", () => {
  it("are shown as they were written, whatever they contain", () => {
    const page = renderReport(reportOf([], commentsOf(evil)));
    expect(page).toContain(
      `<blockquote dir="auto">&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;&lt;/blockquote&gt;&lt;script&gt;alert(2)&lt;/script&gt;</blockquote>`,
    );
    expect(page).toContain("3 on 0–10, 2 Oct 2026");
    expect(page).toContain("<h4><bdi>Detractors</bdi></h4>");
  });

  it("keep their direction to themselves", () => {
    const page = renderReport(reportOf([], commentsOf("\u202eevil\u200b")));
    expect(page).toContain('<blockquote dir="auto">\u202eevil\u200b</blockquote>');
    expect(page).toContain(
      "blockquote{margin:0;overflow-wrap:anywhere;white-space:pre-line;unicode-bidi:isolate}",
    );
  });

  it("say of which days they are, where these are the days of a change", () => {
    const { comments } = commentsOf("It broke");
    const daysOfChange = new Map([["nps", { from: "2026-10-05", to: "2026-10-11" }]]);
    const page = renderReport(reportOf([], { comments: { ...comments, daysOfChange } }));
    expect(page).toContain("What people wrote in 5 Oct 2026 – 11 Oct 2026, when it changed most");
  });

  it("are left out where none were asked for", () => {
    expect(renderReport(reportOf([]))).not.toContain("What people wrote");
  });
});

describe("in another language", () => {
  it.each(languageTags.filter((tag) => tag !== "en"))("%s: says so, and leaves no text in English", (tag) => {
    const goal: ReportGoal = {
      ...{ id: "g", state: "off-track", by: -3.4, certain: false, target: 60, value: 53.4 },
      ...{ dueDate: "2026-12-31", windowDays: 30 },
    };
    const line = lineOf([1, null, 3], {
      total: entry(53.4, { low: 52.3, high: 54.5, n: 13612, lowSample: true }),
      comparison: compared(2.2, "better"),
    });
    const more = { language: languageOf(tag), ...commentsOf("merci") };
    const page = renderReport(reportOf([shownOf("nps", [line], { goals: [goal] })], more));
    expect(page).toContain(`<html lang="${tag}">`);
    // What is left is marked as English: names of components and published sources, for example.
    const own = page
      .replace(/<style>[\s\S]*?<\/style>/g, "")
      .replace(/<(\w+)[^>]* lang="en"[^>]*>[\s\S]*?<\/\1>/g, "")
      .replace(/data:[^"]*|<code>.*?<\/code>/g, "");
    const texts = own.replace(/<[^>]*>/g, "\n");
    expect(texts).not.toMatch(/\b(the|is|are|of|and|with|values?|better)\b/);
  });
});

describe("survival in the report", () => {
  const survival = {
    items: [
      {
        ...{ customers: 40, lost: 4, medianDays: null },
        steps: [{ atRisk: 9, month: 1, value: 90, low: 80, high: 95 }],
      },
    ],
    test: null,
  };

  it("is a section with the curve and the shares by month, where it was asked for", () => {
    const page = renderReport(reportOf([]), survival);
    expect(page).toContain('<h2 id="survival">After how long customers leave</h2>');
    expect(page).toContain('<path class="line0" d="M58,12L460,12L460,30"');
    expect(page).toContain('<td class="number">40</td><td class="number">4</td>');
    expect(renderReport(reportOf([]))).not.toContain('id="survival"');
  });

  it("says so where nobody has joined", () => {
    expect(renderReport(reportOf([]), { items: [], test: null })).toContain(
      "Nobody has joined in this time.",
    );
  });
});
