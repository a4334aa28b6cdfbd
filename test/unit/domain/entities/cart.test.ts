import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber } from "../../../../lib/domain/calendar/days.ts";
import { cart } from "../../../../lib/domain/entities/cart.ts";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";

const firstHour = Date.parse("2026-03-20T00:00:00Z") / 3_600_000;

/** What happened to a cart, at which hour. */
interface Happening {
  readonly kind: "started" | "bought";
  readonly hour: number;
}

const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom("started", "bought" as const),
    hour: fc.integer({ min: 0, max: 120 }),
  }),
  { maxLength: 8 },
);

function placed({ kind, hour }: Happening, index: number): EnrichedFact {
  const occurredAt = (firstHour + hour) * 3_600_000;
  const fact = { id: `f${index}`, type: `cart.${kind}` as const, cartId: "c", occurredAt, dimensions: {} };
  const day = dayFromNumber(Math.floor((firstHour + hour) / 24));
  return { fact, day, segments: { channel: `${kind} ${hour}` } };
}

const historyOf = (facts: readonly EnrichedFact[]) =>
  facts.reduce((history, fact) => cart.apply(history, fact), cart.unknown);

/** Hour by hour, with nothing in common with the product's code. */
function simulate(facts: readonly Happening[], cartHours: number): string | undefined {
  let startedAt: number | undefined;
  let decided: string | undefined;
  let isBought = false;
  const has = (kind: Happening["kind"], hour: number) =>
    facts.some((fact) => fact.kind === kind && fact.hour === hour);
  for (let hour = 0; hour <= 120 + cartHours; hour += 1) {
    const today = dayFromNumber(Math.floor((firstHour + hour) / 24));
    if (has("started", hour)) startedAt ??= hour;
    if (has("bought", hour)) {
      isBought = true;
      decided ??= today;
    }
    if (startedAt !== undefined && hour === startedAt + cartHours) decided ??= today;
  }
  return startedAt === undefined ? undefined : `${decided} ${isBought}`;
}

describe("a cart", () => {
  it("is decided as an hour-by-hour simulation says", () => {
    fc.assert(
      fc.property(happenings, fc.constantFrom(1, 24, 40), (facts, cartHours) => {
        const derived = cart.derive(historyOf(facts.map(placed)), { cartHours, timeZone: "UTC" });
        const decided = derived.flatMap((one) =>
          one.kind === "cart-decided" ? [`${one.day} ${one.isBought}`] : [],
        );
        const expected = simulate(facts, cartHours);
        expect(decided).toEqual(expected === undefined ? [] : [expected]);
        expect(derived.filter(({ kind }) => kind === "cart-started")).toHaveLength(decided.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the same whatever the order in which its facts arrive", () => {
    const shuffled = happenings.chain((facts) => {
      const all = facts.map(placed);
      return fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([inOrder, mixed]) => {
        expect(historyOf(mixed)).toEqual(historyOf(inOrder));
      }),
      { numRuns: 500 },
    );
  });

  it("has the segments of its start", () => {
    const facts = [placed({ kind: "bought", hour: 1 }, 0), placed({ kind: "started", hour: 2 }, 1)];
    const [occurrence] = cart.derive(historyOf(facts), { cartHours: 24, timeZone: "UTC" });
    expect(occurrence?.segments).toEqual({ channel: "started 2" });
  });

  it("whose time runs out while clocks change is decided after as many real hours", () => {
    // In Berlin the 29th of March 2026 has 23 hours: 24 hours after 23:30 on the 28th it is 00:30 on the 30th.
    const fact = {
      ...{ id: "f", type: "cart.started" as const, cartId: "c", dimensions: {} },
      occurredAt: Date.parse("2026-03-28T23:30:00+01:00"),
    };
    const history = cart.apply(cart.unknown, { fact, day: "2026-03-28", segments: {} });
    const decided = cart.derive(history, { cartHours: 24, timeZone: "Europe/Berlin" });
    expect(decided).toMatchObject([{ kind: "cart-started" }, { kind: "cart-decided", day: "2026-03-30" }]);
  });
});
