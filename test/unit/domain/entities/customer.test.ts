import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { granularities, intervalStart } from "../../../../lib/domain/calendar/intervals.ts";
import { type CustomerHistory, customer } from "../../../../lib/domain/entities/customer.ts";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { Tally } from "../../../../lib/domain/metrics/counting.ts";

const firstDay = dayNumber("2026-01-20");

/** A fact of one customer: what happened, on which day, at which second of it. */
interface Happening {
  readonly kind: "purchase" | "joined" | "left" | "returned";
  readonly day: number;
  readonly second: number;
}

function placed({ kind, day, second }: Happening, id: string): EnrichedFact {
  const occurredAt = day * 86_400_000 + second * 1000;
  const base = { id, occurredAt, customerId: "c", dimensions: {} };
  const fact =
    kind === "purchase"
      ? { ...base, type: "purchase.made" as const, orderId: id, money: { amountMinor: 1n, currency: "USD" } }
      : { ...base, type: `customer.${kind}` as const };
  return { fact, day: dayFromNumber(day), segments: { channel: `${kind}-${id}` } };
}

const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom("purchase", "purchase", "joined", "left", "returned" as const),
    day: fc.integer({ min: firstDay, max: firstDay + 80 }),
    // Few instants, so that several things happen at the same one.
    second: fc.constantFrom(0, 1, 43_200),
  }),
  { maxLength: 14 },
);

const crowded = fc.array(
  fc.record({
    kind: fc.constantFrom("purchase", "joined", "left", "returned" as const),
    day: fc.integer({ min: firstDay, max: firstDay + 2 }),
    second: fc.constantFrom(0, 1),
  }),
  { maxLength: 10 },
);

const settings = fc.constantFrom(null, 1, 2, 7, 30);

function historyOf(facts: readonly EnrichedFact[]): CustomerHistory {
  return facts.reduce<CustomerHistory>((history, fact) => customer.apply(history, fact), customer.unknown);
}

function derive(history: CustomerHistory, inactivityDays: number | null): Occurrence[] {
  return customer.derive(history, { inactivityDays, engagedTouchpoints: 4, journeyStages: [], funnels: [] });
}

function counts(occurrences: readonly Occurrence[], tally = new Tally(), weight: 1 | -1 = 1) {
  for (const occurrence of occurrences) tally.count(occurrence, weight);
  return tally;
}

/** What a tally says, in an order of its own. */
function said(tally: Tally): string[] {
  return tally
    .changes()
    .flatMap(({ bucket, counts: counters }) =>
      [...counters].map(([name, sum]) => `${bucket.family} ${bucket.segment} ${bucket.day} ${name} ${sum}`),
    )
    .sort();
}

/** Day by day and step by step, with nothing in common with the product's code. */
function simulate(facts: readonly Happening[], inactivityDays: number | null): string[] {
  const order = ["joined", "left", "returned"];
  const events: string[] = [];
  let active = false;
  let known = false;
  let lastSign = 0;
  for (let day = firstDay; day <= firstDay + 200; day += 1) {
    const today = facts.filter((fact) => fact.day === day);
    const buys = today.some(({ kind }) => kind === "purchase");
    const arrive = (kind: string) => {
      events.push(`${kind} ${day}`);
      active = true;
      known = true;
      lastSign = day;
    };
    if (buys) {
      if (!active) arrive(known ? "returned" : "new");
      lastSign = day;
    }
    const steps = today.filter(({ kind }) => kind !== "purchase");
    steps.sort((a, b) => a.second - b.second || order.indexOf(a.kind) - order.indexOf(b.kind));
    for (const { kind } of steps) {
      if (kind === "left" && active) {
        events.push(`lost ${day}`);
        active = false;
      }
      if (kind !== "left" && !active) arrive(kind === "joined" && !known ? "new" : "returned");
    }
    if (active && inactivityDays !== null && day === lastSign + inactivityDays) {
      events.push(`lost ${day}`);
      active = false;
    }
  }
  return events;
}

describe("a customer", () => {
  it("comes and goes as a day-by-day simulation says", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, inactivityDays) => {
        const history = historyOf(facts.map((fact, index) => placed(fact, `f${index}`)));
        const derived = derive(history, inactivityDays)
          .filter(({ kind }) => kind.startsWith("customer-"))
          .map(({ kind, day }) => `${kind.slice("customer-".length)} ${dayNumber(day)}`);
        expect(derived).toEqual(simulate(facts, inactivityDays));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["over months", happenings],
    ["within three days, many at the same instant", crowded],
  ])("is the same whatever the order in which its facts arrive, %s", (_name, histories) => {
    const shuffled = histories.chain((facts) => {
      const all = facts.map((fact, index) => placed(fact, `f${index}`));
      return fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, settings, ([inOrder, mixed], inactivityDays) => {
        expect(derive(historyOf(mixed), inactivityDays)).toEqual(derive(historyOf(inOrder), inactivityDays));
      }),
      { numRuns: 500 },
    );
  });

  it("counts by differences what counting the whole history gives", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, inactivityDays) => {
        const running = new Tally();
        let history = customer.unknown;
        for (const [index, fact] of facts.entries()) {
          const next = customer.apply(history, placed(fact, `f${index}`));
          counts(derive(next, inactivityDays), running);
          counts(derive(history, inactivityDays), running, -1);
          history = next;
        }
        expect(said(running)).toEqual(said(counts(derive(history, inactivityDays))));
      }),
      { numRuns: 500 },
    );
  });

  it("is new at most once, and never lost without being there", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, inactivityDays) => {
        const history = historyOf(facts.map((fact, index) => placed(fact, `f${index}`)));
        const kinds = derive(history, inactivityDays)
          .map(({ kind }) => kind)
          .filter((kind) => kind.startsWith("customer-"));
        expect(kinds.filter((kind) => kind === "customer-new").length).toBeLessThanOrEqual(1);
        for (const [index, kind] of kinds.entries()) {
          expect(kind === "customer-lost").toBe(index % 2 === 1);
        }
      }),
    );
  });

  it("who is lost was active at the start of exactly those intervals that began after the arrival", () => {
    fc.assert(
      fc.property(happenings, settings, (facts, inactivityDays) => {
        const history = historyOf(facts.map((fact, index) => placed(fact, `f${index}`)));
        let arrivedOn = "";
        for (const occurrence of derive(history, inactivityDays)) {
          if (occurrence.kind === "customer-new" || occurrence.kind === "customer-returned") {
            arrivedOn = occurrence.day;
          }
          if (occurrence.kind !== "customer-lost") continue;
          for (const granularity of granularities) {
            expect(occurrence.activeAtStartOf.includes(granularity)).toBe(
              arrivedOn < intervalStart(granularity, occurrence.day),
            );
          }
        }
      }),
    );
  });
});

