import type { Period } from "./period.ts";

/** Histograms of scores: one counter a scale and score, named `scale:score`, for example `0-10:9`. */

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A scale of whole numbers, both ends included. */
export interface Scale<Name extends string = string> {
  readonly name: Name;
  readonly from: number;
  readonly to: number;
}

/** The name of a histogram cell. */
export type Cell<Name extends string> = `${Name}:${Digit}`;

/** The cells of the scales that there are: asked for in every interval of a series. */
const cells = new WeakMap<Scale, readonly string[]>();

/** The names of a scale's cells, lowest score first. */
export function cellsOf<const Name extends string>(scale: Scale<Name>): readonly Cell<Name>[] {
  const known = cells.get(scale);
  if (known) return known as readonly Cell<Name>[];
  const made = Array.from(
    { length: scale.to - scale.from + 1 },
    (_, index) => `${scale.name}:${scale.from + index}` as Cell<Name>,
  );
  cells.set(scale, made);
  return made;
}

/** How many answers of a period gave each score: score → answers. */
export function histogramOf<Name extends string>(
  period: Period<Cell<Name>>,
  scale: Scale<Name>,
): ReadonlyMap<number, number> {
  return new Map(cellsOf(scale).map((cell, index) => [scale.from + index, period.count(cell)] as const));
}

/** How many answers of a histogram have a score from `from` to `to`, both included. */
export function answersBetween(histogram: ReadonlyMap<number, number>, from: number, to: number): number {
  let answers = 0;
  for (const [score, count] of histogram) if (score >= from && score <= to) answers += count;
  return answers;
}

/** A histogram as components of an answer: `score0`, `score1` … */
export function histogramComponents(
  histogram: ReadonlyMap<number, number>,
  prefix = "score",
): Record<string, number> {
  return Object.fromEntries([...histogram].map(([score, count]) => [`${prefix}${score}`, count]));
}
