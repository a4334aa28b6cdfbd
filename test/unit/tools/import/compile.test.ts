import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileMapping } from "../../../../lib/tools/import/compile.ts";
import { type Made, unmatched } from "../../../../lib/tools/import/make.ts";
import { parseMapping } from "../../../../lib/tools/import/mapping.ts";
import { UsageError } from "../../../../lib/tools/import/problems.ts";

const header = ["id", "score", "visits", "kind", "amount", "at", "email", "note"];
const row = {
  id: "7",
  score: "9",
  visits: "12",
  kind: "sale",
  amount: "12.50",
  at: "2024-05-01T10:00:00Z",
  email: "a@b.c",
  note: "",
};

type Cells = Partial<Record<keyof typeof row, string>>;

function compile(mapping: object, columns = header) {
  return compileMapping(parseMapping(JSON.stringify(mapping), "test"), columns);
}

function make(mapping: object, cells: Cells = {}, number = 2): Made {
  const all: Record<string, string> = { ...row, ...cells };
  return compile(mapping).make({ number, index: number - 2, cells: header.map((name) => all[name] ?? "") });
}

function answer(fields: object, fact: object = {}, mapping: object = {}) {
  const base = { survey: "nps", id: "a-{id}", occurredAt: { time: "{at}" } };
  return { ...mapping, facts: [{ to: "responses", ...fact, fields: { ...base, ...fields } }] };
}

/** The value that one field's mapping makes. */
function value(spec: unknown, cells: Cells = {}, mapping: object = {}): unknown {
  const made = make(answer({ x: spec }, {}, mapping), cells);
  return made.problems[0]?.detail ?? made.facts[0]?.fields["x"];
}

describe("values", () => {
  it("texts are templates, and blank as a whole when one of their columns is", () => {
    expect(value("order-{id}/{kind}")).toBe("order-7/sale");
    expect(value("order-{note}")).toBeUndefined();
    expect(value("constant")).toBe("constant");
  });

  it("spaces around a cell do not count, and the mapping's own blanks are blank", () => {
    expect(value("{kind}", { kind: "  sale " })).toBe("sale");
    expect(value("{kind}", { kind: "N/A" }, { blank: ["N/A"] })).toBeUndefined();
  });

  it("numbers, true and false stay what they are", () => {
    expect([value(3), value(true)]).toEqual([3, true]);
  });

  it("sums add numbers and cells, and are absent where a cell is blank", () => {
    expect(value({ sum: [1, "{score}", "{visits}"] })).toBe(22);
    expect(
      value({ sum: ["{score}"] }, { score: "1.234,5" }, { numbers: { decimal: ",", grouping: "." } }),
    ).toBe(1234.5);
    expect(value({ sum: [1, "{note}"] })).toBeUndefined();
    expect(value({ sum: [1, "{kind}"] })).toBe('"sale" is not a number');
  });

  it("numbers come from cells in the file's style or in the value's own", () => {
    expect(value({ number: "{score}" })).toBe(9);
    expect(value({ number: "{score}" }, { score: "1,5" }, { numbers: { decimal: "," } })).toBe(1.5);
    expect(value({ number: "{score}", decimal: "." }, { score: "1.5" }, { numbers: { decimal: "," } })).toBe(
      1.5,
    );
    expect(value({ number: "{score}" }, { score: "" })).toBeUndefined();
    expect(value({ number: "{score}" }, { score: "ten" })).toMatch(/"ten" is not a number/);
  });

  it("money keeps its decimals as text", () => {
    const money = { money: "{amount}", currency: "GBP" };
    expect(value(money, { amount: "0.10" })).toEqual({ amount: "0.10", currency: "GBP" });
    expect(value({ ...money, absolute: true }, { amount: "-27.50" })).toEqual({
      amount: "27.50",
      currency: "GBP",
    });
    expect(value(money, { amount: "" })).toBeUndefined();
    expect(value({ money: "{amount}", currency: "{note}" })).toBe("the currency is blank");
  });

  it("mapped values are translated, and an unknown one is a problem unless there is an otherwise", () => {
    const map = { map: "{kind}", values: { sale: "yes", cancel: false } };
    expect(value(map)).toBe("yes");
    expect(value(map, { kind: "cancel" })).toBe(false);
    expect(value(map, { kind: "" })).toBeUndefined();
    expect(value(map, { kind: "gift" })).toBe('"gift" is none of sale, cancel');
    expect(value({ ...map, otherwise: "?" }, { kind: "gift" })).toBe("?");
  });

  it("lists are split, without empty items", () => {
    expect(value({ list: "{note}", separator: ";" }, { note: "late; damaged;;" })).toEqual([
      "late",
      "damaged",
    ]);
    expect(value({ list: "{note}", separator: ";" }, { note: " ; " })).toBeUndefined();
  });

  it("hashes are the same for the same text and do not show it", () => {
    const hash = { hash: "{email}", prefix: "c-" };
    expect(value(hash)).toMatch(/^c-[0-9a-f]{32}$/);
    expect(value(hash, { id: "8" })).toBe(value(hash));
    expect(value(hash, { email: "d@b.c" })).not.toBe(value(hash));
    expect(value(hash, { email: "" })).toBeUndefined();
  });

  it("choices take the first case that holds", () => {
    const choose = {
      choose: [
        { when: { column: "visits", atLeast: 12 }, value: "frequent" },
        { when: { column: "visits", blank: false }, value: "occasional" },
      ],
    };
    expect([
      value(choose, { visits: "12" }),
      value(choose, { visits: "11" }),
      value(choose, { visits: "" }),
    ]).toEqual(["frequent", "occasional", undefined]);
    expect(value({ ...choose, otherwise: { number: "{id}" } }, { visits: "" })).toBe(7);
  });

  it("dimensions are texts and absent when blank", () => {
    const dimensions = { a: { number: "{visits}" }, b: "{note}", c: true };
    const [fact] = make(answer({ dimensions })).facts;
    expect(fact?.fields["dimensions"]).toEqual({ a: "12", c: "true" });
    const [none] = make(answer({ dimensions: { b: "{note}" } })).facts;
    expect(none?.fields).not.toHaveProperty("dimensions");
  });
});

