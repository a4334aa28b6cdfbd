import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  divide,
  multiply,
  negate,
  round,
  shiftLeft,
  trim,
} from "../../../../lib/tools/import/decimals.ts";

const cents = fc.integer({ min: -1e9, max: 1e9 });
const text = (number: number) => (number < 0 ? "-" : "") + (Math.abs(number) / 100).toFixed(2);

describe("decimal arithmetic", () => {
  it("is exact where floating point is not", () => {
    expect(add("0.1", "0.2")).toBe("0.3");
    expect(multiply("1.10", "3")).toBe("3.30");
    expect(add("12345678901234567890.01", "-0.01")).toBe("12345678901234567890.00");
    expect(divide("1", "3")).toBe("0.333333333333");
    expect(divide("1", "0.00")).toBeUndefined();
    expect(shiftLeft("5", 2)).toBe("0.05");
    expect([round("1.005", 2), round("-1.005", 2), round("2", 2)]).toEqual(["1.01", "-1.01", "2"]);
    expect([trim("1500.00", 0), trim("1.50", 2), trim("1.5000", 2), trim("1.505", 2)]).toEqual([
      "1500",
      "1.50",
      "1.50",
      "1.505",
    ]);
  });

  it("agrees with whole numbers of cents", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(Number(add(text(a), text(b)))).toBe((a + b) / 100);
        expect(Number(add(text(a), negate(text(b))))).toBe((a - b) / 100);
        expect(BigInt(multiply(text(a), text(b)).replace(".", ""))).toBe(BigInt(a) * BigInt(b));
      }),
    );
  });
});
