import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packedNames } from "../../../../lib/store/counters/packed-names.ts";
import { pack, unpack } from "../../../../lib/store/counters/packing.ts";

const names = fc.oneof(
  fc.integer({ min: -2_000, max: 2_000 }).map((cell) => `r:c${cell}`),
  fc.integer({ min: 0, max: 23 }).map((hour) => `hour:${String(hour).padStart(2, "0")}`),
  fc.constantFrom(
    "orders:GBP",
    "intent:(other)",
    "r:0",
    "r:c0",
    "r:-0",
    "r:007",
    "a:b:c",
    "a:b:7",
    "a:b:c7",
    "seconds:winning:decision:c697",
    "entered:winning:decision:0",
    "entered:winning:mine:0",
    "left:winning:mine:0",
    "::",
    "::0",
    "é:ü",
    "x:",
    "new",
    "~r",
    "~r~clv",
    "intent:\uFEFFa",
    "intent:a",
    "\uFEFF",
    "7",
    "c7",
  ),
  fc.string({ unit: "binary" }).map((text) => `t:${text}`),
  fc.string({ unit: "binary" }),
);
const counters = fc
  .array(fc.tuple(names, fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n })))
  .map((pairs) => new Map(pairs));

describe("names that packs know", () => {
  it("keep their numbers for ever, as packs are stored: new ones come at the end", () => {
    const first = packedNames.slice(0, 166).join(" ");
    expect(createHash("sha256").update(first).digest("hex").slice(0, 16)).toBe("2d9f538b7fa3f959");
  });

  it("are different from each other, and leave room for the numbers of what a pack writes out itself", () => {
    expect(new Set(packedNames).size).toBe(packedNames.length);
    expect(packedNames.length).toBeLessThan(4_000);
  });
});

describe("packed counters", () => {
  it("are the same when they are unpacked, whatever they are called and however large", () => {
    fc.assert(
      fc.property(counters, (given) => {
        const expected = new Map([...given].filter(([, sum]) => sum !== 0n));
        expect(unpack(pack(given))).toEqual(expected);
      }),
    );
  });

  it("keep names apart that differ in a byte order mark alone, as files of spreadsheets begin with one", () => {
    const given = new Map([
      ["intent:\uFEFFCompare", 3n],
      ["intent:Compare", 2n],
    ]);
    expect(unpack(pack(given))).toEqual(given);
  });

  it("take little more than a byte for a small sum beside its neighbours", () => {
    const dense = new Map(Array.from({ length: 300 }, (_, index) => [`rt:c${400 + index}`, 7n] as const));
    expect(pack(dense).length).toBeLessThan(320);
  });

  it("know the names of a day's sales by their numbers", () => {
    const day = new Map([
      ...(["orders:USD", "loyal", "bought", "gaps", "~r", "~r~clv"] as const).map(
        (name) => [name, 40n] as const,
      ),
      ["revenue:USD", 123_456n],
      ["revenueSquares:USD", 987_654_321n],
    ]);
    expect(pack(day).length).toBeLessThan(45);
    expect(unpack(pack(day))).toEqual(day);
  });

  it("write each part of long prefixes out once", () => {
    const stages = ["decision", "my own stage", "another stage of mine"];
    const cells = ["entered", "skipped", "inferred"].flatMap((counter) =>
      stages.flatMap((stage) =>
        [0, 1, 2].map((cell) => [`${counter}:winning:${stage}:${cell}`, 1n] as const),
      ),
    );
    expect(pack(new Map(cells)).length).toBeLessThan(210);
    expect(unpack(pack(new Map(cells)))).toEqual(new Map(cells));
  });

  it("with a name of a number that nobody knows are refused", () => {
    expect(() => unpack(Uint8Array.of(255, 255, 1))).toThrow(RangeError);
  });

  it("are written as they have been since there are packs", () => {
    const given = new Map([
      ["r:c5", 300n],
      ["r:c2", -1n],
      ["x:GBP", 2n],
      ["r:c1", 1n],
      ["r:c3", 0n],
      ["x:EUR", 64n],
    ]);
    // Twice the length of what is written out; 2·158 + 1 and 2·157 + 1 for the names with these numbers.
    const text = (written: string) => [2 * written.length, ...new TextEncoder().encode(written)];
    expect([...pack(given)]).toEqual([
      // Two runs: from 1 on the sums 1 and −1, and 2 numbers further 300.
      ...[...text("r:c"), 2, ...[2, 2, 2, 1], ...[4, 1, 216, 4], 0],
      ...[...text("x:"), 0, 2, ...[189, 2], 4, ...[187, 2], 128, 1],
    ]);
    expect(unpack(pack(given)).get("r:c2")).toBe(-1n);
  });

  it("need a second byte from 64 and −65 on", () => {
    const bytes = (sum: bigint) =>
      pack(new Map([["r:c1", sum]])).length - pack(new Map([["r:c1", 1n]])).length;
    expect([63n, 64n, -64n, -65n, 8_191n, 8_192n].map(bytes)).toEqual([0, 1, 0, 1, 1, 2]);
  });

  it("that end inside a text or before a number are refused by name", () => {
    for (const bytes of [[10, 97], [2, 97], [2, 97, 0, 2, 6, 98], [128]]) {
      expect(() => unpack(Uint8Array.from(bytes))).toThrow(/a pack of counters ends too early/);
    }
    expect(unpack(new Uint8Array())).toEqual(new Map());
  });

  it("that are cut off are refused", () => {
    const bytes = pack(new Map([["r:c1", 300n]]));
    expect(() => unpack(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
  });
});
