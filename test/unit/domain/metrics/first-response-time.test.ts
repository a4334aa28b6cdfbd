import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

function ticket(type: string, ticketId: string, occurredAt: string, more: object = {}): object {
  return { type: `ticket.${type}`, ticketId, occurredAt, ...more };
}

describe("first-response-time", () => {
  it("is the mean time to the first reply, on the day of the reply", () => {
    const counted = new Counted([
      ticket("opened", "a", "2026-02-28T23:00:00Z"),
      ticket("replied", "a", "2026-03-01T01:00:00Z"),
      ticket("replied", "a", "2026-03-01T02:00:00Z"),
      ticket("opened", "b", "2026-03-05T10:00:00Z"),
      ticket("replied", "b", "2026-03-05T10:00:00Z"),
      ticket("replied", "b", "2026-03-05T09:00:00Z"),
      ticket("opened", "c", "2026-03-06T10:00:00Z"),
    ]);
    // a waits 2 h; b is replied to as it is opened (what came before is no reply to it); c waits.
    const { value, n, components } = counted.measure("first-response-time", ...month);
    expect({ value, n }).toEqual({ value: 3_600, n: 2 });
    expect(Number(components["p50"]) / 3_600).toBeCloseTo(1, 1);
    expect(counted.measure("first-response-time", "2026-02-01", "2026-02-28").value).toBeNull();
  });

  it("has Student's interval, from the sum of squares, and quantiles within one per cent", () => {
    const minutes = [10, 20, 30, 40];
    const facts = minutes.flatMap((minute) => [
      ticket("opened", `t${minute}`, "2026-03-05T10:00:00Z"),
      ticket("replied", `t${minute}`, `2026-03-05T10:${minute}:00Z`),
    ]);
    const { value, low, high, components } = new Counted(facts).measure("first-response-time", ...month);
    // Mean 25 minutes, s = 12.9099, t(3) = 3.182446: 25 ± 20.5426 minutes.
    expect(value).toBe(1_500);
    expect(Number(low) / 60).toBeCloseTo(4.4574, 3);
    expect(Number(high) / 60).toBeCloseTo(45.5426, 3);
    // Interpolated: 25 and 37 minutes.
    expect(Math.abs(Number(components["p50"]) / 60 - 25)).toBeLessThan(0.25);
    expect(Math.abs(Number(components["p90"]) / 60 - 37)).toBeLessThan(0.37);
  });
});
