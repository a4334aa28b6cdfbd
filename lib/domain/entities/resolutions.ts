import { dayFromNumber } from "../calendar/days.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { CaseResolved } from "./occurrences/service.ts";

/** How often, when and on which contact a ticket was resolved. */

/** A return at the first resolution or within so many days after it, the last included, takes first contact back. */
export const returnDays = 7;

type Steps = History<"replied" | "resolved" | "reopened">["steps"];

/** The first resolution of a ticket, and the one that stands: none while it is open again. */
interface Resolutions {
  readonly first: Step | undefined;
  readonly standing: Step | undefined;
}

/**
 * The resolutions of a ticket that count. What happened before the opening is left out, and so is a resolution of what is
 * resolved already: it says the same again.
 */
export function resolutionsOf({ steps }: { steps: Steps }, opened: Step, segments: Segments): CaseResolved[] {
  const { first, standing } = follow(steps, opened.at);
  if (!first) return [];
  const resolved = (step: Step, resolution: CaseResolved["resolution"], onFirstContact: boolean) => ({
    kind: "case-resolved" as const,
    day: dayFromNumber(step.day),
    segments,
    resolution,
    milliseconds: step.at - opened.at,
    onFirstContact,
  });
  const onFirstContact = isOnFirstContact(steps, opened.at, first);
  if (first === standing) return [resolved(first, "once", onFirstContact)];
  return [resolved(first, "first", onFirstContact), ...(standing ? [resolved(standing, "last", false)] : [])];
}

/** Goes through resolutions and reopenings in order of time. */
function follow(steps: Steps, openedAt: number): Resolutions {
  let first: Step | undefined;
  let standing: Step | undefined;
  const sinceOpening = steps.resolved.filter(({ at }) => at >= openedAt);
  const resolved = Map.groupBy(sinceOpening, ({ at }) => at);
  // A case that is reopened before its opening was not resolved yet: nothing changes.
  const reopened = new Set(steps.reopened.map(({ at }) => at));
  for (const at of [...new Set([...resolved.keys(), ...reopened])].sort((a, b) => a - b)) {
    const resolution = resolved.get(at)?.[0];
    const isReopened = reopened.has(at);
    // At one instant what changes the state comes first: nothing can be reopened before it is resolved.
    if (standing) standing = isReopened ? resolution : standing;
    else {
      first ??= resolution;
      standing = isReopened ? undefined : resolution;
    }
  }
  return { first, standing };
}

function isOnFirstContact(steps: Steps, openedAt: number, first: Step): boolean {
  // A reopening before the first resolution is no return.
  const returned = steps.reopened.some(({ at, day }) => at >= first.at && day <= first.day + returnDays);
  if (returned) return false;
  if (first.detail !== "") return first.detail === "1";
  return steps.replied.filter(({ at }) => at >= openedAt && at <= first.at).length <= 1;
}
