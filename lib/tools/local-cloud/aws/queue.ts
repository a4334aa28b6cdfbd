import { createHash, randomUUID } from "node:crypto";
import type { QueueBlueprint } from "../template/queue-blueprint.ts";
import type { KeptMessage, QueueJournal } from "./queue-journal.ts";

/** A message, as the queue keeps it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** SQS's message attributes, as they were sent. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whose it is: those of one group do not hold up those of others. */
  readonly group: string | undefined;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** A message that someone received and has not deleted yet. */
export interface Delivery {
  readonly message: Message;
  readonly receiptHandle: string;
}

/** How full a queue is. */
export interface QueueDepth {
  /** Messages that can be received now. */
  readonly visible: number;
  /** Messages that were received and are neither deleted nor back. */
  readonly inFlight: number;
  /** Messages that become visible for the first time later. */
  readonly delayed: number;
}

/** SQS holds no message back for longer. */
const maxDelayMilliseconds = 900_000;

interface InFlight extends Delivery {
  timer: NodeJS.Timeout;
}

/**
 * One standard SQS queue: visibility timeout, delay, retention, redrive to a dead-letter queue. With a journal its messages survive
 * the process: those that were received and not deleted can be received again at once, as whoever had them is gone too.
 */
export class Queue {
  readonly blueprint: QueueBlueprint;
  readonly #deadLetters: () => Queue | undefined;
  readonly #onChange: () => void;
  readonly #journal: QueueJournal | undefined;
  readonly #inFlight = new Map<string, InFlight>();
  readonly #delayed = new Map<NodeJS.Timeout, Message>();
  readonly #listeners = new Set<() => void>();
  #visible: Message[] = [];

  /**
   * @param deadLetters finds the dead-letter queue
   * @param onChange called whenever the depth changes
   * @param journal keeps the messages; they are forgotten with the process where there is none
   */
  constructor(
    blueprint: QueueBlueprint,
    deadLetters: () => Queue | undefined,
    onChange: () => void,
    journal?: QueueJournal,
  ) {
    this.blueprint = blueprint;
    this.#deadLetters = deadLetters;
    this.#onChange = onChange;
    this.#journal = journal;
    for (const { visibleAt, ...kept } of journal?.messagesOf(blueprint.physicalName) ?? []) {
      const message = messageOf(kept);
      // The clock may have been put back since.
      const wait = Math.min(visibleAt - Date.now(), maxDelayMilliseconds);
      if (wait > 0) this.#holdBack(message, wait);
      else this.#visible.push(message);
    }
  }

