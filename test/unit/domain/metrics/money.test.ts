import { describe, expect, it } from "vitest";
import { formatMajor, formatMinor, parseAmount } from "../../../../lib/domain/metrics/money.ts";

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
    [139.12, "139.12"],
    [0.001, "0.001"],
    [-250, "-250"],
    [1 / 3, "0.3333333333333333"],
    [1.25e-7, "0.000000125"],
    [-6.4e-11, "-0.000000000064"],
    [1.5e21, "1500000000000000000000"],
  ])("of %d is %s, never with an exponent", (amount, text) => {
    expect(formatMajor(amount)).toBe(text);
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
