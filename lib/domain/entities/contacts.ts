import { dayFromNumber } from "../calendar/days.ts";
import type { ResponseFact } from "../facts/responses.ts";
import { surveyScales } from "../facts/responses.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Whether a customer got in touch, by a ticket or a call, after it was unhappy or tried to help itself. */

/** A contact up to so many days after the day of a bad score, the last one included, counts as a complaint about it. */
export const complaintDays = 30;

/** Without a contact up to so many days after the day of self-service, the problem counts as solved. */
export const selfServiceDays = 7;

/**
 * Whether an answer is that of someone who is unhappy: a detractor; in the lower half of the scale of satisfaction; 1–3 of 7 for ease, 4–5 of
 * 5 for effort.
 */
export function isUnhappy(fact: ResponseFact): boolean {
  switch (fact.survey) {
    case "nps":
      return fact.score <= 6;
    case "csat": {
      const scales: Readonly<Record<string, readonly [number, number]>> = surveyScales.csat;
      const [from, to] = scales[fact.scale] ?? [0, 0];
      return 2 * (fact.score - from) < to - from;
    }
    case "ces":
      return fact.scale === "effort-1-5" ? fact.score >= 4 : fact.score <= 3;
    default:
      return false;
  }
}

type ContactHistory = Pick<History<"unhappy" | "contacted" | "helpedItself">, "steps">;

/** The days on which a customer was unhappy, or tried to help itself, and whether it got in touch soon after: each day once. */
export function contactsAfter({ steps }: ContactHistory, segments: Segments): Occurrence[] {
  const { unhappy, contacted, helpedItself } = steps;
  const occurrencesOf = (kind: "unhappy" | "helped-itself", own: readonly Step[], days: number) => {
    const followed = followedBy(firstOfDays(own), contacted, days);
    return followed.map(([{ day: number }, isContacted]): Occurrence => {
      return { kind, day: dayFromNumber(number), segments, isContacted };
    });
  };
  return [
    ...occurrencesOf("unhappy", unhappy, complaintDays),
    ...occurrencesOf("helped-itself", helpedItself, selfServiceDays),
  ];
}

/** Steps, and whether a contact came at the same instant or later, up to so many days after the day: both in order of time. */
function followedBy(
  steps: readonly Step[],
  contacts: readonly Step[],
  days: number,
): [step: Step, isContacted: boolean][] {
  let next = 0;
  return steps.map((step) => {
    while ((contacts[next]?.at ?? Number.POSITIVE_INFINITY) < step.at) next += 1;
    return [step, (contacts[next]?.day ?? Number.POSITIVE_INFINITY) <= step.day + days];
  });
}

/** The first step of each day, of steps in order of time. */
function firstOfDays(steps: readonly Step[]): Step[] {
  return steps.filter(({ day }, index) => steps[index - 1]?.day !== day);
}
