import { dayFromNumber } from "../calendar/days.ts";
import { defineEntity } from "./entity.ts";
import type { History } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Wide enough for every price, so that prices of the same instant sort as numbers do. */
const digits = 16;

/**
 * The quotes of one share in one currency on one day, of which the first and the last by instant matter. Of several at the
 * very same instant the lowest comes first and the highest last, whichever arrived first.
 */
export const quote = defineEntity({
  name: "quote",
  facts: ["share.quoted"],
  // Of quotes that are forgotten only how many there were is kept.
  steps: { quoted: { code: "q", instant: true, detail: true }, between: { code: "n" } },
  origins: ["quoted"],
  place({ fact, day }) {
    if (fact.type !== "share.quoted") return undefined;
    const { symbol, money } = fact;
    const price = money.amountMinor.toString().padStart(digits, "0");
    return {
      id: `${day} ${money.currency} ${symbol}`,
      kind: "quoted",
      detail: `${price} ${money.currency} ${symbol}`,
      rank: 0,
    };
  },
  forget: (history) => ({ ...history, steps: firstAndLast(history.steps) }),
  dependencies: () => ({}),
  derive({ steps, origin }): Occurrence[] {
    const [first] = steps.quoted;
    const last = steps.quoted.at(-1);
    if (!first || !last) return [];
    const [openingMinor = "0", currency = "", symbol = ""] = first.detail.split(" ");
    const [closingMinor = "0"] = last.detail.split(" ");
    return [
      {
        kind: "share-traded",
        day: dayFromNumber(last.day),
        segments: origin?.segments ?? {},
        ...{ symbol, currency },
        openingMinor: BigInt(openingMinor),
        closingMinor: BigInt(closingMinor),
      },
    ];
  },
});

function firstAndLast(steps: History<"quoted" | "between">["steps"]) {
  const { quoted, between } = steps;
  const [first, last] = [quoted[0], quoted.at(-1)];
  if (!first || !last || quoted.length < 3) return steps;
  const known = between[0] ?? { day: first.day, at: 0, detail: "", times: 0 };
  const times = quoted.slice(1, -1).reduce((sum, step) => sum + step.times, known.times);
  return { quoted: [first, last], between: [{ ...known, times }] };
}
