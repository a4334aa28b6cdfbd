import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseMapping } from "../../../../lib/tools/import/mapping.ts";

const good = {
  facts: [
    {
      to: "responses",
      when: { column: "nps", blank: false },
      fields: { survey: "nps", score: { number: "{nps}" }, occurredAt: { time: "{at}" } },
    },
  ],
};

function problemsOf(mapping: unknown): string {
  try {
    parseMapping(JSON.stringify(mapping), "my.json");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "accepted";
}

function withFields(fields: Record<string, unknown>, extra: Record<string, unknown> = {}) {
  const [fact] = good.facts;
  return { ...good, facts: [{ ...fact, ...extra, fields: { ...fact?.fields, ...fields } }] };
}

describe("a mapping file", () => {
  it("is accepted when it is one", () => {
    expect(problemsOf(good)).toBe("accepted");
  });

  it.each(["online-retail", "garden-centre", "answers"])("examples/%s.json is one", (name) => {
    const text = readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8");
    expect(() => parseMapping(text, name)).not.toThrow();
  });

  it("that is not JSON is refused", () => {
    expect(() => parseMapping('{ "facts": [ }', "my.json")).toThrow(/my\.json is not JSON: Unexpected token/);
  });

  it.each([
    ["an unknown setting", { ...good, colour: "red" }, "colour: is not a known setting"],
    ["no facts", { facts: [] }, "facts: "],
    ["an unknown route", withFields({}, { to: "answers" }), "facts[0].to: "],
    [
      "an unknown setting of a value",
      withFields({ score: { number: "{nps}", base: 10 } }),
      "facts[0].fields.score.base: is not a known setting",
    ],
    [
      "no kind of value",
      withFields({ score: { nmber: "{nps}" } }),
      "facts[0].fields.score: must be a text, a number",
    ],
    [
      "two kinds of value",
      withFields({ score: { number: "{a}", map: "{b}", values: {} } }),
      "it has number and map: keep one",
    ],
    ["a broken template", withFields({ comment: "{text" }), "facts[0].fields.comment: has a { without its }"],
    [
      "a broken template in a dimension",
      withFields({ dimensions: { a: "}" } }),
      "facts[0].fields.dimensions.a: ",
    ],
    [
      "an empty condition",
      withFields({}, { when: { column: "a" } }),
      "facts[0].when[0]: says nothing about it",
    ],
    [
      "an unknown condition",
      withFields({}, { when: [{ columns: "a" }] }),
      "facts[0].when[0]: must be a condition",
    ],
    [
      "an unknown comparison",
      withFields({}, { when: { any: [{ column: "a", equals: 3 }] } }),
      "facts[0].when[0].any[0].equals: is not a known setting",
    ],
    [
      "a wrong value within a choice",
      withFields({ x: { choose: [{ when: { column: "a", is: 1 }, value: { number: 7 } }] } }),
      "facts[0].fields.x.choose[0].value.number: ",
    ],
    [
      "an unknown zone",
      { ...good, times: { zone: "Europe/Londn" } },
      "times.zone: must be an IANA time zone",
    ],
    ["an offset for a zone", { ...good, times: { zone: "+02:00" } }, "times.zone: must be an IANA time zone"],
    [
      "a form without a month",
      { ...good, times: { format: "dd/mm/yyyy" } },
      "times.format: has no month, MM",
    ],
    [
      "a day that does not exist",
      withFields({ occurredAt: { spread: { from: "2024-02-30", days: 3 } } }),
      "spread.from",
    ],
    ["an unknown encoding", { ...good, csv: { encoding: "latin-9" } }, "csv.encoding: "],
  ])("with %s is refused with the place", (_what, mapping, problem) => {
    expect(problemsOf(mapping)).toContain(`my.json is not a mapping:\n`);
    expect(problemsOf(mapping)).toContain(problem);
  });

  it("names all that is wrong at once", () => {
    const problems = problemsOf(withFields({ score: "{", comment: "}" }));
    expect(problems).toContain("facts[0].fields.score");
    expect(problems).toContain("facts[0].fields.comment");
  });
});
