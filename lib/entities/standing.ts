import { type Day, dayFromNumber } from "../calendar/days.ts";
import { type CustomerHistory, deriveCustomer } from "./customer.ts";

/** Where a customer stands on a day, as it follows from its history. */
export interface Standing {
  /** `none`: never a customer, for example someone who only answered a survey. */
  readonly state: "active" | "lost" | "none";
  /** The first day of being a customer. */
  readonly joinedOn: Day | null;
  /** The last day of being lost, and the last of coming back. */
  readonly lostOn: Day | null;
  readonly returnedOn: Day | null;
  /** For an active customer: the day on which it is lost unless it buys. */
  readonly lapsesOn: Day | null;
  readonly firstPurchaseOn: Day | null;
  readonly lastPurchaseOn: Day | null;
  readonly purchases: number;
}

/**
 * Where a customer stands.
 * @param inactivityDays see `deriveCustomer`
 * @param today what lies later has not come about yet
 */
export function standingOf(history: CustomerHistory, inactivityDays: number | null, today: Day): Standing {
  const presence = deriveCustomer(history, inactivityDays).filter(({ kind }) => kind.startsWith("customer-"));
  const past = presence.filter(({ day }) => day <= today);
  const last = (kind: string) => past.findLast((occurrence) => occurrence.kind === kind)?.day ?? null;
  const isLost = past.at(-1)?.kind === "customer-lost";
  const lapse = presence.find(({ kind, day }) => kind === "customer-lost" && day > today);
  const { purchaseDays } = history;
  const dayOfPurchase = (index: number) => {
    const purchaseDay = purchaseDays.at(index);
    return purchaseDay ? dayFromNumber(purchaseDay.day) : null;
  };
  return {
    state: past.length === 0 ? "none" : isLost ? "lost" : "active",
    joinedOn: past[0]?.day ?? null,
    lostOn: last("customer-lost"),
    returnedOn: last("customer-returned"),
    lapsesOn: lapse?.day ?? null,
    firstPurchaseOn: dayOfPurchase(0),
    lastPurchaseOn: dayOfPurchase(-1),
    purchases: purchaseDays.reduce((sum, { purchases }) => sum + purchases, 0),
  };
}
