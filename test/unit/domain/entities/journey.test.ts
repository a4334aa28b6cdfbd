import fc from "fast-check";
import { expect, it } from "vitest";
import type { CustomerHistory } from "../../../../lib/domain/entities/customer.ts";
import { customer } from "../../../../lib/domain/entities/customer.ts";
import { latestJourney, namesOfStages } from "../../../../lib/domain/entities/journey.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

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
    .derive(historyOf(list), {
      inactivityDays: null,
      engagedTouchpoints: 4,
      journeyStages: stages,
      funnels: [],
    })
    .flatMap((occurrence) =>
      occurrence.kind === "journey-begun" || occurrence.kind === "journey-repeated" ? [occurrence] : [],
    );

/** Walks hour by hour, and asks at each whether the stage is new to the journey: when each was entered, by journey. */
function simulate(list: readonly Entry[]) {
  const journeys: (number | undefined)[][] = [];
  for (let hour = 0; hour < 72; hour += 1) {
    for (let stage = 0; stage < 3; stage += 1) {
      if (!list.some((entry) => entry.hour === hour && entry.stage === stage)) continue;
      const last = journeys.at(-1);
      const isOver = last?.[0] !== undefined && last[2] !== undefined;
      if (!last || (stage === 0 && isOver)) {
        journeys.push([0, 1, 2].map((other) => (other === stage ? hour : undefined)));
      } else last[stage] ??= hour;
    }
  }
  return journeys;
}

/** What a journey brings about that entered its stages at these hours. */
function broughtBy(at: readonly (number | undefined)[]) {
  const known = at.filter((hour) => hour !== undefined);
  const began = Math.min(...known);
  const passed = [0, 1, 2].flatMap((stage) => {
    const later = at.slice(stage).filter((hour) => hour !== undefined);
    if (later.length === 0) return [];
    const [before, now] = [at[stage - 1], at[stage]];
    const isBoth = before !== undefined && now !== undefined;
    const seconds = (hour: number) => (hour - began) * 3_600;
    return [
      {
        ...{ stage: stages[stage], reached: seconds(Math.min(...later)) },
        ...(now === undefined ? {} : { entered: seconds(now) }),
        ...(isBoth ? { both: seconds(Math.max(before, now)) } : {}),
        ...(isBoth && before <= now ? { sinceBefore: (now - before) * 3_600 } : {}),
      },
    ];
  });
  return { day: `2026-10-0${1 + Math.floor(began / 24)}`, funnel: "", stages: passed };
}

it("journeys are those of a walk hour by hour, in whatever order the entries arrive", () => {
  fc.assert(
    fc.property(entries, fc.func(fc.integer()), (list, order) => {
      const journeys = simulate(list);
      const derived = derive(list).map(({ day, funnel, stages }) => ({ day, funnel, stages }));
      expect(derived.slice(0, journeys.length)).toEqual(journeys.map(broughtBy));
      const shuffled = [...list].sort((a, b) => order(a) - order(b));
      expect(derive(shuffled)).toEqual(derive(list));
    }),
  );
});

it("several journeys of a customer are taken back and added as one, with each stage when it was first entered", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const journeys = simulate(list);
      const repeated = derive(list).flatMap((occurrence) =>
        occurrence.kind === "journey-repeated" ? [occurrence] : [],
      );
      if (journeys.length < 2) {
        expect(repeated).toEqual([]);
        return;
      }
      const firsts = [0, 1, 2].map((stage) => journeys.map((at) => at[stage]).find((at) => at !== undefined));
      expect(repeated.map(({ weight, day, funnel, stages }) => ({ weight, day, funnel, stages }))).toEqual([
        ...journeys.map((at) => ({ weight: -1, ...broughtBy(at) })),
        { weight: 1, ...broughtBy(firsts) },
      ]);
    }),
  );
});

it("a customer goes through each funnel that has its stages, apart from the others", () => {
  const history = historyOf([
    { stage: 0, hour: 1 },
    { stage: 2, hour: 30 },
  ]);
  const settings = { inactivityDays: null, engagedTouchpoints: 4, journeyStages: ["first", "second"] };
  const funnels = namesOfStages({ short: ["third", "first"], none: ["a", "b"] });
  const found = customer
    .derive(history, { ...settings, funnels })
    .flatMap((occurrence) =>
      occurrence.kind === "journey-begun" ? [[occurrence.funnel, occurrence.stages.length]] : [],
    );
  expect(found).toEqual([
    ["", 1],
    ["short", 2],
  ]);
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
  const settings = { inactivityDays: null, engagedTouchpoints: 4, journeyStages: named, funnels: [] };
  const [journey] = customer.derive(history, settings).filter(({ kind }) => kind === "journey-begun");
  expect(journey && "stages" in journey ? journey.stages.at(-1) : undefined).toMatchObject({
    ...{ stage: "__proto__", entered: 3_600, sinceBefore: 3_600 },
  });
});
