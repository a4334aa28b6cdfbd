import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRecord, RecordReader } from "../../../../lib/tools/import/records.ts";

/** The records of a text that comes in pieces of so many characters. */
function read(text: string, size = text.length, delimiter = ","): CsvRecord[] {
  const reader = new RecordReader(delimiter);
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, size)) {
    records.push(...reader.push(text.slice(at, at + Math.max(1, size))));
  }
  records.push(...reader.end());
  expect(reader.consumed).toBe(text.length);
  return records;
}

const cellsOf = (text: string) => read(text).map(({ cells }) => cells);
const faultsOf = (records: readonly CsvRecord[]) =>
  records.flatMap(({ fault }, index) => (fault ? [index] : []));

describe("line ends", () => {
  it("may be mixed, also a CR alone", () => {
    expect(cellsOf("a,b\r\n1,2\n3,4\r5,6\r\n")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  it("within quotes belong to the cell, and at the end of the text there may be none", () => {
    expect(cellsOf('a,"1\r\n2\r3"\nb,')).toEqual([
      ["a", "1\r\n2\r3"],
      ["b", ""],
    ]);
  });
});

describe("a stray quote", () => {
  const good = Array.from({ length: 50 }, (_, index) => `${index},fine`);
  const with_ = (row: string, place: number) =>
    [...good.slice(0, place), row, ...good.slice(place)].join("\n");

  it.each([
    ['x,he said "no', ["x", 'he said "no']],
    ['x,5" screen', ["x", '5" screen']],
    ['x,"he said "no" and left"', ["x", 'he said "no" and left']],
    ['x,"fine" ', ["x", "fine"]],
  ])("inside a cell is text: %s", (row, cells) => {
    for (const place of [0, 20, 50]) {
      const records = read(with_(row, place));
      expect(records[place]?.cells).toEqual(cells);
      expect([records.length, faultsOf(records)]).toEqual([51, []]);
    }
  });

  it("that opens a cell and is never closed costs its own row only", () => {
    for (const place of [0, 20, 50]) {
      const records = read(with_('x,"he said no', place), 7);
      expect(records).toHaveLength(51);
      expect(faultsOf(records)).toEqual([place]);
      expect(records[place]).toMatchObject({
        cells: ["x", '"he said no'],
        fault: expect.stringMatching(/quote/),
      });
    }
  });

  it("that opens a cell costs its own row only where a later row has quotes of its own", () => {
    const text = ['x,"he said no', "y,fine", 'z,"well, yes"', 'w,"two\nlines"'].join("\n");
    const records = read(text);
    expect(faultsOf(records)).toEqual([0]);
    expect(records.slice(1).map(({ cells }) => cells)).toEqual([
      ["y", "fine"],
      ["z", "well, yes"],
      ["w", "two\nlines"],
    ]);
  });

  it("costs its own row only in a file that is larger than any row", () => {
    const many = Array.from({ length: 120_000 }, (_, index) => `${index},0123456789`);
    const records = read(['x,"open', ...many].join("\r\n"), 16_384);
    expect([records.length, faultsOf(records)]).toEqual([120_001, [0]]);
  });
});

describe("a row that is too long", () => {
  it("is cut and refused, and the rows after it are read", () => {
    const records = read(`1,2\n${"x".repeat(1_200_000)},2\n3,4\n`, 16_384);
    expect(records[1]?.fault).toMatch(/longer than 1000000 characters/);
    expect(records[1]?.cells.join().length).toBeLessThan(2_000);
    expect(records.filter(({ fault }) => !fault).map(({ cells }) => cells)).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });
});

describe("in whatever pieces a text comes", () => {
  it("its records are the same", () => {
    const texts = fc.array(fc.constantFrom("a", ",", '"', "\r", "\n", " ", "é", "😀"), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join("");
        expect(read(text, size)).toEqual(read(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
