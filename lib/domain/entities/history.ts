import type { Segments } from "./occurrences/base.ts";

/**
 * The history of an entity: what happened to it, step by step, as compact as its occurrences allow. Each fact is one step, put
 * wherever it belongs, so that facts in any order of arrival end in the same history.
 */

/** How the steps of one kind are kept. */
export interface StepKind {
  /** Its name in stored items: short, and never changed. */
  readonly code: string;
  /** Whether the instant matters, and not the day alone. */
  readonly instant?: boolean;
  /** Whether its steps have a detail that tells them apart, for example a touchpoint. */
  readonly detail?: boolean;
  /** Whether its steps add up an amount. */
  readonly sum?: boolean;
}

/** Something that happened to an entity, once or several times. */
export interface Step {
  /** The number of the day on which it counts (see `lib/domain/calendar/days.ts`). */
  readonly day: number;
  /** Milliseconds since 1970-01-01T00:00:00Z; 0 where the instant does not matter. */
  readonly at: number;
  /** Empty where its kind has none. */
  readonly detail: string;
  /** How many facts say the same. */
  readonly times: number;
  /** The sum of their amounts; absent for kinds without a sum. */
  readonly sum?: bigint;
}

/** The fact that an entity's segments are taken from. */
export interface Origin {
  /** How much the fact says about the entity: the highest rank gives the segments, then the earliest fact. */
  readonly rank: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly factId: string;
  readonly segments: Segments;
}

/** The steps of an entity by kind, those of a kind in order of time, and where its segments come from. */
export interface History<Kind extends string = string> {
  readonly steps: Readonly<Record<Kind, readonly Step[]>>;
  readonly origin: Origin | null;
}

export interface KindOfStep {
  readonly kind: string;
  readonly step: Step;
}

/** A history with one more step. */
export function withStep<Kind extends string>(
  history: History<Kind>,
  kind: NoInfer<Kind>,
  step: Omit<Step, "times">,
): History<Kind> {
  const known = history.steps[kind];
  const same = known.find((other) => inOrder(other, step) === 0);
  const steps = same
    ? known.map((other) => (other === same ? changedBy(same, step, 1) : other))
    : [...known, { ...step, times: 1 }].sort(inOrder);
  return { ...history, steps: { ...history.steps, [kind]: steps } };
}

/** Steps of one kind as a history has them: in order, and the same ones as one. @param steps in any order: the list may be changed */
export function mergedInOrder(steps: Step[]): readonly Step[] {
  let isMerged = true;
  for (let index = 1; index < steps.length && isMerged; index += 1) {
    isMerged = inOrder(steps[index - 1] as Step, steps[index] as Step) < 0;
  }
  if (isMerged) return steps;
  const merged: Step[] = [];
  for (const step of steps.sort(inOrder)) {
    const last = merged.at(-1);
    if (last && inOrder(last, step) === 0) merged[merged.length - 1] = together(last, step);
    else merged.push(step);
  }
  return merged;
}

function together(one: Step, other: Step): Step {
  const both = { ...one, times: one.times + other.times };
  return one.sum === undefined ? both : { ...both, sum: one.sum + (other.sum ?? 0n) };
}

/** A history with one step less; the same history where it has none like it. */
export function withoutStep<Kind extends string>(
  history: History<Kind>,
  kind: NoInfer<Kind>,
  step: Omit<Step, "times">,
): History<Kind> {
  const steps = history.steps[kind].flatMap((known) => {
    if (inOrder(known, step) !== 0) return [known];
    return known.times > 1 ? [changedBy(known, step, -1)] : [];
  });
  return { ...history, steps: { ...history.steps, [kind]: steps } };
}

function changedBy(known: Step, { sum = 0n }: Omit<Step, "times">, by: 1 | -1): Step {
  const changed = { ...known, times: known.times + by };
  return known.sum === undefined ? changed : { ...changed, sum: known.sum + BigInt(by) * sum };
}

function inOrder(one: Omit<Step, "times">, other: Omit<Step, "times">): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.day !== other.day) return one.day - other.day;
  return one.detail === other.detail ? 0 : one.detail < other.detail ? -1 : 1;
}

/** A history whose segments come from this fact, if none that it has says more. */
export function withOrigin<Kind extends string>(history: History<Kind>, candidate: Origin): History<Kind> {
  return { ...history, origin: telling(history.origin, candidate) };
}

/** Which of two origins says more: the candidate where nothing is known. */
export function telling(known: Origin | null, candidate: Origin): Origin {
  if (!known) return candidate;
  if (known.rank !== candidate.rank) return known.rank > candidate.rank ? known : candidate;
  if (known.at !== candidate.at) return known.at < candidate.at ? known : candidate;
  return known.factId <= candidate.factId ? known : candidate;
}

/** A history with those steps only that lie on days that `keeps` names. */
export function restrictedTo<Kind extends string>(
  history: History<Kind>,
  keeps: (day: number) => boolean,
): History<Kind> {
  const steps: Record<Kind, readonly Step[]> = { ...history.steps };
  for (const kind in steps) steps[kind] = steps[kind].filter(({ day }) => keeps(day));
  return { ...history, steps };
}

export function allSteps({ steps }: History): KindOfStep[] {
  return Object.entries(steps).flatMap(([kind, ofKind]) => ofKind.map((step) => ({ kind, step })));
}

/** Of how many facts a history was made. */
export function factsOf(history: History): number {
  return allSteps(history).reduce((sum, { step }) => sum + step.times, 0);
}

/** About how many bytes a step takes where it is stored, beside its detail. */
const stepBytes = 24;

/** About how many bytes a history takes where it is stored. */
export function bytesOf(history: History): number {
  let bytes = 0;
  for (const steps of Object.values<readonly Step[]>(history.steps)) {
    bytes += steps.length * stepBytes;
    for (const { detail } of steps) if (detail !== "") bytes += Buffer.byteLength(detail);
  }
  return bytes;
}
