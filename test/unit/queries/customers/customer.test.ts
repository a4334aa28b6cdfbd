import fc from "fast-check";
import { expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { dayOf } from "../../../../lib/domain/calendar/zones.ts";
import { customer } from "../../../../lib/domain/entities/customer.ts";
import { customerDaysOf } from "../../../../lib/domain/entities/customer-days.ts";
import { standingOf } from "../../../../lib/domain/entities/standing.ts";
import { parseEvent } from "../../../../lib/domain/facts/parse.ts";
import { ListedCustomer, standingOn } from "../../../../lib/queries/customers/customer.ts";

/** A customer that is added up from days stands where its history says. */

const start = dayNumber("2026-01-01");
const context = {
  ...{ now: Date.parse("2026-12-01T00:00:00Z"), timeZone: "UTC" },
  ...{ earliestDay: "2000-01-01", newId: () => "made" },
};
const types = ["purchase.made", "customer.joined", "customer.left", "customer.returned"];

const steps = fc.array(fc.record({ type: fc.constantFrom(...types), offset: fc.nat(40), hour: fc.nat(23) }), {
  maxLength: 12,
});

it("in the order of days or any other, with and without losses by inactivity", () => {
  fc.assert(
    fc.property(
      steps,
      fc.constantFrom(null, 5),
      fc.nat(60),
      fc.boolean(),
      (drawn, inactivityDays, later, isReversed) => {
        const facts = drawn.map(({ type, offset, hour }, index) => {
          const occurredAt = new Date((start + offset) * 86_400_000 + hour * 3_600_000).toISOString();
          const money = type === "purchase.made" ? { money: { amount: "1.00", currency: "USD" } } : {};
          const body = { type, id: `f-${index}`, customerId: "c", occurredAt, ...money };
          const parsed = parseEvent(type === "purchase.made" ? { ...body, orderId: "o" } : body, context);
          if (!parsed.ok) throw new Error(JSON.stringify(parsed));
          const { fact } = parsed.submission;
          const day = dayOf(fact.occurredAt, "UTC");
          return { fact, day, segments: {}, recordedAt: 0, excluded: false };
        });
        const history = facts.reduce((sum, fact) => customer.apply(sum, fact), customer.unknown);
        const listed = new ListedCustomer("c");
        const days = [...Map.groupBy(facts, ({ day }) => day)];
        for (const [day, own] of isReversed ? days.reverse() : days) {
          for (const row of customerDaysOf(day, own)) listed.add(row);
        }
        const today = dayFromNumber(start + later);
        const { state, joinedOn, lostOn, returnedOn } = standingOf(
          history,
          { inactivityDays, engagedTouchpoints: 4 },
          today,
        );
        expect(standingOn(listed, { inactivityDays }, today)).toEqual({
          state,
          joinedOn,
          lostOn,
          returnedOn,
        });
        expect(listed.copy().orders).toBe(drawn.filter(({ type }) => type === "purchase.made").length);
      },
    ),
  );
});
