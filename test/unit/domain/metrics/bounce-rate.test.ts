import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("bounce-rate", () => {
  it("of three sessions of one page and one of five is 75", () => {
    const facts = [
      at("session.ended", { pages: 1, seconds: 10, count: 3 }),
      at("session.ended", { pages: 5, seconds: 50 }),
    ];
    const { value, low, high, n, components } = new Counted(facts).measure("bounce-rate", ...october);
    expect({ value, n }).toEqual({ value: 75, n: 4 });
    // Wilson by hand: centre 1.23018, margin 0.64082, both over 1.96036.
    expect(Number(low)).toBeCloseTo(30.064, 2);
    expect(Number(high)).toBeCloseTo(95.441, 2);
    // Pages: mean 8/4, s² = (4·28 − 8²)/(4·3) = 4, s.e. 1, t of 3 degrees of freedom 3.182446; not below one page.
    expect(components).toMatchObject({ sessions: 4, bounced: 3, pagesPerSession: 2, pagesPerSessionLow: 1 });
    expect(components["pagesPerSessionHigh"]).toBeCloseTo(5.182446, 5);
    // Seconds: mean 80/4, s² = (4·2800 − 80²)/(4·3) = 400, s.e. 10.
    expect(components).toMatchObject({ secondsPerSession: 20, secondsPerSessionLow: 0 });
    expect(components["secondsPerSessionHigh"]).toBeCloseTo(51.82446, 4);
  });

  it("is the same whether alike sessions come as one fact or as many", () => {
    const session = { pages: 2, seconds: 604_800 };
    const one = new Counted([at("session.ended", { ...session, count: 500 })]);
    const many = new Counted(Array.from({ length: 500 }, () => at("session.ended", session)));
    expect(one.measure("bounce-rate", ...october)).toEqual(many.measure("bounce-rate", ...october));
  });

  it("loses nothing of sums beyond exact numbers", () => {
    // Σx² = 604,800²·10⁶ + 604,799² is above 2^53: rounded, the variance of these would not be what it is.
    const facts = [
      at("session.ended", { pages: 1, seconds: 604_800, count: 1_000_000 }),
      at("session.ended", { pages: 1, seconds: 604_799 }),
    ];
    const { components, value } = new Counted(facts).measure("bounce-rate", ...october);
    expect(value).toBe(100);
    // s² = n/(n(n − 1))·(1 − 1/n) of one value that is lower by 1, so s/√n ≈ 1/n: 10⁻⁶; times 1.96.
    const width = Number(components["secondsPerSessionHigh"]) - Number(components["secondsPerSessionLow"]);
    expect(width).toBeCloseTo(2 * 1.96e-6, 8);
  });
});
