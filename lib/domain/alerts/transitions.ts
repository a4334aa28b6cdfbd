import type { Day } from "../calendar/days.ts";
import { thresholdOf } from "../metrics/verdict.ts";
import type { AlertState, Raised } from "./alert.ts";
import type { CourseVerdict, Episode } from "./episodes.ts";
import { falseAlarms, levelTogether, type Sensitivity } from "./sensitivity.ts";

/** From what courses say to what is raised and cleared: the alerts of a workspace are judged together. */

/** An alert with what its course says. */
export interface JudgedAlert {
  readonly sensitivity: Sensitivity;
  /** What was known of it before; absent before its first judgement. */
  readonly before: AlertState | undefined;
  readonly verdict: CourseVerdict;
}

/** What a judgement changes. */
export interface Transition {
  readonly state: AlertState;
  /** What is raised now. */
  readonly raised?: Raised;
  /** What is cleared now, be it raised by the same judgement. */
  readonly cleared?: NonNullable<AlertState["cleared"]>;
}

/** The chance of an alert as one of those that are judged together: a sensitive one has more of what is allowed, another one less. */
function sharedChance(chance: number, sensitivity: Sensitivity): number {
  return Math.min(1, (chance * levelTogether) / falseAlarms[sensitivity]);
}

/** The least chance that an alert's course has for now; `undefined` where too little is known. */
function chanceOf({ episodes, chance }: CourseVerdict): number | undefined {
  const last = episodes.at(-1);
  return last && !last.ended ? last.chance : chance;
}

/**
 * Judges the alerts of a workspace together, so that of those raised at most 5 % are raised for nothing, and where nothing changed none is in 95 of 100 months, however many there are
 * (Benjamini & Hochberg 1995; `thresholdOf`).
 * @param closedThrough the last day that is judged
 * @returns in their order
 */
export function judgeAlerts(alerts: readonly JudgedAlert[], closedThrough: Day): Transition[] {
  const shared = alerts.flatMap(({ verdict, sensitivity }) => {
    const chance = chanceOf(verdict);
    return chance === undefined ? [] : [sharedChance(chance, sensitivity)];
  });
  // What came and went between two judgements is judged beside what others say now.
  const threshold = Math.max(thresholdOf(shared, levelTogether), levelTogether / Math.max(1, shared.length));
  const isTold = ({ sensitivity }: JudgedAlert, { chance }: Episode) =>
    sharedChance(chance, sensitivity) <= threshold;
  return alerts.map((alert) =>
    transitionOf(alert, closedThrough, shared.length, (one) => isTold(alert, one)),
  );
}

function transitionOf(
  { before, verdict }: JudgedAlert,
  closedThrough: Day,
  judgedTogether: number,
  isTold: (episode: Episode) => boolean,
): Transition {
  const frame = {
    judgedThrough: closedThrough,
    judgedTogether,
    isLearning: chanceOf(verdict) === undefined && verdict.episodes.length === 0,
  };
  const last = verdict.episodes.at(-1);
  const { raised, cleared } = before ?? {};
  const rest = cleared ? { cleared } : {};
  if (raised) {
    const same = verdict.episodes.findLast((one) => overlaps(one, raised));
    if (same && !same.ended)
      return { state: { ...frame, ...rest, raised: { ...raisedOf(same), on: raised.on } } };
    const over = {
      ...raised,
      endedOn: same?.ended?.on ?? closedThrough,
      how: same?.ended?.how ?? ("restated" as const),
    };
    return { state: { ...frame, cleared: over }, cleared: over };
  }
  // An alert that is judged for the first time tells what is, not what was.
  const isNew = last && (!last.ended || (before && last.on > before.judgedThrough));
  if (!last || !isNew || !isTold(last)) return { state: { ...frame, ...rest } };
  const now = { ...raisedOf(last), on: closedThrough };
  if (!last.ended) return { state: { ...frame, ...rest, raised: now }, raised: now };
  const over = { ...now, endedOn: last.ended.on, how: last.ended.how };
  return { state: { ...frame, cleared: over }, raised: now, cleared: over };
}

/** Late facts move the days of an episode: it is the same one while any of its days are. */
function overlaps({ since, on, ended }: Episode, raised: Raised): boolean {
  return since <= raised.on && (ended?.on ?? on) >= raised.since;
}

function raisedOf({ ended: _, ...episode }: Episode): Raised {
  return episode;
}
