import { expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { type CohortsShown, renderCohortsPage } from "../../../lib/pages/cohorts-page.ts";
import { escapeText } from "../../../lib/report/html.ts";

const cell = (age: number, value: number | string | null) => ({ age, value, low: null, high: null });

const cohorts: CohortsShown = {
  measure: "revenue",
  currency: "GBP",
  items: [
    { from: "2026-08-01", customers: 40, cells: [cell(0, "900.00"), cell(1, "100.00"), cell(2, null)] },
    { from: "2026-09-01", customers: 25, cells: [cell(0, "50.00"), cell(1, "0.00")] },
  ],
  mean: [cell(0, "14.6"), cell(1, "2.5")],
};

const pageIn = (tag: (typeof languageTags)[number], shown: CohortsShown | undefined) =>
  renderCohortsPage({
    frame: { language: languageOf(tag), address: "/cohorts", workspace: "w" },
    parameters: { measure: "revenue" },
    ...(shown ? { cohorts: shown } : {}),
  });

it("a heat map colours a cell by the largest of those after the month of joining", () => {
  const page = pageIn("en", cohorts);
  expect(page).toContain(
    '<th scope="row">Aug 2026</th><td class="number">40</td><td class="number">£900.00</td>',
  );
  expect(page).toContain('<td class="number h9">£100.00</td><td class="number">–</td>');
  expect(page).toContain('<td class="number h0">£0.00</td>');
  expect(page).toContain("All, each customer");
});

it("a heat map names the group of each cohort, and has shares in the row of all, also where it counts customers", () => {
  const shown: CohortsShown = {
    measure: "customers",
    items: [
      { from: "2026-08-01", group: "shop", customers: 40, cells: [cell(0, 40)] },
      { from: "2026-08-01", group: "<web>", customers: 10, cells: [cell(0, 9)] },
    ],
    mean: [cell(0, 98)],
  };
  const page = pageIn("en", shown);
  expect(page).toContain(
    '<th scope="row">Aug 2026 · shop</th><td class="number">40</td><td class="number">40</td>',
  );
  expect(page).toContain('<th scope="row">Aug 2026 · &lt;web&gt;</th>');
  expect(page).toContain('<td class="number">98.0\u00a0%</td>');
});

it.each(languageTags)(
  "a heat map has its texts in the language %s, with cohorts, without, and before the archive",
  (tag) => {
    const language = languageOf(tag);
    expect(pageIn(tag, cohorts)).toContain(escapeText(language.text("cohorts.what")));
    expect(pageIn(tag, { ...cohorts, items: [], mean: [] })).toContain(
      escapeText(language.text("cohorts.none")),
    );
    expect(pageIn(tag, undefined)).toContain(escapeText(language.text("customers.behind")));
  },
);
