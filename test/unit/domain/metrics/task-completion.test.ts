import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

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

function measure(id: string, facts: readonly object[], convention = "completed") {
  return new Counted(facts).measure(id, "2026-10-01", "2026-10-31", { convention });
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

  it("is 100·completed in time/attempted in convention in-time: a failure is in nobody's time", () => {
    // 40 attempts: 28 in time, 3 completed late, 9 failures that do not say.
    const facts = [
      ...times(28, task(true, { inTime: true })),
      ...times(3, task(true, { inTime: false })),
      ...times(9, task(false)),
    ];
    const components = { completed: 31, attempted: 40, inTime: 28, late: 3, inTimePercent: 70 };
    expect(measure("task-completion", facts)).toMatchObject({ value: 77.5, n: 40, components });
    const inTime = measure("task-completion", facts, "in-time");
    expect(inTime).toMatchObject({ value: 70, n: 40, method: "in-time", components });
    expect(inTime.remarks).toBeUndefined();
    // Wilson for 28 of 40: centre (0.7 + 0.0480182)/1.0960365 = 0.6824738, margin 0.1367773.
    expect(inTime.low).toBeCloseTo(54.5696, 3);
    expect(inTime.high).toBeCloseTo(81.9251, 3);
  });

  it("says how many completed without a word of time, and knows nothing of time where all of them did", () => {
    const some = [
      ...times(3, task(true, { inTime: true })),
      ...times(2, task(true)),
      task(false, { inTime: false }),
    ];
    expect(measure("task-completion", some, "in-time")).toMatchObject({
      value: 50,
      components: { inTime: 3, late: 0 },
      remarks: [{ id: "remark.unsaidInTime", values: { unsaid: 2 } }],
    });
    const none = [task(true), task(false)];
    expect(measure("task-completion", none, "in-time")).toMatchObject({ value: null, low: null, n: 2 });
    expect(measure("task-completion", none).components).toMatchObject({ inTimePercent: null });
  });

  it("counts no other survey's completions", () => {
    expect(measure("task-completion", [intent("Buy", { completed: true })])).toMatchObject({
      value: null,
      n: 0,
    });
  });
});
