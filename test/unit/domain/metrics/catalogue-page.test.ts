import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderCataloguePage } from "../../../../lib/domain/metrics/catalogue-page.ts";
import { defineMetric } from "../../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";

const page = readFileSync(new URL("../../../../docs/metrics.md", import.meta.url), "utf8");

/** The part of a page about one metric. */
function sectionOf(text: string, id: string): string {
  return text.split(/^## /m).find((section) => section.startsWith(`${id}\n`)) ?? "";
}

it("docs/metrics.md is what the registry generates: run npm run docs:metrics after a change of a metric", () => {
  expect(page).toBe(renderCataloguePage(metrics));
});

it.each(metrics.map((metric) => [metric.id, metric] as const))(
  "the section of %s says all that the metric says of itself",
  (id, metric) => {
    const section = sectionOf(page, id);
    const texts = [metric.name, metric.description, metric.formula, metric.interval, ...metric.notes];
    const references = metric.references.flatMap(({ title, url }) => [title, url ?? ""]);
    for (const text of [...texts, ...references]) expect(section).toContain(text.replaceAll("|", "\\|"));
    for (const convention of metric.conventions ?? []) expect(section).toContain(`\`${convention}\``);
  },
);

it("counted facts are those of the metric and of the metrics that it uses", () => {
  expect(sectionOf(page, "nps")).toContain("| Counts | answers to `nps` |");
  expect(sectionOf(page, "clv")).toMatch(
    /\| Counts \| `purchase.made`, `customer.joined`, .*`customer.returned`/,
  );
});

it("components are those of every convention, a run of scores in short", () => {
  const metric = defineMetric({
    id: "made-up",
    name: "Made up",
    area: "customers",
    description: "For this test.",
    formula: "a | b",
    unit: "count",
    better: "lower",
    version: 3,
    minimumSample: 0,
    interval: "None.",
    notes: [],
    references: [{ title: "Nobody", url: "https://example.com" }],
    conventions: ["one", "two"],
    family: "made-up",
    counters: ["a", "b"],
    compute: (period, { convention }) => ({
      value: period.count("a"),
      low: null,
      high: null,
      n: 0,
      components:
        convention === "one" ? { score1: 1, score2: 2, score3: 3, score5: 5 } : { other: period.count("b") },
    }),
  });
  const section = sectionOf(renderCataloguePage([metric]), "made-up");
  expect(section).toContain("| Components | `score1 … score3`, `score5`, `other` |");
  expect(section).toContain("| Formula | a \\| b |");
  expect(section).toContain("Sources: [Nobody](https://example.com).");
});
