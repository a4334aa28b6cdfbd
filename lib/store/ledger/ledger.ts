import { randomInt, randomUUID } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import { dayOf } from "../../calendar/zones.ts";
import { type Subject, subjectsOf } from "../../entities/registry.ts";
import type { Submission } from "../../facts/parse.ts";
import type { FurtherTries } from "../../telemetry/further-tries.ts";
import { counterShards } from "../counters/place.ts";
import { groupingsOf } from "../records/dimensions.ts";
import { readEntities, type StoredEntity, subjectKey } from "../records/entities.ts";
import {
  type FactIdentity,
  identityOfConflictingItem,
  readIdentities,
  readIdentity,
} from "../records/fact-identity.ts";
import { erasedContent } from "../records/facts.ts";
import { maxActions } from "../table/action.ts";
import type { StoreContext } from "../table/context.ts";
import { isTransient, StoreError } from "../table/errors.ts";
import { backOff } from "../table/retries.ts";
import { recountEntity } from "./recount.ts";
import { type PendingFact, type PlannedTransaction, planTransaction } from "./transaction.ts";

/**
 * The ledger: stores facts and counts them, exactly once. A fact, the entities it changes and the counters it adds to
 * are one transaction whose condition is that the fact's id is new in its workspace.
 */

/** What became of a fact: `refused` because the history of what it is about is full. */
export type Outcome = "recorded" | "duplicate" | "conflict" | "refused";

/** What became of the facts of one call. */
export interface LedgerReport {
  /** In the order of the submissions. */
  readonly outcomes: readonly Outcome[];
}

/** At most how many facts, and for how many entities, are looked at for the first transaction of a request. */
const maxFactsAhead = maxActions;
const firstEntitiesAhead = 50;
const minEntitiesAhead = 10;

/**
 * Records facts of one workspace.
 * @param onTries hears once, at the end, what it took
 * @throws StoreError `unavailable` when the table did not take them in time. Some may be stored by then: sending
 *   all of them again is safe.
 */
export async function recordFacts(
  context: StoreContext,
  submissions: readonly Submission[],
  onTries: (tries: FurtherTries) => void = () => {},
): Promise<LedgerReport> {
  const firsts = new Map<string, number>();
  for (const [index, { fact }] of submissions.entries()) {
    if (!firsts.has(fact.id)) firsts.set(fact.id, index);
  }
  const pending = await place(context, submissions);
  const session = new Session(context, pending);
  const stored = await session.run().finally(() => {
    onTries({ retries: session.retries, shardHops: session.shardHops });
  });
  return {
    outcomes: submissions.map(({ fact, contentHash }, index) => {
      const known = stored.get(fact.id);
      if (!known) return "refused";
      // What was erased cannot be compared any more: it is there, and sending it again restores nothing.
      const isSame = known.contentHash === contentHash || known.contentHash === erasedContent;
      if (!isSame) return "conflict";
      return known.commit === session.commit && firsts.get(fact.id) === index ? "recorded" : "duplicate";
    }),
  };
}

/** What is to be stored, by id: of several submissions with one id the first. */
async function place(
  { table, workspace }: StoreContext,
  submissions: readonly Submission[],
): Promise<Map<string, PendingFact>> {
  const firsts = new Map<string, Submission & { readonly day: Day }>();
  for (const submission of submissions) {
    const { id, occurredAt } = submission.fact;
    if (!firsts.has(id)) firsts.set(id, { ...submission, day: dayOf(occurredAt, workspace.timeZone) });
  }
  const dated = [...firsts.values()];
  const groupings = await groupingsOf(table, workspace, dated);
  const pending = new Map<string, PendingFact>();
  for (const [index, { fact, contentHash, day, publicKey }] of dated.entries()) {
    const { segments = {}, ...intent } = groupings[index] ?? {};
    const sender = publicKey === undefined ? {} : { publicKey: publicKey.id };
    const placed = { fact, day, segments, ...intent, ...sender };
    pending.set(fact.id, { ...placed, contentHash, subjects: subjectsOf(placed) });
  }
  return pending;
}

