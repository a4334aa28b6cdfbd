import { consumer } from "../lib/jobs/consumer.ts";
import { deliver } from "../lib/jobs/webhooks/deliver.ts";
import { deliveriesMessageSchema } from "../lib/jobs/webhooks/hand-over.ts";
import { runsLocally } from "../lib/jobs/webhooks/local.ts";
import { defaultTable } from "../lib/store/table/client.ts";

/** Makes some deliveries of a webhook. What fails is tried again by the outbox, not by the queue. */
export const handler = consumer(deliveriesMessageSchema, (message, deadline) => {
  return deliver({ table: defaultTable(), deadline, isLocal: runsLocally() }, message);
});
