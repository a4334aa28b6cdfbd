import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { type CustomerHistory, customer } from "../../../../lib/domain/entities/customer.ts";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { standingOf } from "../../../../lib/domain/entities/standing.ts";

/** What adds up over a customer's days: engagement, recommendations and repeat purchases, against a simulation day by day. */

const firstDay = dayNumber("2026-01-20");
const lastDay = firstDay + 150;

interface Happening {
  readonly kind: "purchase" | "joined" | "left" | "returned" | "interaction" | "sent" | "converted";
  /** Days after the first. */
  readonly day: number;
  readonly second: number;
  readonly touchpoint: string;
}

const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom(
      ...(["interaction", "interaction", "interaction", "interaction"] as const),
      ...(["purchase", "purchase", "joined", "left", "returned", "sent", "converted"] as const),
    ),
    day: fc.integer({ min: 0, max: 70 }),
    second: fc.constantFrom(0, 1, 43_200),
    touchpoint: fc.constantFrom("app", "shop", "mail"),
  }),
  { maxLength: 24 },
);

const settings = fc.record({
  inactivityDays: fc.constantFrom(null, 1, 7, 30),
  engagedTouchpoints: fc.constantFrom(1, 2, 3),
  journeyStages: fc.constant(["awareness"]),
  funnels: fc.constant([]),
});

type Settings = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

function placed({ kind, day, second, touchpoint }: Happening, id: string): EnrichedFact {
  const occurredAt = (firstDay + day) * 86_400_000 + second * 1000;
  const base = { id, occurredAt, customerId: "c", dimensions: {} };
  const money = { amountMinor: 1n, currency: "USD" };
  const facts = {
    purchase: { ...base, type: "purchase.made", orderId: id, money },
    joined: { ...base, type: "customer.joined" },
    left: { ...base, type: "customer.left" },
    returned: { ...base, type: "customer.returned" },
    interaction: { ...base, type: "interaction.made", touchpoint },
    sent: { ...base, type: "referral.sent", code: "code" },
    converted: { ...base, type: "referral.converted" },
  } as const;
  return { fact: facts[kind], day: dayFromNumber(firstDay + day), segments: {} };
}

const placedAll = (facts: readonly Happening[]) => facts.map((fact, index) => placed(fact, `f${index}`));

function historyOf(facts: readonly EnrichedFact[]): CustomerHistory {
  return facts.reduce<CustomerHistory>((history, fact) => customer.apply(history, fact), customer.unknown);
}

/** The sums over all occurrences up to the end of a day. */
function stateOn(occurrences: readonly Occurrence[], day: number) {
  const past = occurrences.filter((occurrence) => occurrence.day <= dayFromNumber(day));
  const state = { active: 0, engaged: 0, interactions: 0, touchpoints: 0, referrers: 0 };
  for (const occurrence of past) {
    if (occurrence.kind === "customer-new" || occurrence.kind === "customer-returned") state.active += 1;
    if (occurrence.kind === "customer-lost") state.active -= 1;
    if (occurrence.kind === "referrers-changed") state.referrers += occurrence.referrers;
    if (occurrence.kind !== "engagement-changed") continue;
    state.engaged += occurrence.engaged;
    state.interactions += occurrence.interactions;
    state.touchpoints += occurrence.touchpoints;
  }
  return state;
}

/** The same by looking at the facts of the 30 days up to each day; only whether it is active is taken over. */
function simulated(
  facts: readonly Happening[],
  active: number,
  day: number,
  { engagedTouchpoints }: Settings,
) {
  const today = day - firstDay;
  const recent = facts.filter((fact) => {
    return fact.kind === "interaction" && fact.day <= today && fact.day > today - 30;
  });
  const touchpoints = new Set(recent.map(({ touchpoint }) => touchpoint)).size;
  const isEngaged = active === 1 && touchpoints >= engagedTouchpoints;
  const hasReferred = facts.some((fact) => fact.kind === "sent" && fact.day <= today);
  return {
    active,
    engaged: isEngaged ? 1 : 0,
    interactions: isEngaged ? recent.length : 0,
    touchpoints: isEngaged ? touchpoints : 0,
    referrers: active === 1 && hasReferred ? 1 : 0,
  };
}

