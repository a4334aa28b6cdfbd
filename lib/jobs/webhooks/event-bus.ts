import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { TryOutcome } from "../../store/outbox/deliveries.ts";

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
export async function putEvent(event: BusEvent): Promise<TryOutcome & { readonly isTaken: boolean }> {
  const at = Date.now();
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  const { workspace, id, type, body } = event;
  const detail = JSON.stringify({ id, workspace, ...(JSON.parse(body) as object) });
  try {
    const { Entries = [] } = await eventBridge().send(
      new PutEventsCommand({ Entries: [{ Source: eventSource, DetailType: type, Detail: detail }] }),
    );
    const code = Entries[0]?.ErrorCode;
    if (code !== undefined) return { at, milliseconds: took(), error: code, isTaken: false };
    return { at, milliseconds: took(), isTaken: true };
  } catch (error) {
    const name = error instanceof Error ? error.name : "it could not be sent";
    return { at, milliseconds: took(), error: name, isTaken: false };
  }
}
