import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { occurrencesOf } from "../entities/direct/direct.ts";
import { bytesOf } from "../entities/history.ts";
import type { PlacedFact } from "../entities/placed.ts";
import type { Subject } from "../entities/registry.ts";
import { isCumulative, Tally, totalSegment } from "../metrics/counting.ts";
import type { Workspace } from "../workspace/settings.ts";
import {
  countedOccurrences,
  entityItem,
  type PartialRecount,
  type StoredEntity,
  subjectKey,
} from "./entities.ts";
import type { FactKind } from "./keys.ts";
import { counterKey, factCustomerKey, factKey, factTimelineKey, staleTimelineKey, yearsKey } from "./keys.ts";
import { changedTotals, lateItems, loggedDays, Touches, touchedBy } from "./late.ts";

/** From facts to one transaction: the facts, the entities they change and the counters they add to. */

/** How many actions DynamoDB takes in one transaction. */
export const mostActions = 100;

/**
 * About how many bytes a history may take. DynamoDB stores items of 400 KB; an entity that is being counted in steps holds
 * its history twice.
 */
export const mostHistoryBytes = 150_000;

/** Over how many items a day's counters of one segment spread when writers collide. */
export const counterShards = 16;

/** Over how many items the yearly totals spread. Every read of a balance reads them all. */
export const yearShards = 4;

/** A fact on its way into the store. */
export interface PendingFact extends PlacedFact {
  readonly contentHash: string;
  /** The entities that it is about. */
  readonly subjects: readonly Subject[];
}

/** One action of a transaction. */
export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** What one transaction would do. The first `facts.length` actions put the facts, the next ones the entities. */
export interface PlannedTransaction {
  readonly facts: readonly PendingFact[];
  readonly entities: readonly StoredEntity[];
  readonly actions: Action[];
  /** Facts that no transaction can take: the history of an entity that they are about is full. */
  readonly refused: readonly PendingFact[];
  /** The entity that has to be counted further afterwards, if there is one. */
  readonly unfinished?: Subject;
}

/** What planning depends on beside the facts. */
export interface PlanContext {
  readonly tableName: string;
  readonly workspace: Workspace;
  /** The workspace's day now: counters of earlier days are marked for a new snapshot. */
  readonly today: string;
  /** Names this request in the facts that it stores, so that it knows them again. */
  readonly commit: string;
  /** The instant of recording, milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The shard of every counter in this transaction, from 0. */
  readonly shard: number;
}

/**
 * Plans a transaction of as many facts from the front as fit. Where the first fact alone does not, because it changes
 * what follows from a long history, its entity stays as it was counted until it is counted further, in steps.
 * @param stored the entities of these facts as they are stored, by `subjectKey`
 * @throws RangeError when the first fact does not fit in any way
 */
export function planTransaction(
  pending: readonly PendingFact[],
  stored: ReadonlyMap<string, StoredEntity>,
  context: PlanContext,
): PlannedTransaction {
  const tally = new Tally();
  const touches = new Touches();
  const changed = new Map<string, StoredEntity>();
  const facts: PendingFact[] = [];
  const refused: PendingFact[] = [];
  for (const fact of pending) {
    const { tally: added, entities } = effectsOf(fact, stored, changed);
    if (entities.some(({ history }) => bytesOf(history) > mostHistoryBytes)) {
      refused.push(fact);
      continue;
    }
    tally.addAll(added);
    const newEntities = entities.filter((entity) => !changed.has(subjectKey(entity)));
    const items = facts.length + 1 + changed.size + newEntities.length;
    if (items + countActions(tally, context.workspace) > mostActions) {
      tally.addAll(added, -1);
      break;
    }
    touches.note(added, "recorded", fact.fact.id);
    for (const entity of entities) changed.set(subjectKey(entity), entity);
    facts.push(fact);
  }
  const [first] = pending;
  if (facts.length === 0 && refused.length === 0 && first) return planInSteps(first, stored, context);
  return { ...planOf(facts, [...changed.values()], tally, touches, context), refused };
}

