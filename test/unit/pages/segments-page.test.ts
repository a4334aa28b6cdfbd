import { expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { rfmSegments } from "../../../lib/domain/metrics/lifetime/rfm.ts";
import { renderSegmentsPage, type SegmentsShown, segmentName } from "../../../lib/pages/segments-page.ts";
import { escapeText } from "../../../lib/report/html.ts";

const segments: SegmentsShown = {
  customers: 5,
  items: rfmSegments.map((segment) => ({
    ...{ segment, customers: segment === "champions" ? 5 : 0, share: segment === "champions" ? 100 : 0 },
    money: { amount: "120.50", currency: "EUR" },
    ...{ before: 3, won: 1, entered: 2, left: 1 },
  })),
  movements: [
    { from: null, to: "champions", customers: 1 },
    { from: "at-risk", to: "champions", customers: 2 },
    { from: "champions", to: "champions", customers: 2 },
  ],
};

const pageIn = (tag: (typeof languageTags)[number], shown: SegmentsShown | undefined) =>
  renderSegmentsPage({
    frame: { language: languageOf(tag), address: "/segments", workspace: "w" },
    ...(shown ? { segments: shown } : {}),
  });

it("segments lead to their customers, and movements are coloured by the largest of those who moved", () => {
  const page = pageIn("en", segments);
  expect(page).toContain(
    '<a href="/customers?rfm=champions">Champions</a></th><td class="number">5</td><td class="number">100.0\u00a0%</td><td class="number">€120.50</td>',
  );
  expect(page).toContain('<th scope="row">At risk</th><td class="number h9">2</td>');
  expect(page).toContain('<th scope="row">Bought for the first time</th><td class="number h5">1</td>');
  expect(page).toContain('<th scope="row">Champions</th><td class="number">2</td>');
});

it.each(languageTags)("segments have names and texts of their own in the language %s", (tag) => {
  const language = languageOf(tag);
  const names = rfmSegments.map((segment) => segmentName(segment, language));
  expect(new Set(names).size).toBe(rfmSegments.length);
  const page = pageIn(tag, segments);
  for (const name of names) expect(page).toContain(escapeText(name));
  const none = { ...segments, customers: 0 };
  expect(pageIn(tag, none)).toContain(escapeText(language.text("segments.none")));
  expect(pageIn(tag, undefined)).toContain(escapeText(language.text("customers.behind")));
});
