import { describe, expect, it } from "vitest";
import { formatMajor, formatMinor, parseAmount } from "../../../lib/metrics/money.ts";

describe("an amount in minor units", () => {
  it.each([
    [13_912n, 2, "139.12"],
    [5n, 2, "0.05"],
    [0n, 2, "0.00"],
    [-5n, 2, "-0.05"],
    [-13_912n, 2, "-139.12"],
    [1_234n, 3, "1.234"],
    [500n, 0, "500"],
    [-500n, 0, "-500"],
    [0n, 0, "0"],
    [90_071_992_547_409_930n, 2, "900719925474099.30"],
  ])("%d with %i decimals is %s", (amount, decimals, text) => {
    expect(formatMinor(amount, decimals)).toBe(text);
    expect(parseAmount(text, decimals)).toBe(amount);
  });
});

describe("a computed amount", () => {
  it.each([
    [13_912, 2, "139.12"],
    [1, 3, "0.001"],
    [-250, 0, "-250"],
    [100 / 3, 2, "0.33333333333333337"],
    [0.000_01, 2, "0.000000100000"],
  ])("of %d with %i decimals is %s, never with an exponent", (amount, decimals, text) => {
    expect(formatMajor(amount, decimals)).toBe(text);
  });
});

describe("a decimal text", () => {
  it.each([
    ["1.5", 2, 150n],
    ["-1.5", 2, -150n],
    ["-0.01", 2, -1n],
    ["7", 2, 700n],
    ["7", 0, 7n],
    ["1.239", 2, 123n],
    ["-1.239", 2, -123n],
  ])("%s with %i decimals is %d, further decimals cut off", (text, decimals, amount) => {
    expect(parseAmount(text, decimals)).toBe(amount);
  });
});
