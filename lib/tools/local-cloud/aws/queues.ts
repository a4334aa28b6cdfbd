import type { QueueBlueprint } from "../template/queue-blueprint.ts";
import { Queue, type QueueDepth } from "./queue.ts";
import type { QueueJournal } from "./queue-journal.ts";

/** The state of one queue, as tests and people look at it. */
export interface QueueState extends QueueDepth {
  readonly name: string;
  readonly arn: string;
  /** The bodies of the messages that can be received now. */
  readonly bodies: readonly string[];
  /** Their message attributes, in the same order. */
  readonly attributes: readonly Readonly<Record<string, unknown>>[];
}

/** All local queues. */
export class Queues {
  readonly #all: readonly Queue[];

  /**
   * @param onChange called whenever a queue's depth changes
   * @param journal keeps the messages, and has those of the run before
   */
  constructor(
    blueprints: readonly QueueBlueprint[],
    onChange: () => void = () => {},
    journal?: QueueJournal,
  ) {
    this.#all = blueprints.map((blueprint) => {
      const deadLetters = () => this.byArn(blueprint.redrive?.deadLetterArn ?? "");
      return new Queue(blueprint, deadLetters, onChange, journal);
    });
  }

  byArn(arn: string): Queue | undefined {
    return this.#all.find((queue) => queue.blueprint.arn === arn);
  }

  /** The queue whose given-up messages go to the queue of this ARN. */
  withDeadLetters(arn: string): Queue | undefined {
    return this.#all.find((queue) => queue.blueprint.redrive?.deadLetterArn === arn);
  }

  /** Finds a queue by its URL: by the name at the end, as SQS does. */
  byUrl(url: string): Queue | undefined {
    const name = url.slice(url.lastIndexOf("/") + 1);
    return this.#all.find((queue) => queue.blueprint.physicalName === name);
  }

  /** The state of every queue by its short name. */
  get states(): ReadonlyMap<string, QueueState> {
    return new Map(
      this.#all.map((queue) => [
        queue.blueprint.name,
        {
          ...{ name: queue.blueprint.name, arn: queue.blueprint.arn, ...queue.depth },
          bodies: queue.messages.map(({ body }) => body),
          attributes: queue.messages.map(({ attributes }) => attributes),
        },
      ]),
    );
  }

  /** Forgets all messages; a journal keeps them. */
  clear(): void {
    for (const queue of this.#all) queue.clear();
  }
}