/** One request's way through the ledger. */
class Session {
  /** Names this request in the facts that it stores: a commit whose answer was lost is known again as its own. */
  readonly commit = randomUUID();
  retries = 0;
  shardHops = 0;
  readonly #context: StoreContext;
  readonly #pending: Map<string, PendingFact>;
  readonly #stored = new Map<string, FactIdentity>();
  /** Entities that may not be counted to the end yet. */
  #begun: Subject[] = [];
  #entities = new Map<string, StoredEntity>();
  #entitiesAhead = firstEntitiesAhead;
  #attempt = 0;
  #shard = 0;

  constructor(context: StoreContext, pending: Map<string, PendingFact>) {
    this.#context = context;
    this.#pending = pending;
  }

  /**
   * Works until every fact is stored, by this request or by an earlier one, or refused.
   * @returns those that are stored
   */
  async run(): Promise<ReadonlyMap<string, FactIdentity>> {
    while (this.#pending.size > 0) {
      // A store that is slow but takes everything leaves no try to end the request at.
      if (this.#context.deadline.remaining() <= 0) {
        throw new StoreError("unavailable", "the store did not accept all facts in time");
      }
      const next = this.#next();
      await this.#loadEntities(next.flatMap(({ subjects }) => subjects));
      const plan = this.#plan(next);
      for (const fact of plan.refused) await this.#refuse(fact);
      if (plan.facts.length > 0) await this.#commit(plan);
      await this.#finishBegun();
    }
    return this.#stored;
  }

