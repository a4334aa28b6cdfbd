import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Outcome } from "./fate.ts";
import { tryService } from "./service-call.ts";

/** The default event bus of the account, as a target of webhooks. */

/** The `source` of its events. */
export const eventSource = "cx-metrics";

let client: EventBridgeClient | undefined;

/** The client of this process, made when it is first needed. */
function eventBridge(): EventBridgeClient {
  client ??= new EventBridgeClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return client;
}

/** An event of the bus. */
export interface BusEvent {
  readonly workspace: string;
  /** The same in every try: a rule's target can tell what it has seen. */
  readonly id: string;
  readonly type: string;
  /** JSON. */
  readonly body: string;
}

/** Puts an event on the bus. Never throws: why it was not taken is part of the outcome. */
export async function putEvent({ workspace, id, type, body }: BusEvent): Promise<Outcome> {
  const detail = JSON.stringify({ id, workspace, ...(JSON.parse(body) as object) });
  return tryService(async () => {
    const { Entries = [] } = await eventBridge().send(
      new PutEventsCommand({ Entries: [{ Source: eventSource, DetailType: type, Detail: detail }] }),
    );
    return Entries[0]?.ErrorCode;
  });
}
