import * as z from "zod";
import { consumer } from "../lib/jobs/consumer.ts";
import { defaultTable, requireVariable } from "../lib/store/client.ts";
import { sendJobs } from "../lib/store/queue.ts";
import { listCustomers, recountCustomer } from "../lib/store/recount.ts";
import { readWorkspace } from "../lib/store/workspaces.ts";
import { logger } from "../lib/telemetry/logger.ts";
import { workspaceIdSchema } from "../lib/workspace/settings.ts";

const messageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  start: z.record(z.string(), z.unknown()).optional(),
});

/** Milliseconds that one more page of customers may need. */
const pageMilliseconds = 60_000;

/** Counts a workspace's customers with its present settings; hands on to a next message when its time runs out. */
export const handler = consumer(async (message, deadline) => {
  const { workspace: id, start } = messageSchema.parse(message);
  const table = defaultTable();
  const workspace = await readWorkspace(table, id);
  if (!workspace) return;
  let position = start;
  let counted = 0;
  do {
    const page = await listCustomers(table, id, position);
    for (const customer of page.ids) await recountCustomer(table, workspace, customer, deadline);
    counted += page.ids.length;
    position = page.next;
  } while (position && deadline.remaining() > pageMilliseconds);
  if (position) await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), [{ workspace: id, start: position }]);
  logger.info("recounted", { workspace: id, customers: counted, finished: position === undefined });
});