describe("a customer's engagement and recommendations", () => {
  it("are at the end of every day what the facts of its 30 days say, and never of someone who is not there", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, counting) => {
        const occurrences = customer.derive(historyOf(placedAll(facts)), counting);
        for (let day = firstDay - 1; day <= lastDay; day += 1) {
          const state = stateOn(occurrences, day);
          expect(state).toEqual(simulated(facts, state.active, day, counting));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are shown of the customer as they are counted", () => {
    fc.assert(
      fc.property(happenings, settings, fc.integer({ min: 0, max: 120 }), (facts, counting, offset) => {
        const history = historyOf(placedAll(facts));
        const day = firstDay + offset;
        const state = stateOn(customer.derive(history, counting), day);
        const standing = standingOf(history, counting, dayFromNumber(day));
        expect(standing.engaged).toBe(state.engaged === 1);
        if (standing.engaged) {
          expect(standing).toMatchObject({
            interactions: state.interactions,
            touchpoints: state.touchpoints,
          });
        }
        expect(standing.referralsSent).toBe(facts.filter(({ kind }) => kind === "sent").length);
        expect(standing.referred).toBe(facts.some(({ kind }) => kind === "converted"));
      }),
      { numRuns: 300 },
    );
  });

  it("are the same whatever the order in which the facts arrive", () => {
    const shuffled = happenings.chain((facts) => {
      const all = placedAll(facts);
      const bounds = { minLength: all.length, maxLength: all.length };
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, bounds));
    });
    fc.assert(
      fc.property(shuffled, settings, ([inOrder, mixed], counting) => {
        expect(customer.derive(historyOf(mixed), counting)).toEqual(
          customer.derive(historyOf(inOrder), counting),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("a customer who came by a recommendation", () => {
  it("counts once, on the day on which it became a customer, or never", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, counting) => {
        const occurrences = customer.derive(historyOf(placedAll(facts)), counting);
        const days = (kind: string) => occurrences.filter((one) => one.kind === kind).map(({ day }) => day);
        const isReferred = facts.some(({ kind }) => kind === "converted");
        expect(days("customer-referred")).toEqual(isReferred ? days("customer-new") : []);
      }),
      { numRuns: 300 },
    );
  });
});

describe("repeat purchases", () => {
  it("add up to the purchases, their squares and the days between them, as of every day", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, counting) => {
        const occurrences = customer.derive(historyOf(placedAll(facts)), counting);
        const bought = facts.filter(({ kind }) => kind === "purchase").map(({ day }) => day);
        bought.sort((a, b) => a - b);
        for (let today = 0; today <= 71; today += 1) {
          const past = bought.filter((day) => day <= today);
          const sums = { customers: 0, purchases: 0, squares: 0, gaps: 0, gapDays: 0, gapSquares: 0 };
          for (const one of occurrences) {
            if (one.kind !== "repeat-purchases" || dayNumber(one.day) > firstDay + today) continue;
            sums.customers += one.returning;
            sums.purchases += one.purchases;
            sums.squares += one.purchasesSquared;
            sums.gaps += one.gaps;
            sums.gapDays += one.gapDays;
            sums.gapSquares += one.gapDaysSquared;
          }
          const isReturning = past.length >= 2;
          const between = past.slice(1).map((day, index) => day - (past[index] ?? 0));
          expect(sums).toEqual({
            customers: isReturning ? 1 : 0,
            purchases: isReturning ? past.length : 0,
            squares: isReturning ? past.length ** 2 : 0,
            gaps: between.length,
            gapDays: between.reduce((sum, days) => sum + days, 0),
            gapSquares: between.reduce((sum, days) => sum + days ** 2, 0),
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});
