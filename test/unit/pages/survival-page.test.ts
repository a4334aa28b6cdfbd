import { expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { renderSurvivalPage } from "../../../lib/pages/survival-page.ts";
import { escapeText } from "../../../lib/report/html.ts";
import type { SurvivalShown } from "../../../lib/report/survival.ts";

const step = (month: number, value: number, atRisk = 30) => ({
  ...{ month, atRisk, value },
  ...{ low: value - 5, high: value + 4 },
});

const survival: SurvivalShown = {
  items: [
    {
      group: "<pro>",
      customers: 40,
      lost: 4,
      medianDays: null,
      steps: [step(1, 95), step(2, 90), step(3, 90)],
    },
    {
      group: "basic",
      customers: 60,
      lost: 33,
      medianDays: 71,
      steps: [step(1, 80), step(2, 55), step(3, 45)],
    },
  ],
  test: { pValue: 0.00002 },
};

const pageIn = (tag: (typeof languageTags)[number], shown: SurvivalShown | undefined) =>
  renderSurvivalPage({
    frame: { language: languageOf(tag), address: "/survival", workspace: "w" },
    parameters: { groupBy: "plan" },
    dimensions: ["plan", "channel"],
    ...(shown ? { survival: shown } : {}),
  });

it("survival has a curve for each group that falls in steps, its shares by month, and whether groups differ", () => {
  const page = pageIn("en", survival);
  expect(page).toContain('<th scope="row"><bdi>&lt;pro&gt;</bdi></th><td class="number">40</td>');
  expect(page).toMatch(/<td class="number">71 days<\/td><td class="number" title="[^"]*75\.0/);
  expect(page).toContain('<td class="number">–</td>');
  // By hand: 402 wide for 3 months and 180 high, from 58 and 28 on. A step: along to the month, then down to its share.
  expect(page).toMatch(/<path class="line1" d="M58,28L192,28L192,64L326,64L326,109L460,109L460,127"/);
  expect(page).toContain("The groups stay for different times (log-rank test, p = &lt; 0.0001).");
  expect(page).toContain('<a href="/survival?groupBy=channel">channel</a>');
  expect(pageIn("en", { ...survival, test: { pValue: 0.04 } })).toContain(
    "That groups stay for different times is not certain (log-rank test, p = 0.04).",
  );
});

it("survival is faint where few are known for so long, says how many, and does not fall to 0 as if that were sure", () => {
  const last = { month: 3, atRisk: 0, value: 0, low: null, high: null };
  const steps = [step(1, 90, 40), step(2, 75, 10), last];
  const page = pageIn("en", { items: [{ customers: 60, lost: 9, medianDays: 80, steps }], test: null });
  expect(page).toContain('d="M58,12L192,12L192,30L326,30L326,57" fill="none"');
  expect(page).toMatch(/d="M326,57L460,57L460,192"[^>]* stroke-opacity="0.3"\/>/);
  expect(page).toMatch(/>90\.0\u00a0% <small>\(40\)<\/small>/);
  expect(page).toMatch(/>0\.0\u00a0% <small>\(0\)<\/small>/);
  // Of few from the beginning on all is faint.
  const some = pageIn("en", {
    items: [{ customers: 4, lost: 1, medianDays: null, steps: [step(1, 75, 2)] }],
    test: null,
  });
  expect(some.match(/class="line0" d=/g)).toHaveLength(1);
  expect(some).toContain('stroke-opacity="0.3"');
});

it("survival of all customers has one curve, and no column of groups", () => {
  const all = { customers: 9, lost: 0, medianDays: null, steps: [step(1, 100)] };
  const page = pageIn("en", { items: [all], test: null });
  expect(page).toContain('<tr><td class="number">9</td><td class="number">0</td>');
  expect(page).not.toContain("log-rank");
});

it.each(languageTags)(
  "survival has its texts in the language %s, with curves, without, and before the archive",
  (tag) => {
    const language = languageOf(tag);
    expect(pageIn(tag, survival)).toContain(escapeText(language.text("survival.what", { few: 10 })));
    expect(pageIn(tag, { items: [], test: null })).toContain(escapeText(language.text("cohorts.none")));
    expect(pageIn(tag, undefined)).toContain(escapeText(language.text("customers.behind")));
  },
);
