import { describe, expect, it } from "vitest";
import { Counted } from "../../fixtures/domain.ts";

const occurredAt = "2026-10-10T12:00:00Z";

const task = (completed: boolean, more: object = {}) => ({
  ...{ survey: "task-completion", occurredAt, completed },
  ...more,
});

const intent = (choice: string, more: object = {}) => ({
  ...{ survey: "visitor-intent", occurredAt, choice },
  ...more,
});

const times = <Fact>(count: number, fact: Fact): Fact[] => Array.from({ length: count }, () => fact);

function measure(id: string, facts: readonly object[]) {
  return new Counted(facts).measure(id, "2026-10-01", "2026-10-31");
}

describe("task completion", () => {
  it("is the share of attempts that were completed, with Wilson's interval", () => {
    // 8 of 10. Wilson with z = 1.959964, z² = 3.841459: centre (0.8 + 0.192073)/1.384146 = 0.716739,
    // margin √(0.016 + 0.0096036)/1.384146 · 1.959964 … = 0.226580: from 49.0162 to 94.3318 %.
    const measured = measure("task-completion", [...times(8, task(true)), ...times(2, task(false))]);
    expect(measured).toMatchObject({ value: 80, n: 10, components: { completed: 8, attempted: 10 } });
    expect(measured.low).toBeCloseTo(49.0162, 3);
    expect(measured.high).toBeCloseTo(94.3318, 3);
    expect(measured.sample).toEqual({ kind: "proportion", successes: 8, n: 10 });
  });

  it("tells of those who were asked whether it was done in time how many it was", () => {
    const facts = [
      ...times(3, task(true, { inTime: true })),
      task(true, { inTime: false }),
      task(false, { inTime: false }),
      task(true),
      task(false),
    ];
    // 3 of the 5 who said so.
    expect(measure("task-completion", facts).components).toEqual({
      ...{ completed: 5, attempted: 7, inTime: 3, timed: 5, inTimePercent: 60 },
    });
  });

  it("counts no other survey's completions", () => {
    expect(measure("task-completion", [intent("Buy", { completed: true })])).toMatchObject({
      value: null,
      n: 0,
    });
  });
});
