import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDecimal, readNumber } from "../../../../lib/tools/import/numbers.ts";
import { RowProblem } from "../../../../lib/tools/import/problems.ts";

describe("numbers", () => {
  it.each([
    ["139.12", "139.12"],
    ["-27.50", "-27.50"],
    ["\u221227.50", "-27.50"],
    ["+5", "5"],
    ["007", "7"],
    [".5", "0.5"],
    ["5.", "5"],
    ["0.00", "0.00"],
    ["123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"],
  ])("read %s without rounding", (text, decimal) => {
    expect(readDecimal(text, {})).toBe(decimal);
  });

  it.each([
    ["1.234,50", { decimal: ",", grouping: "." }, "1234.50"],
    ["1,234,567.8", { grouping: "," }, "1234567.8"],
    ["1 234,5", { decimal: ",", grouping: " " }, "1234.5"],
    ["1\u202f234,5", { decimal: ",", grouping: " " }, "1234.5"],
    ["1\u00a0234", { grouping: " " }, "1234"],
    ["1'234.5", { grouping: "'" }, "1234.5"],
    ["12345,5", { decimal: ",", grouping: "." }, "12345.5"],
  ] as const)("read %s in its style", (text, style, decimal) => {
    expect(readDecimal(text, style)).toBe(decimal);
  });

  it.each(["", "-", ".", "abc", "1e3", "0x10", "12,50", "1,234", "£5", "1 000", "NaN", "Infinity", "٣"])(
    "refuse %j rather than guess",
    (text) => {
      expect(() => readDecimal(text, {})).toThrow(RowProblem);
    },
  );

  it.each(["1,23", "1234,567.0", ",234", "12,34,567"])("refuse the misplaced grouping of %j", (text) => {
    expect(() => readDecimal(text, { grouping: "," })).toThrow(RowProblem);
  });

  it("say where the style of numbers is set", () => {
    expect(() => readDecimal("12,50", {})).toThrow(/"12,50" is not a number.*see numbers in the mapping/);
  });

  it("read every number that JavaScript writes without an exponent", () => {
    const plain = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(plain, (number) => {
        fc.pre(!String(number).includes("e"));
        expect(String(readNumber(String(number), {}))).toBe(String(number));
      }),
    );
  });
});
