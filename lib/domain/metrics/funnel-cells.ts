import type { StagePassed } from "../entities/occurrences/journeys.ts";
import type { Cells } from "./period.ts";
import { sketchCell } from "./statistics/sketch.ts";

/**
 * The cells of a funnel: by stage, and by how long after its beginning a journey came to it. A journey that enters its stages one
 * after the other has one cell a stage; what is skipped, or seen in another order, is kept as the difference to that.
 */

/** Within how many days of its beginning a journey can be asked to have come to a stage. */
export const withinDays = [1, 7, 14, 30, 60, 90, 180, 365] as const;

const secondsPerDay = 86_400;

/** The cell of what took so many seconds: the place of the first of `withinDays` that it is within. */
function bucketOf(seconds: number): number {
  const place = withinDays.findIndex((days) => seconds <= days * secondsPerDay);
  return place < 0 ? withinDays.length : place;
}

/** The part of a funnel's cells in front of a stage. */
export function stagePrefix(funnel: string, stage: string): string {
  return funnel === "" ? `${stage}:` : `${funnel}:${stage}:`;
}

/** The cells that journeys add to, by counter: cell → amount. */
export interface FunnelCells {
  readonly entered: Readonly<Record<string, number>>;
  /** Journeys that entered the stage and the one before, less those that entered it. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Journeys that reached the stage, less those that entered it. */
  readonly inferred: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
}

export function cellsOfJourney(funnel: string, stages: readonly StagePassed[]): FunnelCells {
  const [entered, skipped, inferred, seconds] = [0, 1, 2, 3].map(() => new Map<string, number>());
  const add = (cells: Map<string, number> | undefined, cell: string, amount: number) =>
    cells?.set(cell, (cells.get(cell) ?? 0) + amount);
  for (const [place, passed] of stages.entries()) {
    const prefix = stagePrefix(funnel, passed.stage);
    const cell = (since: number) => `${prefix}${bucketOf(since)}`;
    if (passed.entered !== undefined) {
      add(entered, cell(passed.entered), 1);
      // Nothing lies before the first stage.
      if (place > 0) add(skipped, cell(passed.entered), -1);
      add(inferred, cell(passed.entered), -1);
    }
    if (passed.both !== undefined) add(skipped, cell(passed.both), 1);
    add(inferred, cell(passed.reached), 1);
    if (passed.sinceBefore !== undefined) add(seconds, `${prefix}${sketchCell(passed.sinceBefore)}`, 1);
  }
  const changing = (cells = new Map<string, number>()) =>
    Object.fromEntries([...cells].filter(([, amount]) => amount !== 0));
  return {
    entered: changing(entered),
    skipped: changing(skipped),
    inferred: changing(inferred),
    seconds: changing(seconds),
  };
}

/** The cells of one stage: what follows the stage's name → sum. */
export function cellsOfStage(cells: Cells, prefix: string): Cells {
  const own = [...cells].filter(([cell]) => cell.startsWith(prefix));
  return new Map(
    own
      .map(([cell, amount]) => [cell.slice(prefix.length), amount] as const)
      // A funnel may be called as another one's stage is.
      .filter(([rest]) => !rest.includes(":")),
  );
}

/** The sum of a stage's cells, of journeys that came to it within so many days; `null` for whenever. */
export function sumWithin(cells: Cells, days: number | null): number {
  const last = days === null ? withinDays.length : withinDays.findIndex((within) => within >= days);
  return [...cells].reduce(
    (sum, [bucket, amount]) => (Number(bucket) <= last ? sum + Number(amount) : sum),
    0,
  );
}

/** Cells that are added up. */
export function addCells(one: Cells, other: Cells): Cells {
  const sums = new Map(one);
  for (const [cell, amount] of other) sums.set(cell, (sums.get(cell) ?? 0n) + amount);
  return sums;
}
