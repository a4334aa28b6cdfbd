import { randomInt } from "node:crypto";
import * as z from "zod";
import { workspaceIdSchema } from "../../domain/workspace/settings.ts";
import type { EntryReference } from "../../store/outbox/outbox.ts";
import { requireVariable } from "../../store/table/client.ts";
import { describeError, logger } from "../../telemetry/logger.ts";
import { sendJobs } from "../queue.ts";

/** Handing entries of the outbox over to who delivers them. */

/** The name of the environment variable that has the queue's address. */
export const webhooksQueueVariable = "WEBHOOKS_QUEUE_URL";

/** At most so many entries a message: one that fails holds up no more. */
const maxEntries = 10;

/** For so many seconds a message waits at most that found no place. */
const longestWaitSeconds = 60;

/** A message of the queue: some deliveries of one webhook. */
export const deliveriesMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  webhook: z.string(),
  ids: z.array(z.string()).min(1).max(maxEntries),
  /** How often it has waited for a place. */
  waits: z.int().optional(),
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
  const queueUrl = requireVariable(webhooksQueueVariable);
  const byWebhook = Map.groupBy(messagesFor(entries), ({ workspace, webhook }) =>
    groupOf(workspace, webhook),
  );
  for (const [group, messages] of byWebhook) await sendJobs(queueUrl, messages, delaySeconds, group);
}

/**
 * Asks for the deliveries of a message again, later the more often that was done.
 * @throws Error when the queue does not take it
 */
export async function sendAgain(message: DeliveriesMessage): Promise<void> {
  const waits = (message.waits ?? 0) + 1;
  const delaySeconds = randomInt(1, Math.min(longestWaitSeconds, 2 ** waits) + 1);
  const group = groupOf(message.workspace, message.webhook);
  await sendJobs(requireVariable(webhooksQueueVariable), [{ ...message, waits }], delaySeconds, group);
}

/** A workspace's id and a webhook's have 63 and 64 characters at most; a group 128. */
function groupOf(workspace: string, webhook: string): string {
  return `${workspace}:${webhook}`;
}
