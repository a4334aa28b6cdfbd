import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { dayOf } from "../../calendar/zones.ts";
import { type AnyEntity, type Dependencies, isSameDependencies } from "../../entities/entity.ts";
import type { Subject } from "../../entities/registry.ts";
import { causesOf, type LateCause } from "../counters/late.ts";
import {
  countedOccurrences,
  type PartialRecount,
  readEntity,
  type StoredEntity,
} from "../records/entities.ts";
import { readWorkspace } from "../settings/workspaces.ts";
import { maxActions } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { isTransient } from "../table/errors.ts";
import { backOff, type Deadline } from "../table/retries.ts";
import { CounterChanges } from "./counter-actions.ts";
import type { PlanContext } from "./plan-context.ts";
import { difference, entityAction } from "./transaction.ts";

/**
 * Counting entities again after a setting or their segments have changed: each entity remembers how it has been counted, so
 * that the difference between then and now is exact, whenever and how often this runs.
 */

/**
 * Counts an entity with the workspace's settings. One whose change does not fit a transaction is counted in steps,
 * up to a day at a time.
 * @param cause why closed days change by it
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function recountEntity(
  context: StoreContext,
  subject: Subject,
  cause: LateCause = "settings",
): Promise<void> {
  const { table, workspace, deadline } = context;
  const dependencies = subject.entity.dependencies(workspace);
  for (let attempt = 0; ; ) {
    const stored = await readEntity(context, subject);
    if (stored.version === 0) return;
    const step = nextStep(stored, dependencies);
    if (!step) return;
    const now = Date.now();
    const plan: PlanContext = {
      tableName: table.name,
      workspace,
      today: dayOf(now, workspace.timeZone),
      commit: "",
      now,
      shard: attempt,
    };
    try {
      const tally = difference(stored, step);
      const causes = causesOf(tally, cause);
      const actions = [entityAction(step, plan), ...CounterChanges.of(tally).actions(causes, plan)];
      await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) && !isTransient(error)) throw error;
      attempt += 1;
      await backOff(attempt, deadline, error);
    }
  }
}

/**
 * Counts entities of one kind with the workspace's settings, and once more where these have changed meanwhile: whoever changed
 * them has all entities counted as well, and may have passed those that this run then put back.
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function recountEntities(
  table: Table,
  workspaceId: string,
  entity: AnyEntity,
  ids: readonly string[],
  deadline: Deadline,
): Promise<void> {
  let counted: Dependencies | undefined;
  for (;;) {
    const workspace = await readWorkspace(table, workspaceId);
    // A workspace that has been removed needs no counters.
    if (!workspace || (counted && isSameDependencies(counted, entity.dependencies(workspace)))) return;
    counted = entity.dependencies(workspace);
    for (const id of ids) await recountEntity({ table, workspace, deadline }, { entity, id });
  }
}

/** The entity after the next step towards the settings, or `undefined` when it is counted with them already. */
export function nextStep(stored: StoredEntity, dependencies: Dependencies): StoredEntity | undefined {
  const { recount, ...rest } = stored;
  if (recount) {
    // What was begun is finished first, with the settings that it was begun with.
    const done: StoredEntity = rest;
    return fits(stored, done) ? done : furtherStep(stored, done, recount);
  }
  if (isSameDependencies(stored.dependencies, dependencies)) return undefined;
  const done: StoredEntity = { ...rest, dependencies };
  const { history } = stored;
  return fits(stored, done)
    ? done
    : furtherStep(stored, done, { previous: { history, dependencies: stored.dependencies } });
}

/** The step that goes as far towards `done` as fits one transaction. */
function furtherStep(
  stored: StoredEntity,
  done: StoredEntity,
  previous: Omit<PartialRecount, "through">,
): StoredEntity {
  const changes = [...countedOccurrences(stored), ...countedOccurrences(done)];
  const days = [...new Set(changes.map(({ day }) => day))]
    .filter((day) => !stored.recount || day > stored.recount.through)
    .sort();
  let low = 0;
  let high = days.length - 1;
  const upTo = (index: number): StoredEntity => ({
    ...done,
    recount: { ...previous, through: days[index] ?? "" },
  });
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(stored, upTo(middle))) low = middle;
    else high = middle - 1;
  }
  return upTo(low);
}

function fits(before: StoredEntity, after: StoredEntity): boolean {
  return 1 + CounterChanges.of(difference(before, after)).countActions() <= maxActions;
}
