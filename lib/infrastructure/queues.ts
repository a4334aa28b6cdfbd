import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type Queue as QueueRow, queues } from "../schedules.ts";
import { constructId } from "./names.ts";

/** Lambda's advice for a queue that starts a function: six times as long as the function may run. */
const visibilityTimeouts = 6;

const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } satisfies QueueProps;

/** A queue that keeps for two weeks what could not be delivered or processed. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, { ...common, retentionPeriod: Duration.days(14) });
  }
}

/** A row of the queue table with its queue and its dead-letter queue. */
export interface JobQueue {
  readonly row: QueueRow;
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
}

/** The queues of the queue table. */
export class JobQueues extends Construct {
  readonly all: readonly JobQueue[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.all = queues.map((row) => {
      const deadLetters = new DeadLetterQueue(this, `${constructId(row.name)}DeadLetters`);
      const queue = new Queue(this, constructId(row.name), {
        ...common,
        visibilityTimeout: Duration.seconds(visibilityTimeouts * row.needs.timeoutSeconds),
        deadLetterQueue: { queue: deadLetters, maxReceiveCount: row.maxReceiveCount },
      });
      return { row, queue, deadLetters };
    });
  }

  /**
   * The queue of a name.
   * @throws Error where no row of the queue table has it
   */
  named(name: string): JobQueue {
    const queue = this.all.find(({ row }) => row.name === name);
    if (!queue) throw new Error(`No row in lib/schedules.ts has the queue ${name}`);
    return queue;
  }

  /** The environment variables in which a function that sends to some queues finds their URLs. */
  urlsOf(names: readonly string[] = []): Readonly<Record<string, string>> {
    return Object.fromEntries(
      names.map((name) => [this.named(name).row.urlVariable, this.named(name).queue.queueUrl]),
    );
  }
}
