import type { Day } from "../../domain/calendar/days.ts";
import { type AnyEntity, type Dependencies, isSameDependencies } from "../../domain/entities/entity.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import type { Tally } from "../../domain/metrics/counting.ts";
import type { LateCause } from "../../domain/metrics/restated-day.ts";
import { ChangeCauses } from "../counters/change-causes.ts";
import { readEntities, readEntity } from "../records/entities.ts";
import type { CountedState, StoredEntity } from "../records/stored-entity.ts";
import { readWorkspace } from "../settings/workspaces.ts";
import { maxActions } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import type { Deadline } from "../table/retries.ts";
import { commitCounted } from "./commit-counted.ts";
import { CounterChanges } from "./counter-actions.ts";
import { differenceBetween } from "./difference.ts";
import { entityActions, writtenEntity } from "./entity-actions.ts";
import { type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";

/**
 * Counting entities again after a setting or their segments have changed: each entity remembers how it has been counted, so
 * that the difference between then and now is exact, whenever and how often this runs.
 */

/**
 * Counts an entity with the workspace's settings. One whose change does not fit a transaction is counted in steps,
 * up to a day at a time.
 * @param cause why closed days change by it; what somebody else has begun keeps its own
 * @throws StoreError `unavailable` when there was not enough time: what was counted stays so, and the next one goes on
 */
export async function recountEntity(
  context: StoreContext,
  subject: Subject,
  cause: LateCause = "settings",
): Promise<void> {
  const dependencies = subject.entity.dependencies(context.workspace);
  let position: Position | undefined;
  for (;;) {
    position = await commitCounted<Position | undefined>(context, async (attempt) => {
      // As long as nobody else writes it, an entity is as the step before has left it.
      if (!position || attempt.refusal)
        position = positionOf(await readEntity(context, subject), dependencies, cause);
      if (!position.left) return { actions: [], result: undefined };
      const step = nextStep(position.entity, position.left, planContextOf(context, attempt));
      const { entity, left, actions } = step;
      return { actions, result: left ? { entity, left } : positionOf(entity, dependencies, cause) };
    });
    if (!position?.left) return;
  }
}

/** How far the counting of an entity has come. */
interface Position {
  readonly entity: StoredEntity;
  /** The rest of the recount; `undefined` when it is done. */
  readonly left: Remaining | undefined;
}

/** The rest of an entity's recount. */
interface Remaining {
  readonly previous: CountedState;
  readonly cause: LateCause;
  /** The entity as it will be. */
  readonly done: StoredEntity;
  /** Changes by day, the earliest first. */
  readonly days: readonly { readonly day: Day; readonly tally: Tally }[];
}

function positionOf(entity: StoredEntity, dependencies: Dependencies, cause: LateCause): Position {
  return { entity, left: entity.version === 0 ? undefined : remainingOf(entity, dependencies, cause) };
}

/** A recount that was begun is finished first, with the settings that it was begun with, and as what it was begun. */
function remainingOf(
  stored: StoredEntity,
  dependencies: Dependencies,
  cause: LateCause,
): Remaining | undefined {
  const { recount, ...rest } = stored;
  if (!recount && isSameDependencies(stored.dependencies, dependencies)) return undefined;
  const done: StoredEntity = recount ? rest : { ...rest, dependencies };
  const previous = recount?.previous ?? { history: stored.history, dependencies: stored.dependencies };
  const through = recount?.through ?? "";
  const occurrencesOf = (state: CountedState) =>
    Map.groupBy(stored.entity.derive(state.history, state.dependencies), ({ day }) => day);
  const [before, after] = [occurrencesOf(previous), occurrencesOf(done)];
  const days = [...new Set([...before.keys(), ...after.keys()])].filter((day) => day > through).sort();
  return {
    ...{ previous, done, cause: recount?.cause ?? cause },
    days: days
      .map((day) => ({ day, tally: differenceBetween(before.get(day) ?? [], after.get(day) ?? []) }))
      .filter(({ tally }) => tally.size > 0),
  };
}

/** The step that goes as far as fits one transaction. */
function nextStep(
  stored: StoredEntity,
  { previous, done, cause, days }: Remaining,
  context: PlanContext,
): { entity: StoredEntity; left: Remaining | undefined; actions: readonly LedgerAction[] } {
  const changes = new CounterChanges();
  const causes = new ChangeCauses();
  let taken = 0;
  for (const { tally } of days) {
    changes.add(tally);
    // Beside the counters the entity and how far it has come.
    if (taken > 0 && !changes.fit(maxActions - 2)) {
      changes.add(tally, -1);
      break;
    }
    causes.note(tally, cause);
    taken += 1;
  }
  const isLast = taken === days.length;
  const through = days[taken - 1]?.day ?? "";
  const after = isLast ? done : { ...done, recount: { previous, through, cause } };
  const current = { ...after, version: stored.version };
  const entity = writtenEntity(stored, current);
  return {
    entity,
    left: isLast ? undefined : { previous, done, cause, days: days.slice(taken) },
    actions: [...entityActions(stored, current, context), ...changes.actions(causes, context)],
  };
}

/**
 * Entities as they are now, by `subjectKey`, all of them counted to the end: what somebody was interrupted in is finished first.
 * @throws StoreError `unavailable` when there was not enough time
 */
export async function readSettledEntities(
  context: StoreContext,
  subjects: readonly Subject[],
): Promise<Map<string, StoredEntity>> {
  const found = await readEntities(context, subjects);
  const unfinished = [...found.values()].filter(({ recount }) => recount);
  for (const entity of unfinished) await recountEntity(context, entity);
  if (unfinished.length === 0) return found;
  for (const [key, entity] of await readSettledEntities(context, unfinished)) found.set(key, entity);
  return found;
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
