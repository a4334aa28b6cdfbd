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
  const stated = [...days].filter((day) => isStated(workspace, day, today));
  if (stated.length === 0) return [];
  const changed = changes.daysOfTotals();
  return stated.filter((day) => !changed.has(day));
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
