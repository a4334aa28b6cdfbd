import { describe, expect, it } from "vitest";
import { Counted, step } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const touch = (customerId: string, touchpoint: string, day: string, more: object = {}) => ({
  ...{ type: "interaction.made", customerId, touchpoint, occurredAt: `2026-03-${day}T10:00:00Z`, ...more },
});

describe("interactions", () => {
  const facts = [
    ...["a", "b"].map((id) => step("joined", id, "2026-02-05")),
    step("joined", "c", "2026-03-15"),
    ...["04", "04", "09"].map((day) => touch("a", "app", day)),
    touch("b", "shop", "09"),
    // Nobody's customer yet.
    touch("d", "shop", "10"),
    touch("c", "chat", "20", { countsAs: "(other)" }),
  ];

  it("are counted for each customer on average", () => {
    // Two at the start, three at the end.
    const { sample, ...measured } = new Counted(facts).measure("interactions", ...march);
    if (sample?.kind !== "process") throw new Error("interactions are compared as a process");
    const days = sample.daily();
    expect([days.length, days[3], days[8], days[9], days[19]]).toEqual([31, 0.8, 0.8, 0.4, 0.4]);
    expect(measured).toEqual({
      ...{ value: 2.4, low: null, high: null, n: 6 },
      components: {
        interactions: 6,
        averageActiveCustomers: 2.5,
        "at app": 3,
        "at shop": 2,
        "at (other)": 1,
      },
    });
  });

  it("are told apart by touchpoint: the parts add up to the whole", () => {
    const part = (name: string) =>
      new Counted(facts).measure("interactions", ...march, { parts: [name] }).value;
    expect(["app", "shop", "(other)", "none"].map(part)).toEqual([1.2, 0.8, 0.4, 0]);
  });

  it("at a touchpoint that counts under another name leave the number of touchpoints as it is", () => {
    const again = touch("c", "chat", "21");
    const settings = { engagedTouchpoints: 1 };
    const engaged = new Counted([...facts, again], settings).measure(
      "engagement",
      "2026-03-21",
      "2026-03-21",
    );
    expect(engaged.components).toMatchObject({ engaged: 3, touchpointsPerEngaged: 1 });
  });
});