describe("what is remembered of a customer", () => {
  it("has each day with purchases once, in order, and each step in order", () => {
    fc.assert(
      fc.property(crowded, (facts) => {
        const { steps } = historyOf(facts.map((fact, index) => placed(fact, `f${index}`)));
        const days = facts.filter(({ kind }) => kind === "purchase").map(({ day }) => day);
        expect(steps.purchased).toEqual(
          [...new Set(days)]
            .sort((a, b) => a - b)
            .map((day) => {
              const times = days.filter((other) => other === day).length;
              return { ...{ day, at: 0, detail: "USD" }, ...{ times, sum: BigInt(times) } };
            }),
        );
        for (const kind of ["joined", "left", "returned"] as const) {
          const instants = steps[kind].map(({ at }) => at);
          expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
          const times = steps[kind].reduce((sum, step) => sum + step.times, 0);
          expect(times).toBe(facts.filter((fact) => fact.kind === kind).length);
        }
      }),
    );
  });
});

describe("a customer's first and second purchase", () => {
  const purchases = (days: number[]) =>
    derive(
      historyOf(
        days.map((day, index) => placed({ kind: "purchase", day: firstDay + day, second: 0 }, `f${index}`)),
      ),
      null,
    ).filter(({ kind }) => kind.endsWith("-purchase"));
  const on = (day: number) => dayFromNumber(firstDay + day);

  it("count on their days, two on one day included", () => {
    expect(purchases([3, 5, 9])).toMatchObject([
      { kind: "first-purchase", day: on(3) },
      { kind: "second-purchase", day: on(5) },
    ]);
    expect(purchases([4, 4])).toMatchObject([
      { kind: "first-purchase", day: on(4) },
      { kind: "second-purchase", day: on(4) },
    ]);
    expect(purchases([4])).toHaveLength(1);
  });

  it("move when an earlier purchase arrives late", () => {
    expect(purchases([9, 5, 3])).toMatchObject([{ day: on(3) }, { day: on(5) }]);
  });
});

describe("a customer's segments", () => {
  const segmentsOf = (facts: Happening[]) =>
    derive(historyOf(facts.map((fact, index) => placed(fact, `f${index}`))), null)[0]?.segments;

  it("are those of the explicit join, even if a purchase came before it", () => {
    const purchase = { kind: "purchase", day: firstDay, second: 0 } as const;
    const joined = { kind: "joined", day: firstDay + 3, second: 0 } as const;
    expect(segmentsOf([purchase])).toEqual({ channel: "purchase-f0" });
    expect(segmentsOf([purchase, joined])).toEqual({ channel: "joined-f1" });
    expect(segmentsOf([joined, purchase])).toEqual({ channel: "joined-f0" });
  });

  it("stay those of the first purchase when the customer returns, with a purchase or without", () => {
    const purchase = { kind: "purchase", day: firstDay, second: 0 } as const;
    const left = { kind: "left", day: firstDay + 60, second: 0 } as const;
    const returned = { kind: "returned", day: firstDay + 70, second: 0 } as const;
    expect(segmentsOf([purchase, left, returned])).toEqual({ channel: "purchase-f0" });
    expect(segmentsOf([returned, left, purchase])).toEqual({ channel: "purchase-f2" });
    const again = { kind: "purchase", day: firstDay + 80, second: 0 } as const;
    expect(segmentsOf([again, left, purchase])).toEqual({ channel: "purchase-f2" });
  });

  it("are those of a return where nothing earlier is known, until an explicit join is", () => {
    const returned = { kind: "returned", day: firstDay + 3, second: 0 } as const;
    const later = { kind: "purchase", day: firstDay + 5, second: 0 } as const;
    const joined = { kind: "joined", day: firstDay + 9, second: 0 } as const;
    expect(segmentsOf([returned, later])).toEqual({ channel: "returned-f0" });
    expect(segmentsOf([later, returned])).toEqual({ channel: "returned-f1" });
    expect(segmentsOf([returned, later, joined])).toEqual({ channel: "joined-f2" });
    expect(segmentsOf([joined, later, returned])).toEqual({ channel: "joined-f0" });
  });

  it("are never those of an end", () => {
    const left = { kind: "left", day: firstDay, second: 0 } as const;
    const purchase = { kind: "purchase", day: firstDay + 1, second: 0 } as const;
    expect(segmentsOf([left, purchase])).toEqual({ channel: "purchase-f1" });
  });
});