  async #commit(plan: PlannedTransaction): Promise<void> {
    try {
      await this.#context.table.client.send(new TransactWriteCommand({ TransactItems: plan.actions }));
      this.#committed(plan);
    } catch (error) {
      await this.#recover(plan, error);
    }
  }

  /** The facts that may fit the next transaction: entities that do not would be read for nothing. */
  #next(): PendingFact[] {
    const entities = new Set<string>();
    const next: PendingFact[] = [];
    for (const pending of this.#pending.values()) {
      for (const subject of pending.subjects) entities.add(subjectKey(subject));
      if (next.length === maxFactsAhead || (next.length > 0 && entities.size > this.#entitiesAhead)) break;
      next.push(pending);
    }
    return next;
  }

  #plan(next: readonly PendingFact[]): PlannedTransaction {
    const now = Date.now();
    // The first try meets few others; each further one spreads over twice as many shards.
    const shard = randomInt(Math.min(counterShards, 2 ** this.#attempt));
    if (this.#attempt > 0 && shard !== this.#shard) this.shardHops += 1;
    this.#shard = shard;
    return planTransaction(next, this.#entities, {
      tableName: this.#context.table.name,
      workspace: this.#context.workspace,
      today: dayOf(now, this.#context.workspace.timeZone),
      commit: this.commit,
      now,
      shard,
    });
  }

  #committed(plan: PlannedTransaction): void {
    for (const { fact, contentHash } of plan.facts) {
      this.#stored.set(fact.id, { contentHash, commit: this.commit, inSteps: false });
      this.#pending.delete(fact.id);
    }
    if (plan.unfinished !== undefined) this.#begun.push(plan.unfinished);
    // Facts of one kind take about as much room in the next transaction; a little more, to find out if more fit.
    this.#entitiesAhead = Math.max(minEntitiesAhead, Math.ceil(plan.entities.length * 1.1));
    // What was read for later transactions may be outdated by then: only what this one wrote is known.
    this.#entities = new Map(
      plan.entities.map((entity) => [subjectKey(entity), { ...entity, version: entity.version + 1 }]),
    );
    this.#attempt = 0;
  }

  /** Finds out why a transaction failed, and puts right what can be put right before the next try. */
  async #recover(plan: PlannedTransaction, error: unknown): Promise<void> {
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons ?? [];
      const failed = (from: number, count: number) =>
        reasons
          .slice(from, from + count)
          .flatMap((reason, index) => (reason.Code === "ConditionalCheckFailed" ? [{ reason, index }] : []));
      if (reasons.some(({ Code }) => Code === "ValidationError")) throw error;
      const known = failed(0, plan.facts.length);
      for (const { reason, index } of known) {
        const fact = plan.facts[index];
        if (!fact) continue;
        // Not every engine answers the item that was in the way.
        const found =
          identityOfConflictingItem(reason.Item) ??
          (await readIdentity(this.#context.table, this.#context.workspace.id, fact.fact.id));
        if (found !== undefined) this.#known(fact, found);
      }
      const outdated = failed(plan.facts.length, plan.entities.length);
      for (const { index } of outdated) {
        const entity = plan.entities[index];
        if (entity) this.#entities.delete(subjectKey(entity));
      }
      // Where nothing of a transaction is new, the request has been sent before: finding out the rest by failing writes is dear.
      if (known.length === plan.facts.length) await this.#lookUp();
      if (known.length > 0) return;
    } else if (!isTransient(error)) {
      throw error;
    }
    this.#attempt += 1;
    this.retries += 1;
    await backOff(this.#attempt, this.#context.deadline, error);
  }

  /** Takes note of a fact that is stored already, be it by a try of this request whose answer was lost. */
  #known({ fact, subjects }: PendingFact, found: FactIdentity): void {
    this.#stored.set(fact.id, found);
    this.#pending.delete(fact.id);
    if (found.inSteps) this.#begun.push(...subjects);
  }

  /** Finds out which of the pending facts are stored already. */
  async #lookUp(): Promise<void> {
    const ids = [...this.#pending.keys()];
    for (const [id, found] of await readIdentities(
      this.#context.table,
      this.#context.workspace.id,
      ids,
      this.#context.deadline,
    )) {
      const pending = this.#pending.get(id);
      if (pending) this.#known(pending, found);
    }
  }

  /** A fact that does not fit any more may still be there from when it did. */
  async #refuse(pending: PendingFact): Promise<void> {
    const found = await readIdentity(this.#context.table, this.#context.workspace.id, pending.fact.id);
    if (found !== undefined) this.#known(pending, found);
    this.#pending.delete(pending.fact.id);
  }

  /** Reads the entities of these facts that are not known yet: right before they are needed, so that few are outdated. */
  async #loadEntities(subjects: readonly Subject[]): Promise<void> {
    const byKey = new Map(subjects.map((subject) => [subjectKey(subject), subject] as const));
    const missing = [...byKey].filter(([key]) => !this.#entities.has(key)).map(([, subject]) => subject);
    const read = await readEntities(this.#context, missing);
    // Somebody was interrupted in counting a long history anew. As it is now it is not kept: who is interrupted here reads it again.
    const unfinished = [...read.values()].filter(({ recount }) => recount);
    for (const entity of unfinished) read.delete(subjectKey(entity));
    this.#entities = new Map([...this.#entities, ...read]);
    for (const entity of unfinished) await this.#finish(entity);
    if (unfinished.length > 0) await this.#loadEntities(subjects);
  }

  /** Counts to the end what has been begun, so that nothing is acknowledged before. */
  async #finishBegun(): Promise<void> {
    const subjects = this.#begun;
    this.#begun = [];
    for (const subject of subjects) this.#entities.delete(subjectKey(subject));
    for (let attempt = 1; subjects.length > 0; attempt += 1) {
      try {
        return await this.#loadEntities(subjects);
      } catch (error) {
        if (!isTransient(error)) throw error;
        await backOff(attempt, this.#context.deadline, error);
      }
    }
  }

  /** Counts an entity with a long history to the end, a transaction at a time. */
  async #finish(subject: Subject): Promise<void> {
    await recountEntity(this.#context, subject, "recorded");
  }
}