describe("conditions", () => {
  const holds = (when: unknown, cells: Cells = {}) => make(answer({}, { when }), cells).facts.length === 1;

  it.each([
    [{ column: "kind", is: "sale" }, true],
    [{ column: "kind", is: ["cancel", "sale"] }, true],
    [{ column: "visits", is: 12 }, true],
    [{ column: "kind", is: "Sale" }, false],
    [{ column: "kind", isNot: "sale" }, false],
    [{ column: "kind", isNot: ["a", "b"] }, true],
    [{ column: "note", isNot: "a" }, true],
    [{ column: "note", is: "a" }, false],
    [{ column: "note", blank: true }, true],
    [{ column: "note", blank: false }, false],
    [{ column: "visits", above: 12 }, false],
    [{ column: "visits", atLeast: 12 }, true],
    [{ column: "visits", below: 12 }, false],
    [{ column: "visits", atMost: 12 }, true],
    [{ column: "visits", atLeast: 10, below: 12 }, false],
    [{ column: "note", below: 12 }, false],
    [
      [
        { column: "kind", is: "sale" },
        { column: "amount", above: 0 },
      ],
      true,
    ],
    [
      [
        { column: "kind", is: "sale" },
        { column: "amount", above: 99 },
      ],
      false,
    ],
    [
      {
        any: [
          { column: "kind", is: "gift" },
          { column: "amount", above: 0 },
        ],
      },
      true,
    ],
    [
      {
        all: [
          { column: "kind", is: "gift" },
          { column: "amount", above: 0 },
        ],
      },
      false,
    ],
  ])("%j is %s", (when, expected) => {
    expect(holds(when)).toBe(expected);
  });

  it("on a number where there is none make the fact a problem", () => {
    const made = make(answer({}, { when: { column: "visits", above: 3 } }), { visits: "many" });
    expect(made).toMatchObject({
      facts: [],
      problems: [{ detail: expect.stringContaining("column visits") }],
    });
  });
});

