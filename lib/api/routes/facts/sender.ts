import type { FieldError } from "../../../domain/facts/field-error.ts";
import type { ParseContext, Parsed, Submission } from "../../../domain/facts/parse.ts";
import { earliestBy, ruleErrors } from "../../../domain/facts/rule-errors.ts";
import { isLatestAnswer } from "../../../domain/workspace/latest-answers.ts";
import type { Workspace } from "../../../domain/workspace/settings.ts";
import type { Principal } from "../../pipeline/principal.ts";

/** Fields of a fact that follow from its sender, and from the settings of the workspace. */

/** How many characters an id may have that a public key sends: the key's own id and a colon are put before it. */
export const maxPublicIdLength = 115;

/**
 * A parsed fact as a key may send it: refused where the key's rules forbid it. The id of a public key's fact begins with the
 * key's, so that it is no other sender's.
 */
export function bySender(parsed: Parsed, principal: Principal, context: ParseContext): Parsed {
  if (!parsed.ok) return parsed;
  const { fact } = parsed.submission;
  const errors = [...idErrors(fact.id, principal), ...ruleErrors(fact, principal.rules, context)];
  if (errors.length > 0) return { ok: false, id: fact.id, errors };
  const replacesFrom = earliestBy(principal.rules, context);
  const submission = { ...parsed.submission, ...(replacesFrom === undefined ? {} : { replacesFrom }) };
  return { ok: true, submission: principal.isPublic ? asPublic(submission, principal) : submission };
}

/**
 * A parsed fact as the workspace counts its kind. What was sent stays what a repetition is compared with: a fact that is sent again after the settings have
 * changed is still the same.
 */
export function byWorkspace(parsed: Parsed, { rules }: Principal, workspace: Workspace): Parsed {
  if (!parsed.ok || !rules.replaces) return parsed;
  const { submission } = parsed;
  const { fact } = submission;
  if (fact.type !== "response" || !isLatestAnswer(fact, workspace.latestAnswers)) return parsed;
  return { ok: true, submission: { ...submission, fact: { ...fact, latest: "invitation" } } };
}

function idErrors(id: string, { isPublic }: Principal): FieldError[] {
  if (!isPublic || id.length <= maxPublicIdLength) return [];
  return [{ pointer: "/id", detail: `must have at most ${maxPublicIdLength} characters with this key` }];
}

function asPublic(submission: Submission, { keyId, rules }: Principal): Submission {
  const { fact } = submission;
  const { supersedes } = fact;
  const own = (id: string) => `${keyId}:${id}`;
  return {
    ...submission,
    fact: { ...fact, id: own(fact.id), ...(supersedes === undefined ? {} : { supersedes: own(supersedes) }) },
    publicKey: { id: keyId, namedValues: rules.dimensions ?? {} },
  };
}
