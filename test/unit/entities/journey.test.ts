import fc from "fast-check";
import { expect, it } from "vitest";
import type { CustomerHistory } from "../../../lib/entities/customer.ts";
import { customer } from "../../../lib/entities/customer.ts";
import { latestJourney } from "../../../lib/entities/journey.ts";
import { placeFacts } from "../../fixtures/domain.ts";

const stages = ["first", "second", "third"];

const entries = fc.array(
  fc.record({ stage: fc.integer({ min: 0, max: 2 }), hour: fc.integer({ min: 0, max: 71 }) }),
  { maxLength: 14 },
);

type Entry = { readonly stage: number; readonly hour: number };

function historyOf(list: readonly Entry[]): CustomerHistory {
  const facts = list.map(({ stage, hour }) => ({
    ...{ type: "stage.entered", customerId: "c", stage: stages[stage] },
    occurredAt: new Date(Date.parse("2026-10-01T00:00:00Z") + hour * 3_600_000).toISOString(),
  }));
  return placeFacts(facts).reduce<CustomerHistory>(
    (sum, fact) => customer.apply(sum, fact),
    customer.unknown,
  );
}

const derive = (list: readonly Entry[]) =>
  customer
    .derive(historyOf(list), { inactivityDays: null, engagedTouchpoints: 4, journeyStages: stages })
    .flatMap((occurrence) => (occurrence.kind === "journey-begun" ? [occurrence] : []));

/** Walks hour by hour, and asks at each whether the stage is new to the journey. */
function simulate(list: readonly Entry[]) {
  const journeys: { day: string; reached: number; at: (number | undefined)[] }[] = [];
  for (let hour = 0; hour < 72; hour += 1) {
    for (let stage = 0; stage < 3; stage += 1) {
      if (!list.some((entry) => entry.hour === hour && entry.stage === stage)) continue;
      const last = journeys.at(-1);
      if (!last || (stage === 0 && last.at[2] !== undefined)) {
        const at = [0, 1, 2].map((other) => (other === stage ? hour : undefined));
        journeys.push({ day: `2026-10-0${1 + Math.floor(hour / 24)}`, reached: stage + 1, at });
      } else {
        last.at[stage] ??= hour;
        last.reached = Math.max(last.reached, stage + 1);
      }
    }
  }
  return journeys.map(({ day, reached, at }) => {
    const seconds: Record<string, number> = {};
    for (const stage of [1, 2]) {
      const [before, now] = [at[stage - 1], at[stage]];
      if (before !== undefined && now !== undefined && before <= now) {
        seconds[stages[stage] ?? ""] = (now - before) * 3_600;
      }
    }
    return { day, reached: stages.slice(0, reached), seconds };
  });
}

it("journeys are those of a walk hour by hour, in whatever order the entries arrive", () => {
  fc.assert(
    fc.property(entries, fc.func(fc.integer()), (list, order) => {
      const derived = derive(list).map(({ day, reached, seconds }) => ({ day, reached, seconds }));
      expect(derived).toEqual(simulate(list));
      const shuffled = [...list].sort((a, b) => order(a) - order(b));
      expect(derive(shuffled)).toEqual(derive(list));
    }),
  );
});

it("the stages of a customer's latest journey are in their order, whatever the order in which it came by them", () => {
  const backwards = [
    { stage: 1, hour: 1 },
    { stage: 0, hour: 30 },
  ];
  expect(latestJourney(historyOf(backwards), stages, "2026-10-05")).toEqual([
    { stage: "first", on: "2026-10-02" },
    { stage: "second", on: "2026-10-01" },
  ]);
});

it("a customer stands where its latest journey is, and not where it will be", () => {
  const list = [
    { stage: 0, hour: 1 },
    { stage: 2, hour: 2 },
    { stage: 0, hour: 30 },
    { stage: 1, hour: 50 },
  ];
  const on = (today: string) => latestJourney(historyOf(list), stages, today);
  expect(on("2026-09-30")).toEqual([]);
  expect(on("2026-10-01")).toEqual([
    { stage: "first", on: "2026-10-01" },
    { stage: "third", on: "2026-10-01" },
  ]);
  expect(on("2026-10-02")).toEqual([{ stage: "first", on: "2026-10-02" }]);
  expect(on("2026-10-03")).toEqual([
    { stage: "first", on: "2026-10-02" },
    { stage: "second", on: "2026-10-03" },
  ]);
});

it("a stage may have a name that every object knows", () => {
  const named = ["constructor", "__proto__"];
  const facts = named.map((stage, hour) => ({
    ...{ type: "stage.entered", customerId: "c", stage },
    occurredAt: new Date(Date.parse("2026-10-01T00:00:00Z") + hour * 3_600_000).toISOString(),
  }));
  const history = placeFacts(facts).reduce<CustomerHistory>(
    (sum, fact) => customer.apply(sum, fact),
    customer.unknown,
  );
  const settings = { inactivityDays: null, engagedTouchpoints: 4, journeyStages: named };
  const [journey] = customer.derive(history, settings).filter(({ kind }) => kind === "journey-begun");
  expect(journey && "seconds" in journey ? Object.entries(journey.seconds) : []).toEqual([
    ["__proto__", 3_600],
  ]);
});
