import { type Day, dayFromNumber } from "../calendar/days.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { StagePassed } from "./occurrences/journeys.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/**
 * A customer's journeys through the stages that the workspace names. A stage counts once a journey, when it is entered for the
 * first time. A journey goes on until its customer has reached the last stage and enters the first one again.
 */

/** The part of a history that journeys depend on. */
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
    // A customer who reaches the last stage before the first one is still on the same journey.
    const isOver = current?.entered.has(0) === true && current.entered.has(stages.length - 1);
    if (!current || (place === 0 && isOver)) journeys.push({ day, entered: new Map([[place, { day, at }]]) });
    else if (!current.entered.has(place)) current.entered.set(place, { day, at });
  }
  return journeys;
}

/** A way through stages that a workspace has named. */
export interface Funnel {
  /** Empty for the workspace's own `journeyStages`. */
  readonly name: string;
  /** The first one first. */
  readonly stages: readonly string[];
}

/** Funnels as a dependency of what is counted: each stage with its funnel's name before it, in order. */
export function namesOfStages(funnels: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(funnels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, stages]) => stages.map((stage) => `${name}:${stage}`));
}

/**
 * The funnels of a workspace, its own journey first.
 * @param names what `namesOfStages` gives
 */
export function funnelsOf(journeyStages: readonly string[], names: readonly string[]): Funnel[] {
  const byName = Map.groupBy(names, (name) => name.slice(0, name.indexOf(":")));
  const named = [...byName].map(([name, stages]) => ({
    name,
    stages: stages.map((stage) => stage.slice(name.length + 1)),
  }));
  return [{ name: "", stages: journeyStages }, ...named];
}

/** Occurrences of a customer's journeys through one funnel. */
export function journeys(
  history: JourneyHistory,
  { name: funnel, stages }: Funnel,
  segments: Segments,
): Occurrence[] {
  const all = journeysOf(history, stages);
  const occurrenceOf = ({ entered, day }: Journey) => ({
    ...{ day: dayFromNumber(day), segments, funnel },
    stages: stagesPassed(entered, stages),
  });
  const begun = all.map((journey): Occurrence => ({ kind: "journey-begun", ...occurrenceOf(journey) }));
  const [first] = all;
  if (!first || all.length === 1) return begun;
  const repeated = (journey: Journey, weight: 1 | -1): Occurrence => ({
    ...{ kind: "journey-repeated", weight },
    ...occurrenceOf(journey),
  });
  const asOne = { day: first.day, entered: firstEntries(all) };
  return [...begun, ...all.map((journey) => repeated(journey, -1)), repeated(asOne, 1)];
}

/** When each stage was entered for the first time on any of several journeys, which are in order of time. */
function firstEntries(all: readonly Journey[]): Journey["entered"] {
  const entered = new Map<number, Pick<Step, "day" | "at">>();
  for (const journey of all) {
    for (const [place, entry] of journey.entered) if (!entered.has(place)) entered.set(place, entry);
  }
  return entered;
}

/** How a journey came to each stage that it has reached: who is further has passed what lies before, whether anybody saw it or not. */
function stagesPassed(entered: Journey["entered"], stages: readonly string[]): StagePassed[] {
  const began = Math.min(...[...entered.values()].map(({ at }) => at));
  const since = (place: number) => {
    const entry = entered.get(place);
    return entry && (entry.at - began) / 1_000;
  };
  const passed: StagePassed[] = [];
  let reached = Number.POSITIVE_INFINITY;
  for (const [place, stage] of [...stages.entries()].reverse()) {
    const [at, before] = [since(place), since(place - 1)];
    reached = Math.min(reached, at ?? Number.POSITIVE_INFINITY);
    if (reached === Number.POSITIVE_INFINITY) continue;
    const isBoth = at !== undefined && before !== undefined;
    passed.unshift({
      ...{ stage, reached },
      ...(at === undefined ? {} : { entered: at }),
      ...(isBoth ? { both: Math.max(at, before) } : {}),
      ...(isBoth && before <= at ? { sinceBefore: at - before } : {}),
    });
  }
  return passed;
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
