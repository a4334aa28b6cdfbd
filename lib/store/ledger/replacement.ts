import { bytesOf } from "../../domain/entities/history.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import { Tally } from "../../domain/metrics/counting.ts";
import { readFacts, type StoredFact } from "../records/facts.ts";
import { subjectKey } from "../records/stored-entity.ts";
import type { StoreContext } from "../table/context.ts";
import { StoreError } from "../table/errors.ts";
import { changeActions, entityChanges } from "./change-actions.ts";
import { isOfErased, supersededAction } from "./exclusion.ts";
import { factActions } from "./fact-actions.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import { maxHistoryBytes, maxHistoryBytesForPublicKeys, type PlannedTransaction } from "./transaction.ts";

/**
 * Recording a fact that replaces an earlier one. The new fact, the old one's state and audit, the histories of what both are about and the counters are one
 * transaction: whoever asks in between sees the one or the other.
 */

/** Why a fact cannot replace the one that it names. */
export const replacementProblems = [
  ...(["unknown", "foreign", "other-type", "superseded", "erased", "too-old", "too-many"] as const),
] as const;

export type ReplacementProblem = (typeof replacementProblems)[number];

/**
 * Plans to record a fact in the place of another.
 * @returns why it cannot be, where it cannot
 * @throws StoreError `unavailable` where the old fact's person is being erased
 */
export async function planReplacement(
  context: StoreContext,
  pending: PendingFact,
  oldId: string,
  recording: RecordingContext,
): Promise<PlannedTransaction | ReplacementProblem> {
  const { fact } = pending;
  const [old] = await readFacts(context.table, context.workspace.id, [oldId], context.deadline);
  const problem = problemOf(pending, old);
  if (problem || !old) return problem ?? "unknown";
  const out = old.excluded ? [] : [old];
  const changes = await entityChanges(context, { out, come: [pending] }).catch((error: unknown) => {
    // Tried again it would be too many as well, and stand in the way of other facts of its request.
    if (!(error instanceof StoreError) || error.code !== "too-many-facts") throw error;
    return "too-many" as const;
  });
  if (changes === "too-many") return changes;
  const entities = changes.map(({ after }) => after);
  const room = pending.publicKey === undefined ? maxHistoryBytes : maxHistoryBytesForPublicKeys;
  if (entities.some(({ history }) => bytesOf(history) > room)) {
    return { facts: [], refused: [pending], entities: [], actions: [] };
  }
  const tally = new Tally();
  for (const one of out) for (const occurrence of occurrencesOf(one)) tally.count(occurrence, -1);
  for (const occurrence of occurrencesOf(pending)) tally.count(occurrence);
  const about = new Set(pending.subjects.map(subjectKey));
  let written = entities;
  const actions = changeActions(
    {
      ...{ changes, tally, cause: "recorded", days: [old.day, pending.day], ids: [fact.id] },
      own: (afters) => {
        written = [...afters];
        // The old fact may be about somebody else, whose name the new one must not carry.
        const own = afters.filter((entity) => about.has(subjectKey(entity)));
        return [supersededAction(old, fact.id, recording), ...factActions(pending, own, recording)];
      },
    },
    recording,
  );
  return { facts: [pending], refused: [], entities: written, actions };
}

function problemOf(pending: PendingFact, old: StoredFact | undefined): ReplacementProblem | undefined {
  if (!old) return "unknown";
  // All keys that are no public ones are one sender: keys are replaced by others.
  if (old.publicKey !== pending.publicKey) return "foreign";
  if (kindOf(old) !== kindOf(pending)) return "other-type";
  if (old.supersededBy !== undefined) return "superseded";
  if (pending.replacesFrom !== undefined && old.day < pending.replacesFrom) return "too-old";
  return isOfErased(old) || old.erasedAt !== undefined ? "erased" : undefined;
}

/** The type; of responses the survey as well, whose answers are counted apart. */
function kindOf({ fact }: Pick<StoredFact, "fact">): string {
  return "survey" in fact ? `${fact.type} ${fact.survey}` : fact.type;
}
