import { type Day, dayFromNumber, dayNumber } from "../calendar/days.ts";
import { type Activity, activityOf } from "./activity.ts";
import type { CustomerHistory } from "./customer.ts";
import { engagementOf } from "./engagement.ts";
import type { EntitySettings } from "./entity.ts";
import type { Step } from "./history.ts";
import { presence } from "./presence.ts";

/** The part of a history that a standing depends on. */
type StandingHistory = Pick<CustomerHistory, "steps">;

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
  /** Interactions in the 30 days up to the day, at how many different touchpoints, and whether that is called engaged. */
  readonly interactions: number;
  readonly touchpoints: number;
  readonly engaged: boolean;
  /** Whether it came by a recommendation, and how often it has recommended the business. */
  readonly referred: boolean;
  readonly referralsSent: number;
}

/**
 * Where a customer stands.
 * @param today what lies later has not come about yet
 */
export function standingOf(
  history: StandingHistory,
  { inactivityDays, engagedTouchpoints }: Pick<EntitySettings, "inactivityDays" | "engagedTouchpoints">,
  today: Day,
): Standing {
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
    purchases: timesOf(purchased),
    ...engagementOn(history, activityOf(steps), engagedTouchpoints, today),
    referred: history.steps.referred.length > 0,
    referralsSent: timesOf(history.steps.recommended),
  };
}

function timesOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { times }) => sum + times, 0);
}

function engagementOn(history: StandingHistory, activity: Activity, engagedTouchpoints: number, today: Day) {
  const number = dayNumber(today);
  const now = engagementOf(history, activity, engagedTouchpoints).findLast(({ day }) => day <= number);
  return {
    interactions: now?.interactions ?? 0,
    touchpoints: now?.touchpoints ?? 0,
    engaged: now?.isEngaged ?? false,
  };
}
