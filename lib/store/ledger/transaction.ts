import { occurrencesOf } from "../../entities/direct/direct.ts";
import { bytesOf } from "../../entities/history.ts";
import type { EnrichedFact } from "../../entities/placed.ts";
import type { Subject } from "../../entities/registry.ts";
import { Tally } from "../../metrics/counting.ts";
import { ChangeCauses, causesOf } from "../counters/late.ts";
import {
  countedOccurrences,
  entityItem,
  type PartialRecount,
  type StoredEntity,
  subjectKey,
} from "../records/entities.ts";
import { type Action, maxActions } from "../table/action.ts";
import type { FactKind } from "../table/keys.ts";
import { factCustomerKey, factKey, factTimelineKey } from "../table/keys.ts";
import { CounterChanges } from "./counter-actions.ts";
import type { PlanContext } from "./plan-context.ts";

/** From facts to one transaction: the facts, the entities they change and the counters they add to. */

/**
 * About how many bytes a history may take. DynamoDB stores items of 400 KB; an entity that is being counted in steps holds
 * its history twice.
 */
export const maxHistoryBytes = 150_000;

/** Facts of public keys are taken only while a history is shorter than this: the rest is kept for senders who are trusted. */
export const maxHistoryBytesForPublicKeys = maxHistoryBytes / 10;

/** A fact on its way into the store. */
export interface PendingFact extends EnrichedFact {
  readonly contentHash: string;
  /** The entities that it is about. */
  readonly subjects: readonly Subject[];
}

/** What one transaction would do. The first `facts.length` actions put the facts, the next ones the entities. */
export interface PlannedTransaction {
  readonly facts: readonly PendingFact[];
  readonly entities: readonly StoredEntity[];
  readonly actions: Action[];
  /** Facts that no transaction can take: the history of an entity that they are about has no room for them. */
  readonly refused: readonly PendingFact[];
  /** The entity that has to be counted further afterwards, if there is one. */
  readonly unfinished?: Subject;
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
  const changes = new CounterChanges();
  const causes = new ChangeCauses();
  const changed = new Map<string, StoredEntity>();
  const facts: PendingFact[] = [];
  const refused: PendingFact[] = [];
  for (const fact of pending) {
    const { tally: added, entities } = effectsOf(fact, stored, changed);
    const room = fact.publicKey === undefined ? maxHistoryBytes : maxHistoryBytesForPublicKeys;
    if (entities.some(({ history }) => bytesOf(history) > room)) {
      refused.push(fact);
      continue;
    }
    changes.add(added);
    const newEntities = entities.filter((entity) => !changed.has(subjectKey(entity)));
    const items = facts.length + 1 + changed.size + newEntities.length;
    if (items + changes.countActions(context.workspace) > maxActions) {
      changes.add(added, -1);
      break;
    }
    causes.note(added, "recorded", fact.fact.id);
    for (const entity of entities) changed.set(subjectKey(entity), entity);
    facts.push(fact);
  }
  const [first] = pending;
  if (facts.length === 0 && refused.length === 0 && first) return planInSteps(first, stored, context);
  return { ...planOf(facts, [...changed.values()], changes, causes, context), refused };
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
    const causes = causesOf(tally, "recorded", [fact.fact.id]);
    const plan = planOf([fact], entities, CounterChanges.of(tally), causes, context, { inSteps: true });
    if (plan.actions.length <= maxActions) return { ...plan, refused: [], unfinished: subject };
  }
  throw new RangeError("the fact changes more counters than fit one transaction");
}

/** @param marks what else the facts' items say */
function planOf(
  facts: readonly PendingFact[],
  entities: readonly StoredEntity[],
  changes: CounterChanges,
  causes: ChangeCauses,
  context: PlanContext,
  marks: object = {},
): Omit<PlannedTransaction, "refused"> {
  const persons = new Map(entities.map((entity) => [subjectKey(entity), entity.person] as const));
  const personOf = ({ subjects }: PendingFact) =>
    subjects.map((subject) => persons.get(subjectKey(subject))).find((person) => person !== undefined);
  return {
    facts,
    entities,
    actions: [
      ...facts.map((fact) => factAction(fact, personOf(fact), context, marks)),
      ...entities.map((entity) => entityAction(entity, context)),
      ...changes.actions(causes, context),
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
  { fact, day, segments, intent, publicKey, contentHash }: PendingFact,
  person: string | undefined,
  context: PlanContext,
  marks: object,
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
        ...marks,
        ...(person === undefined ? {} : { person }),
        body,
        ...(Object.keys(segments).length > 0 ? { segments } : {}),
        ...(intent === undefined ? {} : { intent }),
        ...(publicKey === undefined ? {} : { publicKey }),
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
