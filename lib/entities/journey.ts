import { type Day, dayFromNumber } from "../calendar/days.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/**
 * A customer's journeys through the stages that the workspace names. A stage counts once a journey, when it is entered for the
 * first time. A journey goes on until its customer has reached the last stage and enters the first one again.
 */

/** What journeys depend on. */
export type JourneyHistory = Pick<History<"stage">, "steps">;

/** One way through the stages. */
export interface Journey {
  /** The stages that were entered, by their place among the workspace's stages: when for the first time. */
  readonly entered: ReadonlyMap<number, Pick<Step, "day" | "at">>;
  /** The day on which it began. */
  readonly day: number;
}

/** A stage that a customer has entered. */
export interface StageEntered {
  readonly stage: string;
  readonly on: Day;
}

/**
 * The journeys of a customer, the earliest first. Stages that the workspace does not name (any more) are passed over; entries at the same
 * instant count in the order of the stages.
 */
export function journeysOf({ steps }: JourneyHistory, stages: readonly string[]): Journey[] {
  const entries = steps.stage
    .map(({ day, at, detail }) => ({ place: stages.indexOf(detail), day, at }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.at - b.at || a.place - b.place);
  const journeys: { readonly day: number; readonly entered: Map<number, Pick<Step, "day" | "at">> }[] = [];
  for (const { place, day, at } of entries) {
    const current = journeys.at(-1);
    const beginsAgain = place === 0 && current?.entered.has(stages.length - 1) === true;
    if (!current || beginsAgain) journeys.push({ day, entered: new Map([[place, { day, at }]]) });
    else if (!current.entered.has(place)) current.entered.set(place, { day, at });
  }
  return journeys;
}

/** What the journeys of a customer bring about. */
export function journeys(
  history: JourneyHistory,
  stages: readonly string[],
  segments: Segments,
): Occurrence[] {
  return journeysOf(history, stages).map(({ entered, day }) => {
    const furthest = Math.max(...entered.keys());
    return {
      kind: "journey-begun",
      day: dayFromNumber(day),
      segments,
      // Who is further has passed what lies before, whether anybody saw it or not.
      reached: stages.slice(0, furthest + 1),
      seconds: secondsOf(entered, stages),
    };
  });
}

/** How long it took from each stage to the next, where both were entered, and in this order. */
function secondsOf(entered: Journey["entered"], stages: readonly string[]): Record<string, number> {
  // A stage may have any name, "__proto__" too: it is never assigned to an object by that.
  return Object.fromEntries(
    [...entered].flatMap(([place, { at }]) => {
      const before = entered.get(place - 1);
      const stage = stages[place];
      if (!before || stage === undefined || before.at > at) return [];
      return [[stage, (at - before.at) / 1_000]];
    }),
  );
}

/**
 * The stages that a customer has entered on its latest journey, in the order of the stages.
 * @param today what lies later has not come about yet
 */
export function latestJourney(
  history: JourneyHistory,
  stages: readonly string[],
  today: Day,
): StageEntered[] {
  const latest = journeysOf(history, stages)
    .filter(({ day }) => dayFromNumber(day) <= today)
    .at(-1);
  return [...(latest?.entered ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([place, { day }]) => ({ stage: stages[place] ?? "", on: dayFromNumber(day) }))
    .filter(({ on }) => on <= today);
}
