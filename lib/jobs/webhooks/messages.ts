import type { WebhookMessage } from "../../domain/webhooks/announcement.ts";
import { announcedIn, type Delivery } from "../../store/outbox/deliveries.ts";
import { readFacts, type StoredFact } from "../../store/records/facts.ts";
import { shownFact } from "../../store/records/shown-fact.ts";
import type { Table } from "../../store/table/client.ts";
import type { Deadline } from "../../store/table/retries.ts";

/** What deliveries say, as it is when they are made: a fact that does not count any more is told to nobody. */

/** Why there is nothing to say of a fact that is not there. */
export const factIsGone = "its fact is gone";

/**
 * What is to be said, by the id of the delivery; in its place why there is nothing to say any more.
 * @param due deliveries of one workspace
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function messagesOf(
  table: Table,
  due: readonly Delivery[],
  deadline: Deadline,
): Promise<ReadonlyMap<string, WebhookMessage | string>> {
  const ids = due.flatMap(({ fact }) => fact ?? []);
  const workspace = due[0]?.workspace ?? "";
  const facts = new Map<string, StoredFact>();
  if (ids.length > 0) {
    for (const fact of await readFacts(table, workspace, ids, deadline)) facts.set(fact.fact.id, fact);
  }
  return new Map(due.map((delivery) => [delivery.id, messageOf(delivery, facts)]));
}

function messageOf(delivery: Delivery, facts: ReadonlyMap<string, StoredFact>): WebhookMessage | string {
  const { type, at } = delivery;
  const timestamp = new Date(at).toISOString();
  if (delivery.fact === undefined) return { type, timestamp, ...announcedIn(delivery) };
  const fact = facts.get(delivery.fact);
  if (!fact) return factIsGone;
  if (fact.erasedAt !== undefined) return "its person was erased";
  return fact.excluded ? "its fact was excluded" : { type, timestamp, data: shownFact(fact) };
}