describe("rows", () => {
  const both = {
    skip: [{ when: { column: "kind", is: "adjust" }, reason: "adjustment" }],
    fields: { occurredAt: { time: "{at}" }, dimensions: { kind: "{kind}" } },
    facts: [
      {
        to: "responses",
        when: { column: "score", blank: false },
        fields: { survey: "nps", id: "n-{id}", score: { number: "{score}" } },
      },
      {
        to: "events",
        when: { column: "amount", above: 0 },
        fields: { type: "purchase.made", id: "p-{id}", occurredAt: { time: "{note}" } },
      },
    ],
  };

  it("can become several facts, which share the mapping's common fields", () => {
    const made = make(both, { note: "2024-06-01T00:00:00Z" });
    expect(
      made.facts.map(({ name, to, id, fields }) => [
        name,
        to,
        id,
        fields["occurredAt"],
        fields["dimensions"],
      ]),
    ).toEqual([
      ["nps", "responses", "n-7", "2024-05-01T10:00:00Z", { kind: "sale" }],
      ["purchase.made", "events", "p-7", "2024-06-01T00:00:00Z", { kind: "sale" }],
    ]);
  });

  it("that no condition holds for are skipped, and so are those of a skip rule, with the reason", () => {
    expect(make(both, { score: "", amount: "0" }).skipped).toBe(unmatched);
    expect(make(both, { kind: "adjust" })).toEqual({ facts: [], problems: [], skipped: "adjustment" });
  });

  it("send the good fact when the other is bad, and say what is bad where", () => {
    const made = make(both, { score: "nine", note: "2024-06-01T00:00:00Z" });
    expect(made.facts.map(({ name }) => name)).toEqual(["purchase.made"]);
    expect(made.problems).toEqual([
      { name: "nps", pointer: "/score", detail: expect.stringContaining('"nine" is not a number') },
    ]);
  });

  it("without a time are refused: the server would take the time of the import", () => {
    expect(make(answer({}), { at: "" }).problems).toEqual([
      { name: "nps", pointer: "/occurredAt", detail: "is blank: a past fact needs its time" },
    ]);
  });

  it("with too few or too many cells are refused, empty lines skipped", () => {
    const compiled = compile(answer({}));
    const made = compiled.make({ number: 2, index: 0, cells: ["7", "9"] });
    expect(made.problems).toEqual([{ pointer: "", detail: "the row has 2 cells, the header has 8" }]);
    expect(compiled.make({ number: 3, index: 1, cells: [""] }).skipped).toBe("empty line");
  });

  it("that would give one id to two facts keep the first", () => {
    const twice = { facts: ["nps", "csat"].map((survey) => answer({ survey }).facts[0]) };
    const made = make(twice);
    expect(made.facts.map(({ name }) => name)).toEqual(["nps"]);
    expect(made.problems).toMatchObject([{ name: "csat", pointer: "/id" }]);
  });
});

