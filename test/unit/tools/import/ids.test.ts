import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, type Cells, compile, header, make, row } from "./mapped-rows.ts";

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
