import { consumer } from "../lib/jobs/consumer.ts";
import { deliver } from "../lib/jobs/webhooks/deliver.ts";
import { deliveriesMessageSchema } from "../lib/jobs/webhooks/hand-over.ts";
import { runsLocally } from "../lib/jobs/webhooks/local.ts";
import { tellTopic } from "../lib/jobs/webhooks/topic.ts";
import { topicReceiver } from "../lib/store/outbox/outbox.ts";
import { defaultTable } from "../lib/store/table/client.ts";

/** Makes some deliveries of a webhook, or publishes to the alarm topic. What fails is tried again by the outbox, not by the queue. */
export const handler = consumer(deliveriesMessageSchema, (message, deadline) => {
  const tell = message.webhook === topicReceiver ? tellTopic : deliver;
  return tell({ table: defaultTable(), deadline, isLocal: runsLocally(), now: Date.now }, message);
});
