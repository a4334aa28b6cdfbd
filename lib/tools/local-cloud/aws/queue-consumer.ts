import * as z from "zod";
import { region } from "../template/names.ts";
import type { ConsumerBlueprint } from "../template/queue-blueprint.ts";
import type { Delivery, Queue } from "./queue.ts";
import { systemAttributes } from "./queue-protocol.ts";

export interface ConsumerOptions {
  readonly blueprint: ConsumerBlueprint;
  readonly queue: Queue;
  /** Runs the consuming function; rejects when it fails. */
  readonly invoke: (event: object) => Promise<unknown>;
  /** Seconds after which failed messages come again; undefined: the queue's visibility timeout, as in AWS. */
  readonly redeliverySeconds: number | undefined;
}

/** Functions that have so much memory read a lot at once. */
const largeMegabytes = 1024;

/**
 * How many batches of a consumer run at the same time on one machine: of a large function no more than half of its cores, as all share
 * its memory; of others as many as in AWS.
 */
export function runsAtOnce(maxConcurrency: number, memoryMegabytes: number, cores: number): number {
  if (memoryMegabytes < largeMegabytes) return maxConcurrency;
  return Math.min(maxConcurrency, Math.max(1, Math.floor(cores / 2)));
}

const reportSchema = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/**
 * Feeds a queue's messages to a function, as Lambda's event source mapping does: in batches, several at once up to
 * the configured concurrency. Messages of a batch that the function fails come again after the visibility timeout,
 * until the queue's redrive policy moves them to the dead-letter queue.
 */
export class QueueConsumer {
  readonly #options: ConsumerOptions;
  readonly #stopListening: () => void;
  #running = 0;
  #scheduled = false;
  #window: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#stopListening = options.queue.onVisible(() => this.#schedule());
    this.#schedule();
  }

  /** Takes no more messages. Batches that run go on. */
  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    clearTimeout(this.#window);
  }

  /** Waits a turn (or the batching window), so that messages sent together come in one batch. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    const { batchSize, batchingWindowSeconds } = this.#options.blueprint;
    const full = this.#options.queue.depth.visible >= batchSize;
    if (full || batchingWindowSeconds === 0) setImmediate(() => this.#take());
    else this.#window = setTimeout(() => this.#take(), batchingWindowSeconds * 1000);
  }

  #take(): void {
    this.#scheduled = false;
    const { queue, blueprint } = this.#options;
    while (!this.#stopped && this.#running < blueprint.maxConcurrency && queue.depth.visible > 0) {
      const deliveries = queue.receive(blueprint.batchSize);
      if (deliveries.length > 0) void this.#run(deliveries);
    }
  }

  async #run(deliveries: readonly Delivery[]): Promise<void> {
    this.#running++;
    const failed = await this.#failures(deliveries);
    this.#running--;
    const { queue, redeliverySeconds } = this.#options;
    for (const { message, receiptHandle } of deliveries) {
      if (!failed.has(message.id)) queue.delete(receiptHandle);
      else if (redeliverySeconds !== undefined) queue.changeVisibility(receiptHandle, redeliverySeconds);
    }
    this.#schedule();
  }

  /** Runs the function and finds out which messages failed, by id. */
  async #failures(deliveries: readonly Delivery[]): Promise<ReadonlySet<string>> {
    const ids = new Set(deliveries.map(({ message }) => message.id));
    const { blueprint, invoke } = this.#options;
    try {
      const result = await invoke({
        Records: deliveries.map((delivery) => record(delivery, blueprint.queueArn)),
      });
      if (!blueprint.reportsItemFailures || result === null || result === undefined) return new Set();
      const report = reportSchema.safeParse(result);
      const failed = report.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
      // An answer that cannot be read, or that names a message nobody sent, counts as a failure of the whole batch.
      const readable = report.success && failed.every((id) => ids.has(id));
      return readable ? new Set(failed) : ids;
    } catch {
      return ids;
    }
  }
}

function record(delivery: Delivery, queueArn: string): object {
  const { message, receiptHandle } = delivery;
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: systemAttributes(delivery),
    messageAttributes: message.attributes,
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
