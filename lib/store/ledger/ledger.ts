import { randomUUID } from "node:crypto";
import type { Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { type Subject, subjectsOf } from "../../domain/entities/registry.ts";
import { linkedOrderOf, orderKeyOf } from "../../domain/facts/orders.ts";
import type { Fact, Submission } from "../../domain/facts/parse.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { FurtherTries } from "../../telemetry/further-tries.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { groupingsOf } from "../records/dimensions.ts";
import {
  type FactIdentity,
  identityOfConflictingItem,
  readIdentities,
  readIdentity,
} from "../records/fact-identity.ts";
import { erasedContent } from "../records/facts.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { noteEntityKinds } from "../settings/entity-kinds.ts";
import { maxActions } from "../table/action.ts";
import { type Attempt, commit, type Refusal, type Transaction, type Tries } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { commitCounted } from "./commit-counted.ts";
import { writtenEntity } from "./entity-actions.ts";
import { planLatest } from "./latest-answer.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import { type About, planContextOf } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";
import { planReplacement, type ReplacementProblem } from "./replacement.ts";
import { type PlannedTransaction, planTransaction } from "./transaction.ts";

/**
 * The ledger: stores facts and counts them, exactly once. A fact, the entities it changes and the counters it adds to
 * are one transaction whose condition is that the fact's id is new in its workspace.
 */

/** The outcome of a fact: `refused` because the history that it belongs to is full, and why it cannot replace another one. */
export type Outcome = "recorded" | "duplicate" | "conflict" | "refused" | ReplacementProblem;

/** The outcomes of the facts of one call. */
export interface LedgerReport {
  /** In the order of the submissions. */
  readonly outcomes: readonly Outcome[];
  /** What was written beside them for webhooks, to be handed over now. What is not, be it since this failed half-way, is swept up later. */
  readonly entries: readonly OutboxEntry[];
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
    onTries(session.tries);
  });
  return {
    entries: session.entries,
    outcomes: submissions.map(({ fact, contentHash }, index) => {
      const known = stored.get(fact.id);
      if (!known) return session.problemOf(fact.id) ?? "refused";
      // An erased fact cannot be compared any more: it is there, and sending it again restores nothing.
      const isSame = known.contentHash === contentHash || known.contentHash === erasedContent;
      if (!isSame) return "conflict";
      return known.commit === session.commit && firsts.get(fact.id) === index ? "recorded" : "duplicate";
    }),
  };
}

/** Facts to be stored, by id: of several submissions with one id the first. */
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
  for (const [index, { fact, contentHash, day, publicKey, replacesFrom }] of dated.entries()) {
    const { segments = {}, countedAs } = groupings[index] ?? {};
    const orderKey = linkedOrderKey(fact, workspace);
    const placed = { fact, day, segments, countedAs, orderKey, publicKey: publicKey?.id };
    pending.set(fact.id, { ...placed, contentHash, replacesFrom, subjects: subjectsOf(placed) });
  }
  return pending;
}

/** Whether a fact is alone in its transaction, since it may take another one out of the counts. */
function isAlone({ fact }: PendingFact): boolean {
  return fact.supersedes !== undefined || ("latest" in fact && fact.latest !== undefined);
}

/** What stands for a fact's order, in a workspace that links them. */
function linkedOrderKey(fact: Fact, { linkOrders, orderSecret }: Workspace): string | undefined {
  const orderId = linkOrders ? linkedOrderOf(fact) : undefined;
  return orderId === undefined || orderSecret === undefined ? undefined : orderKeyOf(orderSecret, orderId);
}

