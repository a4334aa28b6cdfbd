import { randomInt } from "node:crypto";
import { type AttributeValue, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Action } from "./action.ts";
import type { StoreContext } from "./context.ts";
import { asOfWrite, isTransient, isWriteConflict, StoreError } from "./errors.ts";
import { backOff } from "./retries.ts";
import { Spreads } from "./spread.ts";

/**
 * Optimistic writing: read, plan, write in one transaction on condition that nobody has written in between; else again. Whoever
 * writes says how a transaction is planned; trying again, choosing shards and reading why it was refused is here.
 */

/** An action with what it is about: by that, and not by its place, one reads why a transaction was refused. */
export interface PlannedAction<About> {
  readonly about: About;
  readonly action: Action;
  /** The name under which a shard was chosen, for an action on one of several items that stand for each other. */
  readonly spread?: string;
}

/** A transaction to be tried, and what it comes to when it is taken. Without actions it is done without writing. */
export interface Transaction<Result, About> {
  readonly actions: readonly PlannedAction<About>[];
  readonly result: Result;
}

/** Why a transaction was not taken. */
export interface Refusal<About> {
  /** The actions whose condition failed, with the item that was in the way where the action asked for it and the engine tells. */
  readonly failed: readonly {
    readonly about: About;
    readonly item: Readonly<Record<string, AttributeValue>> | undefined;
  }[];
  readonly error: unknown;
}

/** One try. */
export interface Attempt<About> {
  /** The shard for a name, from 0 to 15: the same one within a try. */
  readonly shardOf: (name: string) => number;
  /** Why the try before was not taken; `undefined` in the first one. */
  readonly refusal: Refusal<About> | undefined;
}

/** Further tries, beside the first of each transaction: added to those that are there. */
export interface Tries {
  /** Tries after another writer was faster or the table throttled. */
  retries: number;
  /** Those of them that went on to other shards. */
  shardHops: number;
}

/** How to commit. */
export interface CommitOptions<About> {
  readonly tries?: Tries;
  /** Hears of each refusal before the next try. @returns whether that one is another transaction, to be tried at once */
  readonly onRefusal?: (refusal: Refusal<About>) => Promise<boolean>;
}

/** Over how many shards this process spreads its writes, for all tables and workspaces. */
const spreads = new Spreads();

/**
 * Plans and tries a transaction until it is taken.
 * @param plan reads what it needs anew in each try
 * @throws StoreError `unavailable` when the deadline has passed; everything that another try cannot mend as it is
 */
export async function commit<Result, About>(
  context: StoreContext,
  plan: (attempt: Attempt<About>) => Promise<Transaction<Result, About>>,
  { tries = { retries: 0, shardHops: 0 }, onRefusal }: CommitOptions<About> = {},
): Promise<Result> {
  const { table, deadline } = context;
  const shards = new Shards(context);
  let refusal: Refusal<About> | undefined;
  for (let pauses = 0; ; ) {
    // A store that is slow but takes everything leaves no try to end the request at.
    if (deadline.remaining() <= 0) throw new StoreError("unavailable", "there was not enough time");
    let actions: readonly PlannedAction<About>[] = [];
    try {
      const transaction = await plan({ shardOf: (name) => shards.of(name), refusal });
      actions = transaction.actions;
      if (actions.length === 0) return transaction.result;
      await table.client.send(
        new TransactWriteCommand({ TransactItems: actions.map(({ action }) => action) }),
      );
      if (pauses === 0) shards.passed();
      return transaction.result;
    } catch (error) {
      refusal = refusalOf(actions, error);
      shards.refused(collidedIn(actions, error));
      if (await onRefusal?.(refusal)) {
        shards.next();
        continue;
      }
      pauses += 1;
      tries.retries += 1;
      await backOff(pauses, deadline, error);
      if (shards.next()) tries.shardHops += 1;
    }
  }
}

/** @throws the error where another try cannot mend it */
function refusalOf<About>(actions: readonly PlannedAction<About>[], error: unknown): Refusal<About> {
  if (!(error instanceof TransactionCanceledException)) {
    if (!isTransient(error) && !isWriteConflict(error)) throw asOfWrite(error);
    return { failed: [], error };
  }
  const reasons = error.CancellationReasons ?? [];
  if (reasons.some(({ Code }) => Code === "ValidationError")) throw error;
  const failed = actions.flatMap(({ about }, index) => {
    const reason = reasons[index];
    return reason?.Code === "ConditionalCheckFailed" ? [{ about, item: reason.Item }] : [];
  });
  return { failed, error };
}

/** The names whose shards were in use by others, or throttled. */
function collidedIn(actions: readonly PlannedAction<unknown>[], error: unknown): string[] {
  const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
  const isThrottled = error instanceof Error && throttling.has(error.name);
  return actions.flatMap(({ spread }, index) => {
    const isInUse = reasons ? inUse.has(reasons[index]?.Code ?? "") : isThrottled;
    return spread !== undefined && isInUse ? [spread] : [];
  });
}

const inUse = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);
const throttling = new Set(["ProvisionedThroughputExceededException", "ThrottlingException"]);

/** The shards of the tries of one transaction. */
class Shards {
  readonly #scope: string;
  #chosen = new Map<string, { readonly spread: number; readonly shard: number }>();
  #before: ReadonlyMap<string, { readonly shard: number }> = new Map();

  constructor({ table, workspace }: StoreContext) {
    this.#scope = `${table.name}\n${workspace.id}\n`;
  }

  of(name: string): number {
    const known = this.#chosen.get(name);
    if (known) return known.shard;
    const spread = spreads.of(this.#scope + name);
    const shard = spread === 1 ? 0 : randomInt(spread);
    this.#chosen.set(name, { spread, shard });
    return shard;
  }

  /** Notes that nobody was in the way of a first try. */
  passed(): void {
    for (const name of this.#chosen.keys()) spreads.passed(this.#scope + name);
  }

  refused(names: readonly string[]): void {
    for (const name of names) spreads.collided(this.#scope + name, this.#chosen.get(name)?.spread ?? 1);
  }

  /** Chooses anew. @returns whether some name has another shard than in the try before */
  next(): boolean {
    this.#before = this.#chosen;
    this.#chosen = new Map();
    return [...this.#before].some(([name, { shard }]) => this.of(name) !== shard);
  }
}
