import { randomInt } from "node:crypto";
import { TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { mattersOfUnnamed } from "../../domain/facts/matters.ts";
import { isStated } from "../counters/change-causes.ts";
import { markAction } from "../counters/fact-marks.ts";
import { counterShards } from "../counters/place.ts";
import { erasedContent, type StoredFact } from "../records/facts.ts";
import type { StoreContext } from "../table/context.ts";
import { isWriteConflict } from "../table/errors.ts";
import { factKey, unnamedTextKey } from "../table/keys.ts";

/** Taking a person out of one fact. */

/** An erasure under way. */
export interface Erasure extends StoreContext {
  readonly customerId: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly began: number;
}

/**
 * Takes everything that names the person out of a fact, and marks its day where that is closed: in one step, so that no file goes on
 * naming the person unnoticed.
 * @returns whether it was done; not where somebody else was faster, or the audit has changed
 */
export async function eraseFact(erasure: Erasure, stored: StoredFact): Promise<boolean> {
  const { table, workspace } = erasure;
  const mark = isClosed(erasure, stored.day)
    ? [markAction(table.name, workspace.id, stored.day, randomInt(counterShards))]
    : [];
  const found = mattersOfUnnamed(stored.fact).map(({ kind, id }) => ({
    Delete: { TableName: table.name, Key: unnamedTextKey(workspace.id, kind, id, stored.fact.id) },
  }));
  const update = nameless(erasure, stored);
  try {
    if (mark.length + found.length === 0) await table.client.send(new UpdateCommand(update));
    else {
      const TransactItems = [{ Update: update }, ...mark, ...found];
      await table.client.send(new TransactWriteCommand({ TransactItems }));
    }
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}

/** Whether a day has a file, or may have. */
export function isClosed({ workspace, began }: Pick<Erasure, "workspace" | "began">, day: Day): boolean {
  return isStated(workspace, day, dayOf(began, workspace.timeZone));
}

/** The update of a fact that takes everything out that names the person, if nobody has changed it since it was read. */
function nameless({ table, workspace, customerId }: Erasure, { fact, audit }: StoredFact) {
  // It stays counted that there was one.
  const hadComment = "comment" in fact ? ["#had = :yes"] : [];
  const hadCustomer = fact.customerId === undefined ? [] : ["#named = :yes"];
  // Reasons are free text.
  const reasons = audit.map((_, index) => `#audit[${index}].#reason = :nothing`);
  const isTheirs =
    fact.customerId === undefined ? "attribute_not_exists(#body.#customer)" : "#body.#customer = :customer";
  const isUnaudited = "attribute_not_exists(#audit)";
  const hasSameAudit = "size(#audit) = :changes";
  return {
    TableName: table.name,
    Key: factKey(workspace.id, fact.id),
    UpdateExpression: [
      "REMOVE #body.#customer, #body.#comment, #body.#message, #body.#order, #person, gsi2pk, gsi2sk",
      `SET ${["#hash = :erased", "#at = :now", ...hadComment, ...hadCustomer, ...reasons].join(", ")}`,
    ].join(" "),
    ConditionExpression: `${isTheirs} AND ${audit.length === 0 ? isUnaudited : hasSameAudit}`,
    ExpressionAttributeNames: {
      ...{ "#body": "body", "#customer": "customerId", "#comment": "comment", "#order": "orderId" },
      "#message": "message",
      ...{ "#person": "person", "#hash": "contentHash", "#at": "erasedAt", "#audit": "audit" },
      ...(audit.length === 0 ? {} : { "#reason": "reason" }),
      ...(hadComment.length === 0 ? {} : { "#had": "hadComment" }),
      ...(hadCustomer.length === 0 ? {} : { "#named": "hadCustomer" }),
    },
    ExpressionAttributeValues: {
      ...(fact.customerId === undefined ? {} : { ":customer": customerId }),
      ":erased": erasedContent,
      ":now": new Date().toISOString(),
      ...(audit.length === 0 ? {} : { ":changes": audit.length, ":nothing": "" }),
      ...(hadComment.length + hadCustomer.length === 0 ? {} : { ":yes": true }),
    },
  };
}