/** One request's way through the ledger. */
class Session {
  /** Names this request in the facts that it stores: a commit whose answer was lost is known again as its own. */
  readonly commit = randomUUID();
  readonly tries: Tries = { retries: 0, shardHops: 0 };
  /** What its transactions wrote for webhooks. */
  readonly entries: OutboxEntry[] = [];
  readonly #context: StoreContext;
  readonly #pending: Map<string, PendingFact>;
  readonly #stored = new Map<string, FactIdentity>();
  readonly #problems = new Map<string, ReplacementProblem>();
  /** Entities that may not be counted to the end yet, by `subjectKey`. */
  readonly #begun = new Map<string, Subject>();
  #entities = new Map<string, StoredEntity>();
  #entitiesAhead = firstEntitiesAhead;
  /** How many facts the transaction has that was tried last. */
  #tried = 0;

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
      const plan = await commitCounted(this.#context, (attempt) => this.#plan(attempt), {
        tries: this.tries,
        onRefusal: (refusal) => this.#learn(refusal),
      });
      if (plan.facts.length > 0) this.#committed(plan);
      await this.#finishBegun();
    }
    return this.#stored;
  }

  async #plan(attempt: Attempt<About>): Promise<Transaction<PlannedTransaction, About>> {
    const next = this.#next();
    const context = { ...planContextOf(this.#context, attempt), commit: this.commit };
    await this.#loadEntities(next.flatMap(({ subjects }) => subjects));
    const [first] = next;
    const plan =
      first && isAlone(first)
        ? await this.#planAlone(first, context)
        : planTransaction(next, this.#entities, context);
    for (const fact of plan.refused) await this.#refuse(fact);
    this.#tried = plan.facts.length;
    return { actions: plan.actions, result: plan };
  }

  async #planAlone(pending: PendingFact, context: RecordingContext): Promise<PlannedTransaction> {
    const { supersedes } = pending.fact;
    const plan = await (supersedes === undefined
      ? planLatest(this.#context, pending, this.#entities, context)
      : planReplacement(this.#context, pending, supersedes, context));
    if (typeof plan !== "string") return plan;
    this.#problems.set(pending.fact.id, plan);
    return { facts: [], refused: [pending], entities: [], actions: [] };
  }

  /** Why a fact could not replace the one that it names. */
  problemOf(id: string): ReplacementProblem | undefined {
    return this.#problems.get(id);
  }

  /** The facts that may fit the next transaction: entities that do not would be read for nothing. */
  #next(): PendingFact[] {
    const entities = new Set<string>();
    const next: PendingFact[] = [];
    for (const pending of this.#pending.values()) {
      if (isAlone(pending)) {
        if (next.length === 0) next.push(pending);
        break;
      }
      for (const subject of pending.subjects) entities.add(subjectKey(subject));
      if (next.length === maxFactsAhead || (next.length > 0 && entities.size > this.#entitiesAhead)) break;
      next.push(pending);
    }
    return next;
  }

  #committed(plan: PlannedTransaction): void {
    for (const { fact, contentHash } of plan.facts) {
      this.#stored.set(fact.id, { contentHash, commit: this.commit, inSteps: false });
      this.#pending.delete(fact.id);
    }
    for (const { about } of plan.actions) if (about.kind === "outbox") this.entries.push(about.entry);
    // Facts of one kind take about as much room in the next transaction; a little more, to find out if more fit.
    this.#entitiesAhead = Math.max(minEntitiesAhead, Math.ceil(plan.entities.length * 1.1));
    // Entities that were read for later transactions may be outdated by then: only those that this one wrote are known.
    this.#entities = new Map(
      plan.entities.map((entity) => {
        const key = subjectKey(entity);
        if (entity.recount) this.#begun.set(key, entity);
        return [key, writtenEntity(this.#entities.get(key) ?? entity, entity)];
      }),
    );
  }

  /**
   * Takes note of what was in the way of a transaction.
   * @returns whether some of its facts turned out to be stored: the others are tried at once
   */
  async #learn({ failed }: Refusal<About>): Promise<boolean> {
    let known = 0;
    for (const { about, item } of failed) {
      if (about.kind === "entity") this.#entities.delete(about.key);
      const pending = about.kind === "fact" ? this.#pending.get(about.id) : undefined;
      if (!pending) continue;
      known += 1;
      // Not every engine answers the item that was in the way.
      const found = identityOfConflictingItem(item) ?? (await this.#identityOf(pending));
      if (found !== undefined) this.#known(pending, found);
    }
    // Where nothing of a transaction is new, the request has been sent before: finding out the rest by failing writes is dear.
    if (known > 0 && known === this.#tried) await this.#lookUp();
    return known > 0;
  }

  #identityOf({ fact }: PendingFact): Promise<FactIdentity | undefined> {
    return readIdentity(this.#context.table, this.#context.workspace.id, fact.id);
  }

  /** Takes note of a fact that is stored already, be it by a try of this request whose answer was lost. */
  #known({ fact, subjects }: PendingFact, found: FactIdentity): void {
    this.#stored.set(fact.id, found);
    this.#pending.delete(fact.id);
    if (!found.inSteps) return;
    for (const subject of subjects) this.#begun.set(subjectKey(subject), subject);
  }

  /** Finds out which of the pending facts are stored already. */
  async #lookUp(): Promise<void> {
    const { table, workspace, deadline } = this.#context;
    const ids = [...this.#pending.keys()];
    for (const [id, found] of await readIdentities(table, workspace.id, ids, deadline)) {
      const pending = this.#pending.get(id);
      if (pending) this.#known(pending, found);
    }
  }

  /** A fact that does not fit any more may still be there from when it did. */
  async #refuse(pending: PendingFact): Promise<void> {
    const found = await this.#identityOf(pending);
    if (found !== undefined) this.#known(pending, found);
    this.#pending.delete(pending.fact.id);
  }

  /** Reads the entities of these facts that are not known yet: right before they are needed, so that few are outdated. */
  async #loadEntities(subjects: readonly Subject[]): Promise<void> {
    const byKey = new Map(subjects.map((subject) => [subjectKey(subject), subject] as const));
    const missing = [...byKey].filter(([key]) => !this.#entities.has(key)).map(([, subject]) => subject);
    if (missing.length === 0) return;
    const read = await readSettledEntities(this.#context, missing);
    const unknown = [...read.values()].filter(({ version }) => version === 0);
    await noteEntityKinds(this.#context, new Set(unknown.map(({ entity }) => entity.name)));
    this.#entities = new Map([...this.#entities, ...read]);
  }

  /**
   * Counts to the end what has been begun, so that nothing is acknowledged before. What more facts of this request are about is
   * counted once, after the last of them.
   */
  async #finishBegun(): Promise<void> {
    if (this.#begun.size === 0) return;
    const waiting = new Set([...this.#pending.values()].flatMap(({ subjects }) => subjects.map(subjectKey)));
    const ready = [...this.#begun].filter(([key]) => !waiting.has(key));
    for (const [key] of ready) this.#entities.delete(key);
    const subjects = ready.map(([, subject]) => subject);
    await commit<void, About>(this.#context, async () => {
      await this.#loadEntities(subjects);
      return { actions: [], result: undefined };
    });
    for (const [key] of ready) this.#begun.delete(key);
  }
}
