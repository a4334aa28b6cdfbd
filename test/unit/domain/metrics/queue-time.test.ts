import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;
const at = "2026-03-10T10:00:00Z";

/** A call that was answered, or else abandoned, after so many seconds. */
function call(callId: string, end: "answered" | "abandoned", seconds: number, more: object = {}): object[] {
  return [
    { type: "call.queued", callId, occurredAt: at },
    { type: `call.${end}`, callId, occurredAt: at, seconds, ...more },
  ];
}

describe("queue-time", () => {
  const facts = [
    ...call("a", "answered", 10, { transfers: 0 }),
    ...call("b", "answered", 20, { transfers: 2 }),
    ...call("c", "answered", 20.001),
    ...call("d", "answered", 90.5),
    ...call("e", "abandoned", 60),
    ...call("f", "abandoned", 120),
    // Still waiting, and answered without being queued.
    { type: "call.queued", callId: "g", occurredAt: at },
    { type: "call.answered", callId: "h", occurredAt: at, seconds: 1 },
  ];
  const measure = (targetSeconds: number | null = null) =>
    new Counted(facts).measure("queue-time", ...month, { targetSeconds });

  it("is the mean of the seconds waited by those who were answered, beside those who gave up", () => {
    const { value, n, components } = measure();
    // (10 + 20 + 20.001 + 90.5)/4.
    expect({ value, n }).toEqual({ value: 35.12525, n: 4 });
    expect(components).toMatchObject({
      ...{ queued: 7, answered: 4, abandoned: 2, abandonedMean: 90 },
      ...{ transfersKnown: 2, transfersPerCall: 1 },
    });
    expect(Math.abs(Number(components["p50"]) - 20)).toBeLessThan(0.21);
    expect(Math.abs(Number(components["abandonedP50"]) - 90)).toBeLessThan(1);
  });

  it("has the share of those answered within the target, the bound included, of all who were answered or gave up", () => {
    // 2 of 6 within 20 seconds. Wilson: 9.6771 to 70.0007 %.
    const { components } = measure();
    expect(components).toMatchObject({
      ...{ targetSeconds: 20, answeredInTime: 2, answeredInTimePercent: 33.333333333333336 },
    });
    expect(components["answeredInTimeLow"]).toBeCloseTo(9.6771, 3);
    expect(components["answeredInTimeHigh"]).toBeCloseTo(70.0007, 3);
    expect(measure(30).components).toMatchObject({
      targetSeconds: 30,
      answeredInTime: 3,
      answeredInTimePercent: 50,
    });
    expect(measure(120).components).toMatchObject({ answeredInTime: 4 });
    expect(measure(5).components).toMatchObject({ answeredInTime: 0, answeredInTimePercent: 0 });
  });

  it("takes the time since the queue where nobody says how long it was, on the day of the queue", () => {
    const late = [
      { type: "call.queued", callId: "z", occurredAt: "2026-03-31T23:59:50Z" },
      { type: "call.answered", callId: "z", occurredAt: "2026-04-01T00:00:20.500Z" },
    ];
    expect(new Counted(late).measure("queue-time", ...month)).toMatchObject({ value: 30.5, n: 1 });
    expect(new Counted(late).measure("queue-time", "2026-04-01", "2026-04-30")).toMatchObject({
      value: null,
      n: 0,
    });
  });
});
