import { dayNumber } from "../../domain/calendar/days.ts";
import type { CustomerHistory } from "../../domain/entities/customer.ts";
import { restrictedTo } from "../../domain/entities/history.ts";
import type { Occurrence } from "../../domain/entities/occurrences/occurrence.ts";
import { type PresenceHistory, presence } from "../../domain/entities/presence.ts";
import { recurringRevenue } from "../../domain/entities/recurring-revenue.ts";
import { partsPerMinor } from "../../domain/facts/subscriptions.ts";
import type { Contract } from "../../domain/metrics/lifetime/contracts.ts";

/** The contracts of one customer, as they follow from what happened to it. */

/** The times from joining or coming back to leaving explicitly, in order. @param arrivals when it arrived and was lost, without losses by inactivity */
export function contractsOf(arrivals: readonly Occurrence[]): Contract[] {
  const contracts: Contract[] = [];
  for (const { kind, day } of arrivals) {
    const from = contracts.at(-1)?.from ?? 0;
    if (kind === "customer-lost") contracts[contracts.length - 1] = { from, to: dayNumber(day) };
    else contracts.push({ from: dayNumber(day) });
  }
  return contracts;
}

/** The times in which it paid for subscriptions in a currency, in order, with what it pays a month. @param moves of its recurring revenue */
export function subscriptionContractsOf(moves: readonly Occurrence[], currency: string): Contract[] {
  const contracts: Contract[] = [];
  for (const move of moves) {
    if (move.kind !== "recurring-revenue-moved" || move.currency !== currency) continue;
    const day = dayNumber(move.day);
    const monthlyMinor = Number(move.after) / partsPerMinor;
    const last = contracts.at(-1);
    if (move.before === 0n || !last) contracts.push({ from: day, monthlyMinor });
    else if (move.after === 0n) contracts[contracts.length - 1] = { ...last, to: day };
    else contracts[contracts.length - 1] = { ...last, monthlyMinor };
  }
  return contracts;
}

/** The contracts of a customer of whom the history is known. */
export function contractsIn(history: CustomerHistory) {
  return {
    contracts: () => contractsOf(presence(history satisfies PresenceHistory, null, {})),
    /** @param through what is known, by number */
    subscriptions: (currency: string, through: number) => {
      const known = restrictedTo(history, (day) => day <= through);
      return subscriptionContractsOf(recurringRevenue(known, {}), currency);
    },
  };
}
