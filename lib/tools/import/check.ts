import type { FieldError } from "../../domain/facts/field-error.ts";
import { type ParseContext, parseEvent, parseResponse } from "../../domain/facts/parse.ts";
import type { Chunk, Outgoing } from "./chunks.ts";
import { UsageError } from "./problems.ts";

/**
 * Checks facts as the server will, without it. What depends on the workspace (its time zone, its first day) is taken
 * to be the default.
 * @returns what is wrong with the fact; empty when it is well-formed.
 */
export function checkFact({ fact }: Outgoing, earliestDay = "2000-01-01"): readonly FieldError[] {
  const context: ParseContext = { now: Date.now(), timeZone: "UTC", earliestDay, newId: () => "none" };
  const parsed =
    fact.to === "responses" ? parseResponse(fact.fields, context) : parseEvent(fact.fields, context);
  return parsed.ok ? [] : parsed.errors;
}

/** So many facts that are all wrong in the same place are the mapping's fault, not the data's. */
const enoughToJudge = 10;

/**
 * Looks at an import's first facts, so that a slip in the mapping does not send a whole file for nothing.
 * @throws UsageError when all facts of one name are wrong in the same place.
 */
export function checkMapping(first: Chunk): void {
  const byName = Map.groupBy(
    first.batches.flatMap(({ facts }) => facts),
    ({ fact }) => fact.name,
  );
  for (const [name, facts] of byName) {
    if (facts.length < enoughToJudge) continue;
    const errors = facts.map((outgoing) => checkFact(outgoing, "0001-01-01"));
    const common = errors[0]?.find(({ pointer }) =>
      errors.every((list) => list.some((error) => error.pointer === pointer)),
    );
    if (common) {
      throw new UsageError(
        `the mapping makes no valid "${name}": in all of the first ${facts.length}, ${common.pointer || "the fact"} ${common.detail}`,
      );
    }
  }
}
