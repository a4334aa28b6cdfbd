import * as z from "zod";
import type { EntryReference } from "../../store/outbox/outbox.ts";
import { requireVariable } from "../../store/table/client.ts";
import { describeError, logger } from "../../telemetry/logger.ts";
import { workspaceIdSchema } from "../../workspace/settings.ts";
import { sendJobs } from "../queue.ts";

/** Handing entries of the outbox over to who delivers them. */

/** The name of the environment variable that has the queue's address. */
export const webhooksQueueVariable = "WEBHOOKS_QUEUE_URL";

/** At most so many entries a message: one that fails holds up no more. */
const maxEntries = 10;

/** A message of the queue: some deliveries of one webhook. */
export const deliveriesMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  webhook: z.string(),
  ids: z.array(z.string()).min(1).max(maxEntries),
});

export type DeliveriesMessage = z.output<typeof deliveriesMessageSchema>;

/** The messages that ask for some deliveries. */
export function messagesFor(entries: readonly EntryReference[]): DeliveriesMessage[] {
  const byWebhook = Map.groupBy(entries, ({ workspace, webhook }) => `${workspace}\n${webhook}`);
  return [...byWebhook.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const { workspace, webhook } = first;
    const ids = some.map(({ id }) => id);
    return Array.from({ length: Math.ceil(ids.length / maxEntries) }, (_, part) => ({
      ...{ workspace, webhook },
      ids: ids.slice(part * maxEntries, (part + 1) * maxEntries),
    }));
  });
}

/**
 * Hands over what a transaction that is committed has written for webhooks. Never throws: what the queue does not take is in the outbox,
 * and the sweep hands it over some minutes later.
 */
export async function handOver(entries: readonly EntryReference[]): Promise<void> {
  if (entries.length === 0) return;
  try {
    await sendDeliveries(entries);
  } catch (error) {
    logger.warn("not handed over", { deliveries: entries.length, ...describeError(error) });
  }
}

/**
 * Asks for deliveries.
 * @param delaySeconds before which they are not made, at most 900
 * @throws Error when the queue does not take them
 */
export async function sendDeliveries(entries: readonly EntryReference[], delaySeconds = 0): Promise<void> {
  await sendJobs(requireVariable(webhooksQueueVariable), messagesFor(entries), delaySeconds);
}
