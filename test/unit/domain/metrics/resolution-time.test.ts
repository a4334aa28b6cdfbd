import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

function ticket(type: string, ticketId: string, occurredAt: string, more: object = {}): object {
  return { type: `ticket.${type}`, ticketId, occurredAt, ...more };
}

/** Opened at 09:00 of a day of March, resolved so many hours later. */
function resolvedAfter(ticketId: string, day: string, hours: number, more: object = {}): object[] {
  const opened = Date.parse(`2026-03-${day}T09:00:00Z`);
  return [
    ticket("opened", ticketId, new Date(opened).toISOString()),
    ticket("resolved", ticketId, new Date(opened + hours * 3_600_000).toISOString(), more),
  ];
}

describe("resolution-time", () => {
  it("is the sum of the times over the cases resolved, on the day resolved", () => {
    const counted = new Counted([
      ...resolvedAfter("a", "02", 2),
      ...resolvedAfter("b", "03", 4),
      ...resolvedAfter("c", "31", 30),
      ticket("opened", "d", "2026-03-04T09:00:00Z"),
      ticket("opened", "e", "2026-03-04T09:00:00Z"),
      ticket("resolved", "e", "2026-03-04T08:00:00Z"),
    ]);
    // a 2 h, b 4 h; c is resolved in April; d is open; e was resolved before it was opened.
    const { value, n, components } = counted.measure("resolution-time", ...month);
    expect({ value, n }).toEqual({ value: 3 * 3_600, n: 2 });
    expect(components).toMatchObject({ resolved: 2, resolvedAgain: 0, firstResolved: 2, firstMean: 10_800 });
    expect(counted.measure("resolution-time", "2026-04-01", "2026-04-30").value).toBe(30 * 3_600);
  });

  it("of a case that was reopened is the last resolution's, and the first one's beside it", () => {
    const reopened = [...resolvedAfter("a", "02", 2), ticket("reopened", "a", "2026-03-02T15:00:00Z")];
    const other = resolvedAfter("b", "03", 4);
    const open = new Counted([...reopened, ...other]).measure("resolution-time", ...month);
    // a is open again: only b is resolved, and both had a first resolution, after 2 h and 4 h.
    expect(open).toMatchObject({
      value: 4 * 3_600,
      n: 1,
      components: { resolved: 1, resolvedAgain: 0, firstResolved: 2, firstMean: 3 * 3_600 },
    });
    const again = ticket("resolved", "a", "2026-03-05T09:00:00Z");
    const closed = new Counted([...reopened, ...other, again]).measure("resolution-time", ...month);
    // a after three days, b after 4 h: 38 h on average.
    expect(closed).toMatchObject({
      value: 38 * 3_600,
      n: 2,
      components: { resolved: 2, resolvedAgain: 1, firstResolved: 2, firstMean: 3 * 3_600 },
    });
  });

  it("has its quantiles from all full resolutions, and those of the first ones beside them", () => {
    const hours = (value: unknown) => Number(value) / 3_600;
    const about = (expected: number) => (value: unknown) => Math.abs(hours(value) / expected - 1) <= 0.01;
    const { components } = new Counted([
      ...resolvedAfter("a", "02", 1),
      ...resolvedAfter("b", "02", 2),
      ...resolvedAfter("c", "02", 3),
      ticket("reopened", "c", "2026-03-03T09:00:00Z"),
      ticket("resolved", "c", "2026-03-06T09:00:00Z"),
    ]).measure("resolution-time", ...month);
    // Full: 1, 2 and 96 hours; first: 1, 2 and 3. Nine tenths lie 0.8 of the way from the second to the third.
    expect(components["p50"]).toSatisfy(about(2));
    expect(components["p90"]).toSatisfy(about(2 + 0.8 * 94));
    expect(components["firstP50"]).toSatisfy(about(2));
    expect(components["firstP90"]).toSatisfy(about(2.8));
  });

  it("counts a resolution that is sent twice once", () => {
    const twice = [...resolvedAfter("a", "02", 2), ticket("resolved", "a", "2026-03-04T09:00:00Z")];
    expect(new Counted(twice).measure("resolution-time", ...month)).toMatchObject({ value: 7_200, n: 1 });
  });

  it("is exact for times whose squares pass 2^53", () => {
    const years = new Counted([
      ticket("opened", "a", "2001-01-01T00:00:00Z"),
      ticket("resolved", "a", "2026-03-01T00:00:00.001Z"),
      ticket("opened", "b", "2001-01-01T00:00:00Z"),
      ticket("resolved", "b", "2026-03-01T00:00:00.003Z"),
    ]);
    const { value, low, high } = years.measure("resolution-time", ...month);
    const seconds = (Date.parse("2026-03-01T00:00:00Z") - Date.parse("2001-01-01T00:00:00Z")) / 1_000;
    expect(value).toBeCloseTo(seconds + 0.002, 6);
    // Two values that differ by 2 ms: ± 12.7062 ms.
    expect(Number(high) - Number(low)).toBeCloseTo(2 * 0.0127062, 5);
  });
});
