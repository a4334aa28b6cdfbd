import * as z from "zod";
import { entityNamed } from "../lib/entities/registry.ts";
import { consumer } from "../lib/jobs/consumer.ts";
import { sendJobs } from "../lib/jobs/queue.ts";
import { recountEntities } from "../lib/store/ledger/recount.ts";
import { listEntities } from "../lib/store/records/entities.ts";
import { defaultTable, requireVariable } from "../lib/store/table/client.ts";
import { logger } from "../lib/telemetry/logger.ts";
import { workspaceIdSchema } from "../lib/workspace/settings.ts";

const messageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  entity: z.string(),
  start: z.record(z.string(), z.unknown()).optional(),
});

/** Milliseconds that one more page of entities may need. */
const pageMilliseconds = 60_000;

/** Counts a workspace's entities of one kind with its present settings; hands on to a next message when its time runs out. */
export const handler = consumer(messageSchema, async ({ workspace: id, entity: name, start }, deadline) => {
  const entity = entityNamed(name);
  const table = defaultTable();
  let position = start;
  let counted = 0;
  do {
    const page = await listEntities(table, id, entity, position);
    await recountEntities(table, id, entity, page.ids, deadline);
    counted += page.ids.length;
    position = page.next;
  } while (position && deadline.remaining() > pageMilliseconds);
  if (position) {
    await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), [{ workspace: id, entity: name, start: position }]);
  }
  logger.info("recounted", {
    workspace: id,
    entity: name,
    entities: counted,
    finished: position === undefined,
  });
});
