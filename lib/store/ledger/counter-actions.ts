import type { Day } from "../../domain/calendar/days.ts";
import { hasCumulative, isCumulative, Tally, totalSegment } from "../../domain/metrics/counting.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import {
  type ChangeCauses,
  changedTotals,
  isLogged,
  isStated,
  lateItems,
  loggedDays,
} from "../counters/change-causes.ts";
import { counterShards, yearCounter, yearShards } from "../counters/place.ts";
import { addAction, maxAdditions } from "../table/action.ts";
import { counterKey, staleTimelineKey, yearsKey } from "../table/keys.ts";
import type { LedgerAction, PlanContext } from "./plan-context.ts";

/** From a tally to the actions that write it. */

/** The counter changes of a transaction: by day, and by year where sums since the beginning are kept. */
export class CounterChanges {
  readonly #days = new Tally();
  /** All years of a family and segment are one item: its attributes say which year they are of. */
  readonly #years = new Tally();
  readonly #logIn: Workspace | undefined;
  /** Days whose log may get an entry, also where all that changed on them cancelled out. */
  readonly #mayBeLogged = new Set<Day>();

  /** @param logIn where the changes come from facts: the workspace in whose log they have to have room as well */
  constructor(logIn?: Workspace) {
    this.#logIn = logIn;
  }

  static of(tally: Tally): CounterChanges {
    const changes = new CounterChanges();
    changes.add(tally);
    return changes;
  }

  /** Adds a tally, or takes it back with a weight of −1. */
  add(tally: Tally, weight: 1 | -1 = 1): void {
    this.#days.addAll(tally, weight);
    for (const { bucket, counts } of tally.changes()) {
      if (this.#logIn && isLogged(this.#logIn, bucket.day)) this.#mayBeLogged.add(bucket.day);
      if (!hasCumulative(bucket.family)) continue;
      const years = { ...bucket, day: "years" };
      for (const [counter, amount] of counts) {
        if (!isCumulative(bucket.family, counter)) continue;
        this.#years.add(years, yearCounter(bucket.day, counter), BigInt(weight) * amount);
      }
    }
  }

  /** The days on which a total changes now: to be read before more is added. */
  daysOfTotals(): Pick<ReadonlySet<Day>, "has"> {
    return this.#days.daysOfTotals();
  }

  /**
   * Whether they fit a transaction.
   * @param room how many actions there is room for
   */
  fit(room: number): boolean {
    const items = this.#days.size + this.#years.size;
    if (items > room) return false;
    // Most often there is no need to look closer.
    const mayNotFit = items + this.#mayBeLogged.size > room;
    if (mayNotFit && this.#logIn && items + loggedDays(this.#days, this.#logIn).length > room) return false;
    return !this.#days.isWiderThan(maxAdditions) && !this.#years.isWiderThan(maxAdditions);
  }

  /**
   * The updates of all counters, and the log of the facts that change them.
   * @param causes what brought the changes about
   */
  actions(causes: ChangeCauses, context: PlanContext): LedgerAction[] {
    const { tableName, workspace, shardOf, today } = context;
    const changed = changedTotals(this.#days);
    const days = this.#days.changes().map(({ bucket, counts }) => {
      const { family, segment, day } = bucket;
      const shard = shardOf(family) % counterShards;
      const isStale = segment === totalSegment && isStated(workspace, day, today);
      const action = addAction(
        tableName,
        counterKey(workspace.id, family, segment, day, shard),
        isStale ? [...counts, ...causes.countersOf(bucket, changed)] : counts,
        isStale ? staleTimelineKey(workspace.id, day, family, shard) : {},
      );
      return counterAction({ kind: "counters", family, day }, action);
    });
    const years = this.#years.changes().map(({ bucket: { family, segment }, counts }) => {
      const key = yearsKey(workspace.id, family, segment, shardOf(family) % yearShards);
      return counterAction({ kind: "counters", family }, addAction(tableName, key, counts, {}));
    });
    const log = lateItems(this.#days, causes, workspace, context.now).map(
      (item): LedgerAction => ({
        about: { kind: "log" },
        action: { Put: { TableName: tableName, Item: item } },
      }),
    );
    return [...days, ...years, ...log];
  }
}

function counterAction(
  about: Extract<LedgerAction["about"], { readonly kind: "counters" }>,
  action: LedgerAction["action"],
): LedgerAction {
  return { about, action, spread: about.family };
}
