import { dayFromNumber } from "../calendar/days.ts";
import type { CallEndFact } from "../facts/service.ts";
import { defineEntity } from "./entity.ts";
import type { Step } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** A call that waits in a queue. */
export const call = defineEntity({
  name: "call",
  idField: "callId",
  facts: ["call.queued", "call.answered", "call.abandoned"],
  steps: {
    queued: { code: "q", instant: true },
    answered: { code: "n", instant: true, detail: true },
    abandoned: { code: "a", instant: true, detail: true },
  },
  origins: ["queued"],
  place({ fact }) {
    switch (fact.type) {
      case "call.queued":
        return { id: fact.callId, kind: "queued", rank: 1 };
      case "call.answered":
        return { id: fact.callId, kind: "answered", detail: detailOf(fact) };
      case "call.abandoned":
        return { id: fact.callId, kind: "abandoned", detail: detailOf(fact) };
      default:
        return undefined;
    }
  },
  dependencies: () => ({}),
  derive({ steps, origin }): Occurrence[] {
    const [queued] = steps.queued;
    if (!queued) return [];
    // All on the day of the queue, so that those abandoned are always some of those queued.
    const common = { day: dayFromNumber(queued.day), segments: origin?.segments ?? {} };
    const [answered] = steps.answered;
    const [abandoned] = steps.abandoned;
    // A caller who hung up and called again under the same id was not helped the first time.
    const end = abandoned ?? answered;
    const milliseconds = end && waited(queued, end);
    const transfers = [...steps.answered, ...steps.abandoned].flatMap(
      ({ detail }) => saidIn(detail).transfers ?? [],
    );
    return [
      { kind: "call-queued", ...common },
      ...(abandoned ? [{ kind: "call-abandoned", ...common } as const] : []),
      ...(milliseconds === undefined
        ? []
        : [{ kind: "wait-ended", ...common, isAnswered: !abandoned, milliseconds } as const]),
      ...(transfers.length === 0
        ? []
        : [{ kind: "call-transferred", ...common, times: Math.max(...transfers) } as const]),
    ];
  },
});

/** The waiting of a call: milliseconds and transfers, each empty where the fact says nothing. */
function detailOf({ seconds, transfers }: CallEndFact): string {
  if (seconds === undefined && transfers === undefined) return "";
  return `${seconds === undefined ? "" : Math.round(seconds * 1_000)}/${transfers ?? ""}`;
}

function saidIn(detail: string): { readonly milliseconds?: number; readonly transfers?: number } {
  const [milliseconds = "", transfers = ""] = detail.split("/");
  return {
    ...(milliseconds === "" ? {} : { milliseconds: Number(milliseconds) }),
    ...(transfers === "" ? {} : { transfers: Number(transfers) }),
  };
}

/** How long a call waited, in milliseconds; `undefined` where its end is said to lie before its beginning. */
function waited(queued: Step, end: Step): number | undefined {
  const { milliseconds = end.at - queued.at } = saidIn(end.detail);
  return milliseconds < 0 ? undefined : milliseconds;
}