  get depth(): QueueDepth {
    return { visible: this.#visible.length, inFlight: this.#inFlight.size, delayed: this.#delayed.size };
  }

  /** The messages that can be received now, without receiving them. */
  get messages(): readonly Message[] {
    return this.#visible;
  }

  /** Calls a function each time that a message becomes visible. Returns what ends that. */
  onVisible(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param group whose it is */
  send(
    body: string,
    attributes: Readonly<Record<string, unknown>> = {},
    delaySeconds?: number,
    group?: string,
  ): Message {
    const own = { id: randomUUID(), body, attributes, ...(group === undefined ? {} : { group }) };
    const message = messageOf({ ...own, sentAt: Date.now(), receiveCount: 0 });
    const delay = 1000 * (delaySeconds ?? this.blueprint.delaySeconds);
    this.#keep(message, message.sentAt + delay, true);
    if (delay === 0) this.#show(message);
    else {
      this.#holdBack(message, delay);
      this.#onChange();
    }
    return message;
  }

  /**
   * Shows what is held back, as if its time had come.
   * @returns whether there was anything
   */
  hurry(): boolean {
    const held = [...this.#delayed];
    this.#delayed.clear();
    for (const [timer, message] of held) {
      clearTimeout(timer);
      this.#show(message);
    }
    return held.length > 0;
  }

  /** Takes up to `limit` messages, which nobody else gets until the visibility timeout is over. */
  receive(limit: number, visibilitySeconds = this.blueprint.visibilityTimeoutSeconds): Delivery[] {
    const now = Date.now();
    const deliveries: Delivery[] = [];
    while (deliveries.length < limit) {
      const message = this.#next();
      if (message === undefined) break;
      if (now - message.sentAt > this.blueprint.retentionSeconds * 1000) {
        this.#journal?.drop(message.id);
        continue;
      }
      if (this.#redrive(message)) continue;
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      this.#keep(message, 0, false);
      const receiptHandle = randomUUID();
      const timer = setTimeout(() => this.#giveBack(receiptHandle), visibilitySeconds * 1000);
      this.#inFlight.set(receiptHandle, { message, receiptHandle, timer });
      deliveries.push({ message, receiptHandle });
    }
    this.#onChange();
    return deliveries;
  }

  /**
   * The message that is received next: of those groups that have the fewest in flight, as AWS's fair queues do it; else the longest sent.
   */
  #next(): Message | undefined {
    if (this.#visible.every(({ group }) => group === undefined)) return this.#visible.shift();
    const inFlight = new Map<string | undefined, number>();
    for (const { message } of this.#inFlight.values()) {
      inFlight.set(message.group, (inFlight.get(message.group) ?? 0) + 1);
    }
    let [best, fewest] = [0, Number.POSITIVE_INFINITY];
    for (const [index, { group }] of this.#visible.entries()) {
      const count = inFlight.get(group) ?? 0;
      if (count < fewest) [best, fewest] = [index, count];
      if (fewest === 0) break;
    }
    return this.#visible.splice(best, 1)[0];
  }

  /** Ends a delivery for good. A handle that is over or unknown does nothing, as in SQS. */
  delete(receiptHandle: string): void {
    const delivery = this.#inFlight.get(receiptHandle);
    if (delivery !== undefined) {
      clearTimeout(delivery.timer);
      this.#inFlight.delete(receiptHandle);
      this.#journal?.drop(delivery.message.id);
    }
    this.#onChange();
  }

  /**
   * Changes when an undeleted delivery becomes visible again, counted from now.
   * @returns false when the delivery is over
   */
  changeVisibility(receiptHandle: string, seconds: number): boolean {
    const delivery = this.#inFlight.get(receiptHandle);
    if (delivery === undefined) return false;
    clearTimeout(delivery.timer);
    if (seconds <= 0) this.#giveBack(receiptHandle);
    else delivery.timer = setTimeout(() => this.#giveBack(receiptHandle), seconds * 1000);
    return true;
  }

  /** Forgets everything, timers included; the journal keeps its messages for the next start. */
  clear(): void {
    for (const { timer } of this.#inFlight.values()) clearTimeout(timer);
    for (const timer of this.#delayed.keys()) clearTimeout(timer);
    this.#inFlight.clear();
    this.#delayed.clear();
    this.#visible = [];
  }

  /** Moves a message that had its last delivery to the dead-letter queue. */
  #redrive(message: Message): boolean {
    const { redrive } = this.blueprint;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#deadLetters();
    if (deadLetters === undefined) this.#journal?.drop(message.id);
    else {
      deadLetters.#keep(message, 0, false);
      deadLetters.#show(message);
    }
    return true;
  }

  #giveBack(receiptHandle: string): void {
    const delivery = this.#inFlight.get(receiptHandle);
    this.#inFlight.delete(receiptHandle);
    if (delivery !== undefined) this.#show(delivery.message);
  }

  #holdBack(message: Message, milliseconds: number): void {
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      this.#show(message);
    }, milliseconds);
    this.#delayed.set(timer, message);
  }

  #keep(
    { md5OfBody: _, firstReceivedAt, group, ...message }: Message,
    visibleAt: number,
    isNew: boolean,
  ): void {
    const queue = this.blueprint.physicalName;
    const seen = {
      ...(firstReceivedAt === undefined ? {} : { firstReceivedAt }),
      ...(group === undefined ? {} : { group }),
    };
    this.#journal?.keep({ ...message, ...seen, queue, visibleAt }, isNew);
  }

  #show(message: Message): void {
    this.#visible.push(message);
    this.#onChange();
    for (const listener of this.#listeners) listener();
  }
}

function messageOf(kept: Omit<KeptMessage, "queue" | "visibleAt">): Message {
  const { id, body, attributes, group, sentAt, receiveCount, firstReceivedAt } = kept;
  const md5OfBody = createHash("md5").update(body).digest("hex");
  return { id, body, md5OfBody, attributes, group, sentAt, receiveCount, firstReceivedAt };
}
