import { type AuditEntry, readFacts, type StoredFact } from "../records/facts.ts";
import type { StoreContext } from "../table/context.ts";

/** Facts that have been replaced by others, these by others again. */

/** The key that stands in the audit of a fact that was replaced: whichever key sent the other one. */
const byReplacement = "supersedes";

/** What the audit of a fact says that another one stands in for. */
export function supersededEntry(by: string, { now }: { readonly now: number }): AuditEntry {
  return {
    ...{ at: new Date(now).toISOString(), keyId: byReplacement, excluded: true },
    reason: `superseded by ${by}`,
  };
}

/** So many replacements are followed at a time. */
const maxFollowed = 20;

/** How far the replacements of a fact were followed. */
export interface Followed {
  /** The id of the fact that was come to. */
  readonly id: string;
  /** That fact, where none has replaced it; absent where there are more to follow, or it is not stored. */
  readonly last?: StoredFact | undefined;
  /** Whether there are more to follow. */
  readonly hasMore: boolean;
}

/** Finds the fact that stands in for a fact: itself, or by which it has been replaced, so many times as are followed at once. */
export async function followReplacements(
  { table, workspace, deadline }: StoreContext,
  first: string,
): Promise<Followed> {
  let id = first;
  for (let followed = 0; followed < maxFollowed; followed += 1) {
    const [fact] = await readFacts(table, workspace.id, [id], deadline);
    if (fact?.supersededBy === undefined) return { id, last: fact, hasMore: false };
    id = fact.supersededBy;
  }
  return { id, hasMore: true };
}
