import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { WebhookMessage } from "../../domain/webhooks/announcement.ts";
import { topicTextOf } from "../../domain/webhooks/topic-text.ts";
import { type Delivery, noteFate, readDeliveries, takeDelivery } from "../../store/outbox/deliveries.ts";
import { pausesDividedBy } from "../../store/outbox/timing.ts";
import { requireVariable } from "../../store/table/client.ts";
import { logger } from "../../telemetry/logger.ts";
import type { Delivering } from "./deliver.ts";
import { fateOf, type Outcome } from "./fate.ts";
import { type DeliveriesMessage, sendDeliveries } from "./hand-over.ts";
import { messagesOf } from "./messages.ts";
import { tryService } from "./service-call.ts";

/**
 * Publishing to the alarm topic what is to be told there. A topic cannot tell that it was told the same before, and e-mails cannot be taken back: whoever publishes
 * takes the entry first, and another run that begins meanwhile leaves it alone. Only a run that is killed after it published, before it could note that, has it published again.
 */

/** The name of the environment variable that has the topic's ARN. */
export const topicVariable = "ALARM_TOPIC_ARN";

/** Milliseconds until an entry that somebody took, and was killed with, is taken by another: longer than a run lasts. */
export const takenMilliseconds = 90_000;

let client: SNSClient | undefined;

/** The client of this process, made when it is first needed. A call whose answer is lost may have been heard: it is not repeated at once. */
function sns(): SNSClient {
  client ??= new SNSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return client;
}

/**
 * Publishes what a message of the queue asks for, all of it at the same time: a topic that does not answer takes no more of the run's time than for one. Notes what became of each.
 * @throws StoreError `unavailable`; what has been noted stays so
 */
export async function tellTopic(context: Delivering, message: DeliveriesMessage): Promise<void> {
  const { table, deadline } = context;
  const { workspace, webhook, ids } = message;
  const found = await readDeliveries(table, { workspace, webhook }, ids, deadline);
  const due = found.filter(({ state }) => state === "pending");
  const messages = await messagesOf(table, due, deadline);
  const told = await Promise.allSettled(
    due.map(async (delivery) => {
      const said = messages.get(delivery.id);
      if (said !== undefined && typeof said !== "string") await tell(context, delivery, said);
    }),
  );
  for (const one of told) if (one.status === "rejected") throw one.reason;
}

async function tell({ table, now }: Delivering, delivery: Delivery, said: WebhookMessage): Promise<void> {
  const start = now();
  const until = start + takenMilliseconds / pausesDividedBy();
  if (!(await takeDelivery(table, delivery, { now: start, until }))) return;
  const outcome = await publish(delivery, topicTextOf(said, delivery.workspace));
  const { fate, delaySeconds } = fateOf(delivery, outcome, now());
  await noteFate(table, delivery, fate);
  log(delivery, outcome, fate.state === "failed");
  if (delaySeconds !== undefined) await sendDeliveries([delivery], delaySeconds);
}

function publish(
  { id, type, workspace }: Delivery,
  { subject, text }: ReturnType<typeof topicTextOf>,
): Promise<Outcome> {
  const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
  return tryService(async () => {
    await sns().send(
      new PublishCommand({
        TopicArn: requireVariable(topicVariable),
        Subject: subject,
        Message: text,
        // By these a subscription can filter.
        MessageAttributes: { type: attribute(type), workspace: attribute(workspace), id: attribute(id) },
      }),
    );
    return undefined;
  });
}

function log({ workspace, type }: Delivery, outcome: Outcome, isGivenUp: boolean): void {
  const { milliseconds, error: because } = outcome;
  const line = { workspace, type, milliseconds, ...(outcome.isTaken ? {} : { because }) };
  if (outcome.isTaken) logger.info("told the topic", line);
  else if (isGivenUp) logger.error("the topic was not told", line);
  else logger.warn("the topic could not be told", line);
}
