import { dayFromNumber } from "../calendar/days.ts";
import { defineEntity } from "./entity.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** A call that waits in a queue. */
export const call = defineEntity({
  name: "call",
  steps: { queued: { code: "q", instant: true }, abandoned: { code: "a" } },
  place({ fact }) {
    switch (fact.type) {
      case "call.queued":
        return { id: fact.callId, kind: "queued", rank: 1 };
      case "call.abandoned":
        return { id: fact.callId, kind: "abandoned" };
      default:
        return undefined;
    }
  },
  dependencies: () => ({}),
  derive({ steps, origin }): Occurrence[] {
    const [queued] = steps.queued;
    if (!queued) return [];
    const segments = origin?.segments ?? {};
    // Both on the day of the queue, so that those abandoned are always some of those queued.
    const day = dayFromNumber(queued.day);
    return [
      { kind: "call-queued", day, segments },
      ...(steps.abandoned.length > 0 ? [{ kind: "call-abandoned", day, segments } as const] : []),
    ];
  },
});
