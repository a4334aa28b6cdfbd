import { type Day, dayFromNumber } from "../calendar/days.ts";
import { type PresenceHistory, presence } from "./presence.ts";

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
 * @param inactivityDays see `presence`
 * @param today what lies later has not come about yet
 */
export function standingOf(history: PresenceHistory, inactivityDays: number | null, today: Day): Standing {
  const steps = presence(history, inactivityDays, {});
  const past = steps.filter(({ day }) => day <= today);
  const last = (kind: string) => past.findLast((occurrence) => occurrence.kind === kind)?.day ?? null;
  const isLost = past.at(-1)?.kind === "customer-lost";
  const lapse = steps.find(({ kind, day }) => kind === "customer-lost" && day > today);
  const { purchased } = history.steps;
  const dayOfPurchase = (index: number) => {
    const step = purchased.at(index);
    return step ? dayFromNumber(step.day) : null;
  };
  return {
    state: past.length === 0 ? "none" : isLost ? "lost" : "active",
    joinedOn: past[0]?.day ?? null,
    lostOn: last("customer-lost"),
    returnedOn: last("customer-returned"),
    lapsesOn: lapse?.day ?? null,
    firstPurchaseOn: dayOfPurchase(0),
    lastPurchaseOn: dayOfPurchase(-1),
    purchases: purchased.reduce((sum, { times }) => sum + times, 0),
  };
}
