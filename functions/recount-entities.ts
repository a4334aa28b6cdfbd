import { consumer } from "../lib/jobs/consumer.ts";
import { recountMessageSchema } from "../lib/jobs/recount-queue.ts";
import { runRecount } from "../lib/jobs/recounts.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { logger } from "../lib/telemetry/logger.ts";

/** Counts a workspace's entities of one kind with its present settings. */
export const handler = consumer(recountMessageSchema, async (message, deadline) => {
  const run = await runRecount(defaultTable(), message, deadline);
  logger.info("recounted", { workspace: message.workspace, entity: message.entity, ...run });
});
