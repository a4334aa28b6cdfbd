import { globSync, readFileSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { languageOf, languageParts } from "../../../../lib/domain/language/language.ts";
import { languageTags } from "../../../../lib/domain/language/tags.ts";
import type { TextId } from "../../../../lib/domain/language/texts/texts.ts";
import { areas } from "../../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";

const english = languageParts.en.texts;
const ids = Object.keys(english) as TextId[];
const others = languageTags.filter((tag) => tag !== "en");

type Part = ReturnType<IntlMessageFormat["getAst"]>[number];

/** Of a part that tells cases apart by their names, and of one that does by a number. */
const selectType = 5;
const pluralType = 6;

/** The arguments of a message, with the cases that it tells apart. */
function argumentsOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (!("value" in part) || part.type === 0) return [];
    const inner =
      "options" in part ? Object.values(part.options).flatMap(({ value }) => argumentsOf(value)) : [];
    const cases = part.type === selectType ? [`${part.value}: ${Object.keys(part.options).sort()}`] : [];
    return [part.value, ...cases, ...inner];
  });
}

/** The cases of numbers that a message tells apart. */
function pluralCases(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (!("options" in part)) return [];
    const inner = Object.values(part.options).flatMap(({ value }) => pluralCases(value));
    return part.type === pluralType ? [...Object.keys(part.options), ...inner] : inner;
  });
}

function namesIn(text: string, tag: string): string[] {
  const { [0]: parts } = [new IntlMessageFormat(text, tag, undefined, { ignoreTag: true }).getAst()];
  return [...new Set(argumentsOf(parts))].sort();
}

describe.each(others)("in %s", (tag) => {
  const { texts, metrics: names } = languageParts[tag];

  it("there are all texts and no others", () => {
    expect(Object.keys(texts).sort()).toEqual([...ids].sort());
    expect(ids.filter((id) => texts[id].trim() === "")).toEqual([]);
  });

  it("every text takes the arguments that the English one takes, and tells the same cases apart", () => {
    for (const id of ids) expect([id, namesIn(texts[id], tag)]).toEqual([id, namesIn(english[id], "en")]);
  });

  it("every case of a number is one that the language has", () => {
    const known = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const id of ids) {
      const cases = pluralCases(
        new IntlMessageFormat(texts[id], tag, undefined, { ignoreTag: true }).getAst(),
      );
      expect([id, cases.filter((name) => !/^=\d+$/.test(name) && !known.includes(name as never))]).toEqual([
        id,
        [],
      ]);
    }
  });

  it("texts are translated", () => {
    const words = ids.filter((id) => /[a-z]{4} [a-z]{3}/.test(english[id]));
    expect(words.filter((id) => texts[id] === english[id])).toEqual([]);
  });

  it("every formula is told in words", () => {
    for (const metric of metrics) {
      const formula = languageOf(tag).metricFormula(metric);
      expect([metric.id, formula]).not.toEqual([metric.id, undefined]);
      expect(formula).not.toBe(metric.formula);
    }
  });

  it("every metric has a name of its own and a description", () => {
    expect(Object.keys(names).sort()).toEqual(metrics.map(({ id }) => id).sort());
    const own = metrics.map((metric) => languageOf(tag).metricName(metric));
    expect(new Set(own).size).toBe(metrics.length);
    for (const metric of metrics) {
      expect(languageOf(tag).metricDescription(metric)).not.toBe(metric.description);
      for (const [convention, name] of Object.entries(metric.apart ?? {})) {
        const isOther = name !== metric.name;
        expect(languageOf(tag).metricName(metric, convention) !== own[metrics.indexOf(metric)]).toBe(isOther);
      }
    }
  });
});

describe("English texts", () => {
  const sources = globSync("lib/{pages,report,api,domain/metrics,domain/goals,queries}/**/*.ts")
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");

  it("are all used", () => {
    // Some are put together from a word: `area.` and the area.
    const built = new Set([...areas.map((area) => `area.${area}`), "signIn.unknown", "signIn.refused"]);
    // Others are recognised by their wording.
    const own = ids.filter((id) => !built.has(id) && !/^(error\.|benchmark\.|remark\.noGroups$)/.test(id));
    expect(own.filter((id) => !sources.includes(`"${id}"`))).toEqual([]);
  });

  it("are said with their values", () => {
    const { text } = languageOf("en");
    expect(text("days", { days: 1 })).toBe("1 day");
    expect(text("days", { days: 1234 })).toBe("1,234 days");
    expect(text("card.benchmark", { figure: "78 %", side: "above", judged: "better" })).toBe(
      "Benchmark: 78 %; this is above it, which is better.",
    );
  });
});

it("a text is handed out in pieces, so that markup can stand in it", () => {
  const link = { href: "/" };
  const pieces = languageOf("ja").pieces("news.changed", {
    ...{ metric: link, value: "1", before: "2", change: "3", verdict: "4" },
  });
  expect(pieces[0]).toBe(link);
  expect(pieces.slice(1).join("")).toBe("は1（前は2）。3、4。");
});
