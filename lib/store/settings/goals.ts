import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import { type Goal, type GoalDefinition, type GoalScope, storedGoalSchema } from "../../domain/goals/goal.ts";
import type { Table } from "../table/client.ts";
import { goalCountKey, goalKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import * as counted from "./counted-items.ts";

/** Goals as they are stored. */

/** At most so many goals a workspace. */
export const maxGoals = 50;

const storedGoal = z.object({
  ...counted.itemHistory,
  // As text: a client's numbers go further than those of the table.
  definition: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(storedGoalSchema),
  windowDays: z.int(),
  base: z.object({ from: z.string(), to: z.string() }),
  convention: z.string(),
  currency: z.string(),
  /** The days at whose end webhooks were told that it is reached, or missed. */
  reachedOn: z.string().optional(),
  missedOn: z.string().optional(),
});

/** A goal, and what webhooks have been told of it since it was set. */
export interface StoredGoal extends Goal, counted.ItemHistory {
  readonly reachedOn?: Day | undefined;
  readonly missedOn?: Day | undefined;
}

const goals: counted.CountedForm<StoredGoal> = {
  max: maxGoals,
  key: goalKey,
  countKey: goalCountKey,
  counter: "goals",
  // Ten dimensions, each with a value of 100 characters.
  size: { name: "goal", maxBytes: 8 * 1024, isAlike: true },
  toItem: ({ id: _, definition, ...goal }) => ({ ...goal, definition: JSON.stringify(definition) }),
  fromItem: (item) => ({ ...storedGoal.parse(item), id: counted.idOf(item) }),
};

/** A goal as it is now, or `undefined`. */
export function readGoal(table: Table, workspace: string, id: string): Promise<StoredGoal | undefined> {
  return counted.readCounted(table, workspace, goals, id);
}

/**
 * The goals of a workspace, by id.
 * @param after only those after this id
 */
export function listGoals(table: Table, workspace: string, after?: string): Promise<StoredGoal[]> {
  return counted.listCounted(table, workspace, goals, after);
}

/**
 * Sets a goal: makes it, or replaces it. The same definition again changes nothing.
 * @param settle what it measures, given the goal that it replaces
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function setGoal(
  table: Table,
  workspace: string,
  id: string,
  definition: GoalDefinition,
  settle: (before: Goal | undefined) => GoalScope,
  deadline: Deadline,
): Promise<counted.SetItem<StoredGoal>> {
  const asStored: unknown = JSON.parse(JSON.stringify(definition));
  const plan = (before: StoredGoal | undefined): StoredGoal => {
    if (before && isDeepStrictEqual(before.definition, asStored)) return before;
    return { ...settle(before), id, definition, ...counted.nextVersion(before) };
  };
  return counted.setCounted(table, workspace, goals, id, plan, deadline);
}

/**
 * Deletes a goal.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function deleteGoal(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  return counted.deleteCounted(table, workspace, goals, id, deadline);
}
