import type { Queue } from "../../../../lib/tools/local-cloud/aws/queue.ts";
import { Queues } from "../../../../lib/tools/local-cloud/aws/queues.ts";
import type { QueueBlueprint } from "../../../../lib/tools/local-cloud/template/queue-blueprint.ts";

/** Queues for the tests of what happens to messages. */

/** A queue as a template could have it. */
export function queueBlueprint(parts: Partial<QueueBlueprint> = {}): QueueBlueprint {
  return {
    name: "work",
    physicalName: "App-work",
    arn: "arn:aws:sqs:us-east-1:000000000000:App-work",
    url: "http://127.0.0.1/000000000000/App-work",
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    retentionSeconds: 345_600,
    redrive: undefined,
    ...parts,
  };
}

/** A queue with a dead-letter queue that takes what was received `maxReceiveCount` times. */
export function makeQueues(
  parts: Partial<QueueBlueprint> = {},
  maxReceiveCount = 3,
): { queues: Queues; queue: Queue; deadLetters: Queue } {
  const aside = queueBlueprint({ name: "aside", physicalName: "App-aside", arn: "aside" });
  const redrive = { deadLetterArn: "aside", maxReceiveCount };
  const work = queueBlueprint({ redrive, ...parts });
  const queues = new Queues([work, aside]);
  const [queue, deadLetters] = [queues.byArn(work.arn), queues.byArn("aside")];
  if (queue === undefined || deadLetters === undefined) throw new Error("The queues are not there");
  return { queues, queue, deadLetters };
}