describe("ids", () => {
  const idOf = (mapping: object, cells: Cells = {}, number = 2) => make(mapping, cells, number).facts[0]?.id;
  const noId = {
    facts: [
      {
        to: "responses",
        fields: { survey: "nps", score: { number: "{score}" }, occurredAt: { time: "{at}" } },
      },
    ],
  };

  it("come from the row's columns", () => {
    expect(idOf(answer({}))).toBe("a-7");
  });

  it("that are blank make the row a problem", () => {
    expect(make(answer({}), { id: "" }).problems).toMatchObject([{ pointer: "/id" }]);
  });

  it("are made of what the fact says when there is none, the same each time", () => {
    expect(idOf(noId)).toMatch(/^fact-[0-9a-f]{32}$/);
    expect(idOf(noId)).toBe(idOf(noId));
    expect(idOf(noId, {}, 3)).toBe(idOf(noId));
  });

  it("made of what the fact says change with what it says, and with nothing else", () => {
    expect(idOf(noId, { score: "8" })).not.toBe(idOf(noId));
    expect(idOf(noId, { note: "seen by Ann" })).toBe(idOf(noId));
    const { survey, ...others } = noId.facts[0]?.fields ?? {};
    expect(idOf({ facts: [{ ...noId.facts[0], fields: { ...others, survey } }] })).toBe(idOf(noId));
  });

  it("made of what the fact says keep equal rows apart, and stay when a file grows at either end", () => {
    const idsOf = (scores: readonly string[]) => {
      const compiled = compile(noId);
      return scores.map((score, index) => {
        const cells = header.map((name) => (name === "score" ? score : row[name as keyof typeof row]));
        return compiled.make({ number: index + 2, index, cells }).facts[0]?.id;
      });
    };
    const scores = fc.array(fc.constantFrom("1", "2", "3"), { maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, scores, (before, some, after) => {
        const ids = new Set(idsOf(some));
        expect(ids.size).toBe(some.length);
        const grown = new Set(idsOf([...before, ...some, ...after]));
        expect(grown.size).toBe(before.length + some.length + after.length);
        expect([...ids].filter((id) => !grown.has(id))).toEqual([]);
      }),
    );
  });

  it("do not depend on the day that a row without a date is given by its place", () => {
    const spread = { spread: { from: "2024-04-01", days: 30 }, at: "12:00", zone: "UTC" };
    const mapping = {
      facts: [{ ...noId.facts[0], fields: { ...noId.facts[0]?.fields, occurredAt: spread } }],
    };
    expect(idOf(mapping, {}, 2)).toBe(idOf(mapping, {}, 3));
  });

  it.each([
    "row-{#row}",
    { hash: "{score} {#row}" },
    { choose: [{ when: { column: "id", blank: true }, value: "r{ #row }" }], otherwise: "a-{id}" },
  ])("that would come from the row's number are refused: %j", (id) => {
    expect(() => compile(answer({ id }))).toThrow(/facts\[0\]\.fields\.id: an id must say what the row is/);
  });

  it("made of what the facts say differ for the facts of one row", () => {
    const [fact] = noId.facts;
    const two = { facts: [fact, { ...fact, name: "again" }] };
    expect(new Set(make(two).facts.map(({ id }) => id)).size).toBe(2);
  });

  it("made of what the fact says are ids that the API takes, whatever is in the cells", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 1e9 }), (note, number) => {
        const withNote = {
          facts: [{ ...noId.facts[0], fields: { ...noId.facts[0]?.fields, comment: "{note}" } }],
        };
        expect(idOf(withNote, { note }, number)).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
      }),
    );
  });
});

describe("a mapping that does not fit the file", () => {
  it("names each missing column with the place, and what there is", () => {
    const mapping = answer({ score: { number: "{points}" }, dimensions: { a: "{b}" } });
    expect(() => compile(mapping)).toThrow(UsageError);
    expect(() => compile(mapping)).toThrow(
      /facts\[0\]\.fields\.score: the file has no column "points"\n.*facts\[0\]\.fields\.dimensions\.a.*"b"\n.*its columns: id, score/,
    );
  });

  it("guesses that the delimiter is another", () => {
    expect(() => compile(answer({}), ["id;score;at"])).toThrow(/is the delimiter ";"\?/);
  });

  it("refuses a column that is there twice", () => {
    expect(() => compile(answer({}), ["id", "at", "id"])).toThrow(/several columns "id"/);
  });

  it.each([
    ["survey", { facts: [{ to: "responses", fields: { occurredAt: { time: "{at}" } } }] }],
    ["type", { facts: [{ to: "events", fields: { occurredAt: { time: "{at}" } } }] }],
    ["occurredAt", { facts: [{ to: "events", fields: { type: "customer.left" } }] }],
  ])("asks for %s", (field, mapping) => {
    expect(() => compile(mapping)).toThrow(`facts[0].fields: "${field}" is missing`);
  });

  it("asks for names where two facts are of one kind", () => {
    const [fact] = answer({}).facts;
    expect(() => compile({ facts: [fact, fact] })).toThrow(/facts\[1\].*"nps".*give each a "name"/);
  });
});
