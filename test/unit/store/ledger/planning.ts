import { dayOf } from "../../../../lib/domain/calendar/zones.ts";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import { subjectsOf } from "../../../../lib/domain/entities/registry.ts";
import type { Submission } from "../../../../lib/domain/facts/parse.ts";
import type { Workspace } from "../../../../lib/domain/workspace/settings.ts";
import type { PendingFact, RecordingContext } from "../../../../lib/store/ledger/pending-fact.ts";
import { planTransaction } from "../../../../lib/store/ledger/transaction.ts";
import { type StoredEntity, subjectKey, unknownEntity } from "../../../../lib/store/records/stored-entity.ts";
import type { Action } from "../../../../lib/store/table/action.ts";
import { event, response } from "../../../fixtures/facts.ts";
import { workspace } from "../reconciliation/recounts.ts";

/** Transactions of facts that are recorded on one day, planned without a table. */

/** The day on which the facts are recorded. */
export const today = "2025-06-10";
export const now = Date.parse(`${today}T12:00:00Z`);
/** The context of planning, in a workspace with these settings. */
export const contextOf = (changes: Partial<Workspace> = {}): RecordingContext => ({
  ...{ tableName: "table", workspace: { ...workspace, ...changes }, today, now },
  ...{ commit: "this-request", shardOf: () => 21 },
});
export const context = contextOf();

/** A fact on its way into the store. */
function pendingOf({ fact, contentHash }: Submission, placing: Partial<EnrichedFact> = {}): PendingFact {
  const placed = { fact, day: dayOf(fact.occurredAt, "UTC"), segments: {}, ...placing };
  return { ...placed, contentHash, subjects: subjectsOf(placed) };
}

/** An answer of a day. */
export const answered = (id: string, day: string, placing: Partial<EnrichedFact> = {}) =>
  pendingOf(
    response(workspace, { id, survey: "nps", score: 9, occurredAt: `${day}T12:00:00.000Z` }),
    placing,
  );

/** A purchase of a customer. */
export const bought = (id: string, day: string, customerId: string, placing: Partial<EnrichedFact> = {}) =>
  pendingOf(
    event(workspace, {
      ...{ id, type: "purchase.made", orderId: id, customerId, occurredAt: `${day}T12:00:00.000Z` },
      money: { amount: "5.00", currency: "USD" },
    }),
    placing,
  );

/** A customer who joins. */
export const joined = (id: string, day: string, customerId: string) =>
  pendingOf(
    event(workspace, { id, type: "customer.joined", customerId, occurredAt: `${day}T12:00:00.000Z` }),
  );

/** The entities of facts, not stored yet unless told otherwise. */
export function entitiesOf(
  facts: readonly PendingFact[],
  stored: Partial<StoredEntity> = {},
): ReadonlyMap<string, StoredEntity> {
  const subjects = facts.flatMap((fact) => fact.subjects);
  return new Map(
    subjects.map((subject) => [subjectKey(subject), { ...unknownEntity(subject, workspace), ...stored }]),
  );
}

/** A plan with its actions alone, and the entities that are to be counted further. */
export function planned(...input: Parameters<typeof planTransaction>) {
  const { actions, ...rest } = planTransaction(...input);
  const unfinished = rest.entities.filter(({ recount }) => recount);
  return { ...rest, unfinished, actions: actions.map(({ action }) => action) };
}

/** Plans a transaction of facts whose entities are stored like this. */
export const plan = (
  facts: readonly PendingFact[],
  stored: Partial<StoredEntity> = {},
  recording = context,
) => planned(facts, entitiesOf(facts, stored), recording);

/** The updates of a transaction by their keys, each with what it adds and what it sets. */
export function updatesOf(actions: readonly Action[]): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    actions.flatMap(({ Update: update }) => {
      if (!update) return [];
      const [adds = "", sets = ""] = String(update.UpdateExpression).replace("ADD ", "").split(" SET ");
      const names = update.ExpressionAttributeNames ?? {};
      const values = update.ExpressionAttributeValues ?? {};
      const pairs = [
        ...adds.split(", ").map((text) => text.split(" ")),
        ...(sets === "" ? [] : sets.split(", ")).map((text) => text.split(" = ")),
      ];
      const changes = pairs.map(([name = "", value = ""]) => [names[name], values[value]]);
      const { pk, sk } = update.Key ?? {};
      return [[`${pk} ${sk}`, Object.fromEntries(changes)] as const];
    }),
  );
}

/** The items that a transaction puts. */
export const itemsOf = (actions: readonly Action[]) =>
  actions.flatMap(({ Put: put }) => (put?.Item ? [put.Item] : []));
