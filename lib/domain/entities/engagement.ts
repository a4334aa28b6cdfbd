import { dayFromNumber } from "../calendar/days.ts";
import type { Activity } from "./activity.ts";
import type { History, Step } from "./history.ts";
import { touchpointIn } from "./interactions.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Over how many days interactions count for engagement: the day itself and those before it. */
export const engagementDays = 30;

/** How engaged a customer is at the end of a day, and until the next day that is listed. */
export interface Engagement {
  /** The number of the day (see `lib/domain/calendar/days.ts`). */
  readonly day: number;
  /** Interactions in the trailing days, and at how many different touchpoints. */
  readonly interactions: number;
  readonly touchpoints: number;
  /** Whether it is an active customer with enough touchpoints. */
  readonly isEngaged: boolean;
}

/**
 * How engaged a customer is, for each day on which that may change, in order: also on days to come, when interactions will be
 * too long ago.
 * @param engagedTouchpoints at how many different touchpoints an engaged customer has interacted, at least
 */
export function engagementOf(
  { steps }: Pick<History<"interacted">, "steps">,
  activity: Activity,
  engagedTouchpoints: number,
): Engagement[] {
  const entering = Map.groupBy(steps.interacted, ({ day }) => day);
  const interacted = [...entering.keys()];
  const leaving = interacted.map((day) => day + engagementDays);
  const days = [...new Set([...interacted, ...leaving, ...activity.keys()])].sort((a, b) => a - b);
  const window = new Window();
  let isActive = false;
  return days.map((day) => {
    for (const step of entering.get(day - engagementDays) ?? []) window.leave(step);
    for (const step of entering.get(day) ?? []) window.enter(step);
    isActive = activity.get(day) ?? isActive;
    const { interactions, touchpoints } = window;
    return { day, interactions, touchpoints, isEngaged: isActive && touchpoints >= engagedTouchpoints };
  });
}

/** The changes of a customer's engagement: added up to a day they say how engaged it is at the day's end. */
export function engagementChanges(engagements: readonly Engagement[], segments: Segments): Occurrence[] {
  let before = { engaged: 0, interactions: 0, touchpoints: 0 };
  return engagements.flatMap(({ day, isEngaged, interactions, touchpoints }): Occurrence[] => {
    const after = isEngaged
      ? { engaged: 1, interactions, touchpoints }
      : { engaged: 0, interactions: 0, touchpoints: 0 };
    const change = {
      engaged: after.engaged - before.engaged,
      interactions: after.interactions - before.interactions,
      touchpoints: after.touchpoints - before.touchpoints,
    };
    before = after;
    if (Object.values(change).every((amount) => amount === 0)) return [];
    return [{ kind: "engagement-changed", day: dayFromNumber(day), segments, ...change }];
  });
}

/** The interactions of the trailing days. */
class Window {
  readonly #byTouchpoint = new Map<string, number>();
  interactions = 0;

  get touchpoints(): number {
    return this.#byTouchpoint.size;
  }

  enter({ detail, times }: Step): void {
    const touchpoint = touchpointIn(detail);
    this.interactions += times;
    this.#byTouchpoint.set(touchpoint, (this.#byTouchpoint.get(touchpoint) ?? 0) + times);
  }

  leave({ detail, times }: Step): void {
    this.interactions -= times;
    const touchpoint = touchpointIn(detail);
    const rest = (this.#byTouchpoint.get(touchpoint) ?? 0) - times;
    if (rest > 0) this.#byTouchpoint.set(touchpoint, rest);
    else this.#byTouchpoint.delete(touchpoint);
  }
}
