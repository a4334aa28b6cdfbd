import type { Day } from "../../domain/calendar/days.ts";
import { noteCountedFrom } from "../settings/counted-from.ts";
import { factBytesOf, noteFactBytes } from "../settings/fact-sizes.ts";
import { type Attempt, type CommitOptions, commit, type Transaction } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import type { About, LedgerAction } from "./plan-context.ts";

/**
 * Commits what may add to counters: as `commit`, and notes before each try how far back they go, and how large the facts are.
 * @throws as `commit`
 */
export function commitCounted<Result>(
  context: StoreContext,
  plan: (attempt: Attempt<About>) => Promise<Transaction<Result, About>>,
  options: CommitOptions<About> = {},
): Promise<Result> {
  const noting = async (attempt: Attempt<About>) => {
    const transaction = await plan(attempt);
    const day = earliestDay(transaction.actions);
    if (day !== undefined) await noteCountedFrom(context, day);
    await noteFactBytes(context, bytesOfLargestFact(transaction.actions));
    return transaction;
  };
  return commit(context, noting, options);
}

/** 0 where no fact is stored. */
function bytesOfLargestFact(actions: readonly LedgerAction[]): number {
  const sizes = actions.map(({ about, action }) => {
    return about.kind === "fact" && action.Put?.Item ? factBytesOf(action.Put.Item) : 0;
  });
  return Math.max(0, ...sizes);
}

/** The earliest day of the counters that are added to; totals of years are beside those of days. */
function earliestDay(actions: readonly LedgerAction[]): Day | undefined {
  const days = actions.flatMap(({ about }) => (about.kind === "counters" && about.day ? [about.day] : []));
  return days.sort()[0];
}
