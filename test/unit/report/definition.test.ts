import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { renderFormula, renderInterval, renderNotes } from "../../../lib/report/definition.ts";

describe.each(languageTags)("in %s, how a metric is computed", (tag) => {
  const language = languageOf(tag);

  it("is said in that language", () => {
    for (const metric of metrics) {
      const parts = [
        renderFormula(metric, language),
        renderInterval(metric, language),
        renderNotes(metric, language),
      ];
      expect(parts.map(({ text }) => text).join("")).not.toContain('lang="en"');
      expect(parts[2]?.text.match(/<li>/g)).toHaveLength(metric.notes.length);
    }
  });
});

it("what is only known in English is marked as English", () => {
  const language = languageOf("it");
  for (const metric of metrics.slice(0, 1).map((known) => ({ ...known, id: "not-yet-translated" }))) {
    expect(renderFormula(metric, language).text).toMatch(/^<p lang="en">100·\(promoters/);
    expect(renderInterval(metric, language).text).toContain('<span lang="en">Adjusted Wald');
    expect(renderNotes(metric, language).text).toMatch(/^<ul lang="en"><li>Surveys/);
  }
});
