import { describe, expect, it } from "vitest";
import { unmatched } from "../../../../lib/tools/import/make.ts";
import { UsageError } from "../../../../lib/tools/import/problems.ts";
import { answer, type Cells, compile, make, value } from "./mapped-rows.ts";

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

  it.each(["constructor", "toString", "__proto__"])(
    "a cell that says %s is a text like any other",
    (kind) => {
      const refused = expect.stringContaining(kind);
      expect(value({ money: "{score}", currency: "{kind}" }, { kind })).toEqual({
        ...{ amount: "9", currency: kind.toUpperCase() },
      });
      expect(value({ map: "{kind}", values: { a: 1 } }, { kind })).toEqual(refused);
      expect(value({ number: "{kind}" }, { kind })).toEqual(refused);
      expect(value({ time: "2024-05-01 10:00 {kind}" }, { kind })).toEqual(refused);
      expect(value({ score: "{kind}", scale: "1-5" }, { kind })).toEqual(refused);
      expect(value({ duration: "{kind}" }, { kind })).toEqual(refused);
    },
  );

  it("a giant cell holds up no other row, and what is said of it is short", () => {
    const giants = [
      `1${" ".repeat(500_000)}x`,
      `${"EUR ".repeat(200_000)}1`,
      "1".repeat(900_000),
      `1 - ${"a".repeat(500_000)}1`,
    ];
    for (const amount of giants) {
      for (const spec of [
        { money: "{amount}", currency: "EUR" },
        { number: "{amount}" },
        { sum: ["{amount}"] },
      ]) {
        expect(value(spec, { amount })).toMatch(/ is too long for a number$/);
      }
      const said = value({ map: "{amount}", values: { a: 1 } }, { amount });
      expect(String(said).length).toBeLessThan(600);
    }
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
