import { describe, expect, it } from "vitest";
import { activityOf } from "../../../../lib/domain/entities/activity.ts";
import { engagementChanges, engagementOf } from "../../../../lib/domain/entities/engagement.ts";
import type { Step } from "../../../../lib/domain/entities/history.ts";

const interaction = (day: number, detail: string, times = 1): Step => ({ day, at: 0, detail, times });

/** Always a customer. */
const active = new Map([[0, true]]);

const engagements = (interacted: Step[], activity = active) =>
  engagementOf({ steps: { interacted } }, activity, 2);

describe("engagement", () => {
  it("goes by the interactions of 30 days, the day itself included, and of their touchpoints", () => {
    const entries = engagements([
      interaction(10, "shop", 2),
      interaction(11, "app"),
      interaction(39, "shop"),
    ]);
    expect(entries).toEqual([
      { day: 0, interactions: 0, touchpoints: 0, isEngaged: false },
      { day: 10, interactions: 2, touchpoints: 1, isEngaged: false },
      { day: 11, interactions: 3, touchpoints: 2, isEngaged: true },
      { day: 39, interactions: 4, touchpoints: 2, isEngaged: true },
      { day: 40, interactions: 2, touchpoints: 2, isEngaged: true },
      { day: 41, interactions: 1, touchpoints: 1, isEngaged: false },
      { day: 69, interactions: 0, touchpoints: 0, isEngaged: false },
    ]);
  });

  it("is only a customer's", () => {
    const activity = new Map([
      [12, true],
      [14, false],
    ]);
    const entries = engagements([interaction(10, "shop"), interaction(10, "app")], activity);
    expect(entries.map(({ day, isEngaged }) => [day, isEngaged])).toEqual([
      [10, false],
      [12, true],
      [14, false],
      [40, false],
    ]);
  });

  it("changes on days only on which something about an engaged customer is different", () => {
    const changes = engagementChanges(
      engagements([interaction(10, "shop"), interaction(20, "app"), interaction(21, "app")]),
      { channel: "web" },
    );
    const common = { kind: "engagement-changed", segments: { channel: "web" } };
    expect(changes).toEqual([
      { ...common, day: "1970-01-21", engaged: 1, interactions: 2, touchpoints: 2 },
      { ...common, day: "1970-01-22", engaged: 0, interactions: 1, touchpoints: 0 },
      { ...common, day: "1970-02-10", engaged: -1, interactions: -3, touchpoints: -2 },
    ]);
  });
});

it("a customer is active at the end of the day of an arrival, unless it is lost on that day", () => {
  const occurrence = (day: string, kind: "customer-new" | "customer-returned") => {
    return { kind, day, segments: {} } as const;
  };
  const loss = { kind: "customer-lost", day: "1970-01-02", segments: {} } as const;
  const lost = { ...loss, reason: "", activeAtStartOf: [] } as const;
  const activity = activityOf([
    occurrence("1970-01-02", "customer-new"),
    lost,
    occurrence("1970-01-04", "customer-returned"),
  ]);
  expect([...activity]).toEqual([
    [1, false],
    [3, true],
  ]);
});
