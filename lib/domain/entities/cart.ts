import { dayFromNumber } from "../calendar/days.ts";
import { dayOf } from "../calendar/zones.ts";
import { defineEntity } from "./entity.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

const hourMilliseconds = 3_600_000;

/**
 * A cart: its start, and its purchase. It is decided on the day of its purchase, or on the day on which its time runs out,
 * whichever is earlier; a purchase after that changes what was decided, not the day. Until then it is open, and in no rate.
 */
export const cart = defineEntity({
  name: "cart",
  idField: "cartId",
  facts: ["cart.started", "cart.bought"],
  steps: {
    started: { code: "s", instant: true },
    bought: { code: "b", instant: true },
  },
  origins: ["started"],
  place({ fact }) {
    switch (fact.type) {
      case "cart.started":
        return { id: fact.cartId, kind: "started", rank: 0 };
      case "cart.bought":
        return { id: fact.cartId, kind: "bought" };
      default:
        return undefined;
    }
  },
  dependencies: ({ cartHours, timeZone }) => ({ cartHours, timeZone }),
  // A day more or less where clocks change, and another one where the workspace had another time zone when the cart was started.
  dueAfterDays: ({ cartHours }) => {
    const from = Math.floor(cartHours / 24) - 2;
    const to = Math.ceil(cartHours / 24) + 2;
    return Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((days) => days !== 0);
  },
  derive({ steps, origin }, { cartHours, timeZone }): Occurrence[] {
    const [started] = steps.started;
    const [bought] = steps.bought;
    if (!started) return [];
    const segments = origin?.segments ?? {};
    const end = started.at + cartHours * hourMilliseconds;
    const isInTime = bought !== undefined && bought.at <= end;
    return [
      { kind: "cart-started", day: dayFromNumber(started.day), segments },
      {
        kind: "cart-decided",
        day: isInTime ? dayFromNumber(bought.day) : dayOf(end, timeZone),
        segments,
        isBought: bought !== undefined,
        isLate: bought !== undefined && !isInTime,
      },
    ];
  },
});