/** Plans one fact of which an entity cannot be counted in one transaction. */
function planInSteps(
  fact: PendingFact,
  stored: ReadonlyMap<string, StoredEntity>,
  context: PlanContext,
): PlannedTransaction {
  for (const subject of fact.subjects) {
    const before = stored.get(subjectKey(subject));
    if (!before || before.recount) continue;
    const { history, dependencies } = before;
    const recount = { through: "", previous: { history, dependencies } };
    const { tally, entities } = effectsOf(fact, stored, new Map(), { entity: before, recount });
    const touches = touchedBy(tally, "recorded", [fact.fact.id]);
    const plan = planOf([fact], entities, tally, touches, context);
    if (plan.actions.length <= mostActions) return { ...plan, refused: [], unfinished: subject };
  }
  throw new RangeError("the fact changes more counters than fit one transaction");
}

function planOf(
  facts: readonly PendingFact[],
  entities: readonly StoredEntity[],
  tally: Tally,
  touches: Touches,
  context: PlanContext,
): Omit<PlannedTransaction, "refused"> {
  const persons = new Map(entities.map((entity) => [subjectKey(entity), entity.person] as const));
  const personOf = ({ subjects }: PendingFact) =>
    subjects.map((subject) => persons.get(subjectKey(subject))).find((person) => person !== undefined);
  return {
    facts,
    entities,
    actions: [
      ...facts.map((fact) => factAction(fact, personOf(fact), context)),
      ...entities.map((entity) => entityAction(entity, context)),
      ...counterActions(tally, touches, context),
    ],
  };
}

/**
 * What a fact changes: the entities it is about, and the counters.
 * @param partial an entity whose change is not counted yet
 */
function effectsOf(
  fact: PendingFact,
  stored: ReadonlyMap<string, StoredEntity>,
  changed: ReadonlyMap<string, StoredEntity>,
  partial?: { readonly entity: StoredEntity; readonly recount: PartialRecount },
): { tally: Tally; entities: StoredEntity[] } {
  const tally = new Tally();
  for (const occurrence of occurrencesOf(fact)) tally.count(occurrence);
  const entities = fact.subjects.flatMap((subject) => {
    const before = changed.get(subjectKey(subject)) ?? stored.get(subjectKey(subject));
    if (!before) return [];
    const history = before.entity.apply(before.history, fact);
    const after =
      before === partial?.entity ? { ...before, history, recount: partial.recount } : { ...before, history };
    tally.addAll(difference(before, after));
    return [after];
  });
  return { tally, entities };
}

/** What counting an entity anew changes. */
export function difference(before: StoredEntity, after: StoredEntity): Tally {
  const tally = new Tally();
  for (const occurrence of countedOccurrences(after)) tally.count(occurrence);
  for (const occurrence of countedOccurrences(before)) tally.count(occurrence, -1);
  return tally;
}

