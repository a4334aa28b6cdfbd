import type { Day } from "../../domain/calendar/days.ts";
import { isStated } from "../counters/change-causes.ts";
import { factsFamily, markAction } from "../counters/fact-marks.ts";
import type { CounterChanges } from "./counter-actions.ts";
import type { LedgerAction, PlanContext } from "./plan-context.ts";

/** The closed days of some facts, each named once, of which no counter's change says that they changed. */
export function daysToMark(
  days: Iterable<Day>,
  changes: CounterChanges,
  { workspace, today }: Pick<PlanContext, "workspace" | "today">,
): Day[] {
  return unmarkedDays(
    [...days].filter((day) => isStated(workspace, day, today)),
    changes,
  );
}

/** As `daysToMark`, for days of which it is known that they are closed. */
export function unmarkedDays(closed: Iterable<Day>, changes: CounterChanges): Day[] {
  const days = [...closed];
  if (days.length === 0) return [];
  const changed = changes.daysOfTotals();
  return days.filter((day) => !changed.has(day));
}

/** Marks days, so that their files are written anew. */
export function markActions(days: readonly Day[], context: PlanContext): LedgerAction[] {
  const { tableName, workspace, shardOf } = context;
  return days.map((day) => ({
    about: { kind: "counters", family: factsFamily },
    action: markAction(tableName, workspace.id, day, shardOf(factsFamily)),
    spread: factsFamily,
  }));
}
