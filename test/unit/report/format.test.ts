import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { type LanguageTag, languageTags } from "../../../lib/domain/language/tags.ts";
import type { Unit } from "../../../lib/domain/metrics/metric.ts";
import {
  formatChange,
  formatDays,
  formatInterval,
  formatTick,
  formatValue,
} from "../../../lib/report/format.ts";

const language = languageOf("en");

/** With plain spaces, as a reader sees them. */
function value(given: number | string | null, unit: Unit, currency = "GBP"): string {
  return formatValue(given, { unit, currency, language }).replaceAll("\u00a0", " ");
}

function change(given: number | string, percent: number | null, unit: Unit): string {
  return formatChange(given, percent, { unit, currency: "GBP", language }).replaceAll("\u00a0", " ");
}

describe("a value", () => {
  it.each([
    [53.416103, "points", "53.4"],
    [-0.25, "points", "−0.3"],
    [85.33, "percent", "85.3 %"],
    [4.333, "score", "4.33"],
    [1234567, "count", "1,234,567"],
    [2.345, "count", "2.35"],
    [1.834, "seconds", "1.83 s"],
    [5400, "seconds", "90 min"],
    [93_600, "seconds", "26 h"],
    [null, "percent", "–"],
  ] as const)("%s in %s is written %s", (given, unit, text) => {
    expect(value(given, unit)).toBe(text);
  });

  it("of money is rounded to its currency's decimals from the decimal string, exactly", () => {
    expect(value("12345.895", "money")).toBe("£12,345.90");
    expect(value("12345678901234567890.49", "money")).toBe("£12,345,678,901,234,567,890");
    expect(value("-0.5", "money")).toBe("−£0.50");
    expect(value("1234", "money", "JPY")).toBe("¥1,234");
    expect(value("1.2345", "money", "BHD")).toBe("BHD 1.235");
  });
});

it("an interval is written with both bounds, or as missing", () => {
  const format = { unit: "points", currency: "", language } as const;
  expect(formatInterval(-5.04, 12, format)).toBe("−5.0 to 12.0");
  expect(formatInterval(null, 12, format)).toBe("–");
  const seconds = { unit: "seconds", currency: "GBP", language } as const;
  expect(formatInterval(6_720, 7_740, seconds).replaceAll("\u00a0", " ")).toBe("1.87 h to 2.15 h");
});

it("all values of a card are written in one unit of time", () => {
  const format = { unit: "seconds", currency: "GBP", language, scale: 7_300 } as const;
  expect(formatValue(7_100, format).replaceAll("\u00a0", " ")).toBe("1.97 h");
  expect(formatInterval(5_000, 7_900, format).replaceAll("\u00a0", " ")).toBe("1.39 h to 2.19 h");
  expect(formatChange(-600, -8, format).replaceAll("\u00a0", " ")).toBe("−0.167 h (−8.0 %)");
  expect(formatTick(3_600, 1_800, format).replaceAll("\u00a0", " ")).toBe("1 h");
});

it("all amounts of a card are written with cents, or none are", () => {
  const large = { unit: "money", currency: "GBP", language, scale: 123_456.78 } as const;
  expect(formatValue("98765.43", large)).toBe("£98,765");
  expect(formatChange("-1200.50", null, large)).toBe("−£1,201");
  const small = { unit: "money", currency: "GBP", language } as const;
  expect(formatInterval("98765.43", "123456.78", small)).toBe("£98,765 to £123,457");
  expect(formatInterval("98765.43", "99456.78", small)).toBe("£98,765.43 to £99,456.78");
});

it("a change has its sign, and a percentage only where the unit has no natural size", () => {
  expect(change(2.21, 4.3, "points")).toBe("+2.2 points");
  expect(change(-1.5, -3, "percent")).toBe("−1.5 percentage points");
  expect(change(0.2, 5, "score")).toBe("+0.20 (+5.0 %)");
  expect(change("-1200.50", -10.04, "money")).toBe("−£1,200.50 (−10.0 %)");
  expect(change(3, null, "count")).toBe("+3");
});

it("ticks are short, with as many decimals as their distance needs", () => {
  expect(formatTick(0.25, 0.05, { unit: "score", currency: "", language })).toBe("0.25");
  expect(formatTick(-1_500_000, 500_000, { unit: "count", currency: "", language })).toBe("−1.5M");
  expect(formatTick(-200, 100, { unit: "money", currency: "GBP", language })).toBe("−£200");
  expect(formatTick(20_000, 10_000, { unit: "money", currency: "GBP", language })).toBe("£20K");
});

it("days are written so that day and month cannot be mistaken for each other", () => {
  expect(formatDays("2026-10-03", "2026-10-03", language)).toBe("3 Oct 2026");
  expect(formatDays("2026-10-03", "2027-01-01", language)).toBe("3 Oct 2026 – 1 Jan 2027");
});

describe("in another language", () => {
  const write = (given: number | string, unit: Unit, tag: LanguageTag) =>
    formatValue(given, { unit, currency: "EUR", language: languageOf(tag) }).replaceAll("\u00a0", " ");

  it("numbers, shares, amounts and times are written as there", () => {
    expect(write(1234567.5, "count", "de")).toBe("1.234.567,5");
    expect(write(85.33, "percent", "de")).toBe("85,3 %");
    expect(write(85.33, "percent", "it")).toBe("85,3%");
    expect(write("1234.5", "money", "de")).toBe("1.234,50 €");
    expect(write("1234.5", "money", "ja")).toBe("€1,234.50");
    expect(write(93_600, "seconds", "ja")).toBe("26 時間");
    expect(write(93_600, "seconds", "de")).toBe("26 h");
  });

  it("days are written as there", () => {
    const days = languageTags.map((tag) => formatDays("2026-10-03", "2026-10-03", languageOf(tag)));
    expect(days).toEqual([
      ...["3 Oct 2026", "3. Okt. 2026", "2026年10月3日", "2026年10月3日", "2026年10月3日", "3 ott 2026"],
    ]);
  });
});