function factAction(
  { fact, day, segments, intent, contentHash }: PendingFact,
  person: string | undefined,
  context: PlanContext,
): Action {
  const kind: FactKind = fact.type === "response" ? "responses" : "events";
  const { id, occurredAt, ...body } = fact;
  const instant = new Date(occurredAt).toISOString();
  return {
    Put: {
      TableName: context.tableName,
      Item: {
        ...factKey(context.workspace.id, id),
        ...factTimelineKey(context.workspace.id, kind, day, instant, id),
        ...(fact.customerId === undefined
          ? {}
          : factCustomerKey(context.workspace.id, fact.customerId, instant, id)),
        id,
        day,
        occurredAt,
        recordedAt: context.now,
        contentHash,
        commit: context.commit,
        ...(person === undefined ? {} : { person }),
        body,
        ...(Object.keys(segments).length > 0 ? { segments } : {}),
        ...(intent === undefined ? {} : { intent }),
      },
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** Puts an entity, if it still has the version with which it was read. */
export function entityAction(stored: StoredEntity, { tableName, workspace }: PlanContext): Action {
  const isNew = "attribute_not_exists(pk)";
  const isUnchanged = "#version = :seen";
  return {
    Put: {
      TableName: tableName,
      Item: entityItem(workspace.id, stored),
      ...(stored.version === 0
        ? { ConditionExpression: isNew }
        : {
            ConditionExpression: isUnchanged,
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":seen": stored.version },
          }),
    },
  };
}

interface YearTotal {
  readonly family: string;
  readonly segment: string;
  readonly counts: Map<string, bigint>;
}

/** What a tally adds to the yearly totals, by family and segment. */
function yearTotals(tally: Tally): YearTotal[] {
  const totals = new Map<string, YearTotal>();
  for (const { bucket, counts } of tally.changes()) {
    for (const [counter, amount] of counts) {
      if (!isCumulative(bucket.family, counter)) continue;
      const key = `${bucket.family}\n${bucket.segment}`;
      const total = totals.get(key) ?? { family: bucket.family, segment: bucket.segment, counts: new Map() };
      const attribute = yearCounter(bucket.day, counter);
      total.counts.set(attribute, (total.counts.get(attribute) ?? 0n) + amount);
      totals.set(key, total);
    }
  }
  return [...totals.values()]
    .map((total) => ({ ...total, counts: new Map([...total.counts].filter(([, amount]) => amount !== 0n)) }))
    .filter(({ counts }) => counts.size > 0);
}

/** The attribute of a yearly total: `2026:new`. */
export function yearCounter(day: string, counter: string): string {
  return `${day.slice(0, 4)}:${counter}`;
}

/**
 * How many actions the counters of a tally take.
 * @param workspace where the tally comes from facts: their log is counted as well
 */
export function countActions(tally: Tally, workspace?: Workspace): number {
  const logged = workspace ? loggedDays(tally, workspace).length : 0;
  return tally.changes().length + yearTotals(tally).length + logged;
}

/**
 * The updates of all counters that a tally changes, and the log of the facts that did.
 * @param touches what brought the tally about
 */
export function counterActions(tally: Tally, touches: Touches, context: PlanContext): Action[] {
  const { workspace, shard, today } = context;
  const changed = changedTotals(tally);
  const days = tally.changes().map(({ bucket, counts }) => {
    const isStale = bucket.day < today && bucket.segment === totalSegment;
    return addAction(
      context.tableName,
      counterKey(workspace.id, bucket.family, bucket.segment, bucket.day, shard % counterShards),
      isStale ? new Map([...counts, ...touches.countersOf(bucket, changed)]) : counts,
      isStale ? staleTimelineKey(workspace.id, bucket.day, bucket.family, shard % counterShards) : {},
    );
  });
  const years = yearTotals(tally).map(({ family, segment, counts }) =>
    addAction(context.tableName, yearsKey(workspace.id, family, segment, shard % yearShards), counts, {}),
  );
  const log = lateItems(tally, touches, workspace, context.now).map((item) => ({
    Put: { TableName: context.tableName, Item: item },
  }));
  return [...days, ...years, ...log];
}

/** An action that adds to counters. */
export interface AddAction {
  readonly Update: NonNullable<Action["Update"]>;
}

/**
 * Adds to the counters of one item, which is made where there is none, and counts the write (`w`).
 * @param marks attributes to set beside
 */
export function addAction(
  tableName: string,
  key: object,
  counts: ReadonlyMap<string, bigint>,
  marks: object,
): AddAction {
  const names: Record<string, string> = { "#w": "w" };
  const values: Record<string, unknown> = { ":one": 1 };
  const additions = ["#w :one"];
  for (const [index, [counter, amount]] of [...counts].entries()) {
    names[`#c${index}`] = counter;
    values[`:c${index}`] = amount;
    additions.push(`#c${index} :c${index}`);
  }
  const settings = Object.entries(marks).map(([name, value], index) => {
    names[`#m${index}`] = name;
    values[`:m${index}`] = value;
    return `#m${index} = :m${index}`;
  });
  return {
    Update: {
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: `ADD ${additions.join(", ")}${settings.length > 0 ? ` SET ${settings.join(", ")}` : ""}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}
