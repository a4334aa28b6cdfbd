import * as z from "zod";
import { consumer } from "../lib/jobs/consumer.ts";
import { predictionMessageSchema } from "../lib/jobs/prediction-queue.ts";
import { runPrediction } from "../lib/jobs/predictions.ts";
import { reconciliationMessageSchema } from "../lib/jobs/reconciliation-queue.ts";
import { runReconciliation } from "../lib/jobs/reconciliations.ts";
import { recountMessageSchema } from "../lib/jobs/recount-queue.ts";
import { runRecount } from "../lib/jobs/recounts.ts";
import { defaultFiles } from "../lib/store/files/bucket.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { logger } from "../lib/telemetry/logger.ts";

/**
 * Counts a workspace's entities of one kind with its present settings, goes on with a reconciliation that is too large for one request, or predicts what
 * customers will bring.
 */
export const handler = consumer(
  z.union([recountMessageSchema, reconciliationMessageSchema, predictionMessageSchema]),
  async (message, deadline) => {
    const { workspace } = message;
    if ("predictThrough" in message) {
      const customers = await runPrediction(defaultTable(), message, deadline, defaultFiles());
      logger.info("predicted", { workspace, customers });
      return;
    }
    if ("reconciliation" in message) {
      const { reconciliation } = message;
      const run = await runReconciliation(defaultTable(), message, deadline, defaultFiles());
      logger.info("reconciled", { workspace, reconciliation, ...run });
      return;
    }
    const run = await runRecount(defaultTable(), message, deadline);
    logger.info("recounted", { workspace, entity: message.entity, ...run });
  },
);
