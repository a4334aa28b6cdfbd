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

  it.each([
    "",
    "-",
    ".",
    "abc",
    "1e3",
    "0x10",
    "1,234",
    "1,2,3",
    "12,34.5",
    "NaN",
    "Infinity",
    "12 XYZ",
    "٣",
    "--5",
    "(-5)",
  ])("refuse %j rather than guess", (text) => {
    expect(() => readDecimal(text, {})).toThrow(RowProblem);
  });

  it.each(["1,23", "1234,567.0", ",234", "123,45,678"])("refuse the misplaced grouping of %j", (text) => {
    expect(() => readDecimal(text, { grouping: "," })).toThrow(RowProblem);
  });

  it("say where the style of numbers is set", () => {
    expect(() => readDecimal("1,234", {})).toThrow(/"1,234" is not a number.*see numbers in the mapping/);
    expect(() => readDecimal("12,50", { grouping: "," })).toThrow(/decimal sign is ".".*see numbers/);
  });

  it.each([
    ["$1,234.50", "1234.50"],
    ["1.234,50 €", "1234.50"],
    ["(12.00)", "-12.00"],
    ["($12.00)", "-12.00"],
    ["$(12.00)", "-12.00"],
    ["-$5.10", "-5.10"],
    ["$-5.10", "-5.10"],
    ["12.00-", "-12.00"],
    ["1,23,456.00", "123456.00"],
    ["12,34,567", "1234567"],
    ["¥1500", "1500"],
    ["CHF 1'200.05", "1200.05"],
    ["1\u2019200.05 chf", "1200.05"],
    ["R$ 1.234,5", "1234.5"],
    ["12,50", "12.50"],
    ["£5", "5"],
    ["1 000", "1000"],
    ["1 234 567,89", "1234567.89"],
    ["1,234,567", "1234567"],
    ["12.5%", "12.5"],
    ["0,125", "0.125"],
  ])("read %s by its own signs where there is one way only", (text, decimal) => {
    expect(readDecimal(text, {}, true)).toBe(decimal);
  });

  it("that are amounts are not read where a point may part thousands or decimals", () => {
    expect(() => readDecimal("1.234", {}, true)).toThrow(RowProblem);
    expect(readDecimal("1.234", {})).toBe("1.234");
    expect(readDecimal("1.234", { decimal: ",", grouping: "." }, true)).toBe("1234");
  });

  it.each([
    ["10 - Extremely likely", 10],
    ["0 - Not at all likely", 0],
    ["5 (Very satisfied)", 5],
    ["3: neutral", 3],
  ])("with their meaning behind them are read: %s", (text, number) => {
    expect(readNumber(text, {})).toBe(number);
  });

  it.each(["10 - 12", "10 apples", "7 - 8 days"])(
    "are no numbers where more than a meaning follows: %s",
    (text) => {
      expect(() => readNumber(text, {})).toThrow(RowProblem);
    },
  );

  it("written by any country's rules are read as the same number", () => {
    const locales = fc.constantFrom("en-US", "de-DE", "fr-FR", "en-IN", "de-CH", "it-IT", "es-ES");
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(locales, amount, (locale, cents) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
        expect(Number(readDecimal(text, {}, true))).toBe(cents / 100);
      }),
    );
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
