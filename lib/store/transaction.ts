import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { applyToCustomer, customerOf, occurrencesOf, type PlacedFact } from "../entities/apply.ts";
import { cumulativeOf, Tally, totalSegment } from "../metrics/counting.ts";
import type { Workspace } from "../workspace/settings.ts";
import { countedOccurrences, customerItem, type StoredCustomer } from "./customers.ts";
import type { FactKind } from "./keys.ts";
import { counterKey, factCustomerKey, factKey, factTimelineKey, staleTimelineKey, yearsKey } from "./keys.ts";
import { changedTotals, lateItems, loggedDays, Touches, touchedBy } from "./late.ts";

/** From facts to one transaction: the facts, the customers they change and the counters they add to. */

/** How many actions DynamoDB takes in one transaction. */
export const mostActions = 100;

/** Over how many items a day's counters of one segment spread when writers collide. */
export const counterShards = 16;

/** Over how many items the yearly totals spread. Every read of a balance reads them all. */
export const yearShards = 4;

/** A fact on its way into the store. */
export interface PendingFact extends PlacedFact {
  readonly contentHash: string;
}

/** One action of a transaction. */
export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** What one transaction would do. The first `facts.length` actions put the facts, the next ones the customers. */
export interface PlannedTransaction {
  readonly facts: readonly PendingFact[];
  readonly customers: readonly StoredCustomer[];
  readonly actions: Action[];
  /** The customer who has to be counted further afterwards, if there is one. */
  readonly unfinished?: string;
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
 * Plans a transaction of as many facts from the front as fit. Where the first fact alone does not, because it changes the
 * segments of a customer with a long history, these stay as they were counted until the customer is counted further.
 * @param customers the customers of these facts as they are stored
 * @throws RangeError when the first fact does not fit in any way
 */
export function planTransaction(
  pending: readonly PendingFact[],
  customers: ReadonlyMap<string, StoredCustomer>,
  context: PlanContext,
): PlannedTransaction {
  const tally = new Tally();
  const touches = new Touches();
  const changed = new Map<string, StoredCustomer>();
  const facts: PendingFact[] = [];
  for (const fact of pending) {
    const { tally: added, customer } = effectsOf(fact, customers, changed);
    const together = new Tally();
    together.addAll(tally);
    together.addAll(added);
    const isNewCustomer = customer !== undefined && !changed.has(customer.id);
    const actions =
      facts.length + 1 + changed.size + (isNewCustomer ? 1 : 0) + countActions(together, context.workspace);
    if (actions > mostActions) break;
    tally.addAll(added);
    touches.note(added, "recorded", fact.fact.id);
    if (customer) changed.set(customer.id, customer);
    facts.push(fact);
  }
  const [first] = pending;
  if (facts.length === 0 && first) return planInSteps(first, customers, context);
  return planOf(facts, [...changed.values()], tally, touches, context);
}

/** Plans one fact whose customer cannot be counted in one transaction. */
function planInSteps(
  fact: PendingFact,
  customers: ReadonlyMap<string, StoredCustomer>,
  context: PlanContext,
): PlannedTransaction {
  const before = customers.get(customerOf(fact.fact) ?? "");
  const previousSegments = before?.history.origin?.segments;
  if (before && previousSegments && !before.recount) {
    const recount = { through: "", previousInactivityDays: before.inactivityDays, previousSegments };
    const after = { ...before, history: applyToCustomer(before.history, fact), recount };
    const tally = difference(before, after);
    for (const occurrence of occurrencesOf(fact)) tally.count(occurrence);
    const touches = touchedBy(tally, "recorded", [fact.fact.id]);
    const plan = planOf([fact], [after], tally, touches, context);
    if (plan.actions.length <= mostActions) return { ...plan, unfinished: before.id };
  }
  throw new RangeError("the fact changes more counters than fit one transaction");
}

function planOf(
  facts: readonly PendingFact[],
  customers: readonly StoredCustomer[],
  tally: Tally,
  touches: Touches,
  context: PlanContext,
): PlannedTransaction {
  const persons = new Map(customers.map(({ id, person }) => [id, person] as const));
  return {
    facts,
    customers,
    actions: [
      ...facts.map((fact) => factAction(fact, persons.get(customerOf(fact.fact) ?? ""), context)),
      ...customers.map((customer) => customerAction(customer, context)),
      ...counterActions(tally, touches, context),
    ],
  };
}

/** What a fact changes: the customer it belongs to, and the counters. */
function effectsOf(
  fact: PendingFact,
  stored: ReadonlyMap<string, StoredCustomer>,
  changed: ReadonlyMap<string, StoredCustomer>,
): { tally: Tally; customer: StoredCustomer | undefined } {
  const tally = new Tally();
  for (const occurrence of occurrencesOf(fact)) tally.count(occurrence);
  const id = customerOf(fact.fact);
  const before = id === undefined ? undefined : (changed.get(id) ?? stored.get(id));
  if (!before) return { tally, customer: undefined };
  const after = { ...before, history: applyToCustomer(before.history, fact) };
  tally.addAll(difference(before, after));
  return { tally, customer: after };
}

/** What counting a customer anew changes. */
export function difference(before: StoredCustomer, after: StoredCustomer): Tally {
  const tally = new Tally();
  for (const occurrence of countedOccurrences(after)) tally.count(occurrence);
  for (const occurrence of countedOccurrences(before)) tally.count(occurrence, -1);
  return tally;
}

function factAction(
  { fact, day, segments, contentHash }: PendingFact,
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
      },
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** Puts a customer, if it still has the version with which it was read. */
export function customerAction(customer: StoredCustomer, { tableName, workspace }: PlanContext): Action {
  const isNew = "attribute_not_exists(pk)";
  const isUnchanged = "#version = :seen";
  return {
    Put: {
      TableName: tableName,
      Item: customerItem(workspace.id, customer),
      ...(customer.version === 0
        ? { ConditionExpression: isNew }
        : {
            ConditionExpression: isUnchanged,
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":seen": customer.version },
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
    const cumulative = cumulativeOf(bucket.family);
    for (const [counter, amount] of counts) {
      if (!cumulative.has(counter)) continue;
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
