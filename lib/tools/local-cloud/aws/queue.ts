import { createHash, randomUUID } from "node:crypto";
import type { QueueBlueprint } from "../template/queue-blueprint.ts";

/** A message, as the queue keeps it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** SQS's message attributes, as they were sent. */
  readonly attributes: Readonly<Record<string, unknown>>;
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

interface InFlight extends Delivery {
  timer: NodeJS.Timeout;
}

/**
 * One standard SQS queue in memory: visibility timeout, delay, retention, redrive to a dead-letter queue. Messages do
 * not survive the process: what must not get lost is found again by the schedules, as after any lost message.
 */
export class Queue {
  readonly blueprint: QueueBlueprint;
  readonly #deadLetters: () => Queue | undefined;
  readonly #onChange: () => void;
  readonly #inFlight = new Map<string, InFlight>();
  readonly #delayed = new Map<NodeJS.Timeout, Message>();
  readonly #listeners = new Set<() => void>();
  #visible: Message[] = [];

  /**
   * @param deadLetters finds the dead-letter queue
   * @param onChange called whenever the depth changes
   */
  constructor(blueprint: QueueBlueprint, deadLetters: () => Queue | undefined, onChange: () => void) {
    this.blueprint = blueprint;
    this.#deadLetters = deadLetters;
    this.#onChange = onChange;
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

  send(body: string, attributes: Readonly<Record<string, unknown>> = {}, delaySeconds?: number): Message {
    const message: Message = {
      id: randomUUID(),
      body,
      md5OfBody: createHash("md5").update(body).digest("hex"),
      attributes,
      sentAt: Date.now(),
      receiveCount: 0,
      firstReceivedAt: undefined,
    };
    const delay = delaySeconds ?? this.blueprint.delaySeconds;
    if (delay === 0) this.#show(message);
    else {
      const timer = setTimeout(() => {
        this.#delayed.delete(timer);
        this.#show(message);
      }, delay * 1000);
      this.#delayed.set(timer, message);
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
      const message = this.#visible.shift();
      if (message === undefined) break;
      if (now - message.sentAt > this.blueprint.retentionSeconds * 1000) continue;
      if (this.#redrive(message)) continue;
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      const receiptHandle = randomUUID();
      const timer = setTimeout(() => this.#giveBack(receiptHandle), visibilitySeconds * 1000);
      this.#inFlight.set(receiptHandle, { message, receiptHandle, timer });
      deliveries.push({ message, receiptHandle });
    }
    this.#onChange();
    return deliveries;
  }

  /** Ends a delivery for good. A handle that is over or unknown does nothing, as in SQS. */
  delete(receiptHandle: string): void {
    clearTimeout(this.#inFlight.get(receiptHandle)?.timer);
    this.#inFlight.delete(receiptHandle);
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

  /** Forgets everything, timers included. */
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
    if (deadLetters !== undefined) deadLetters.#show(message);
    return true;
  }

  #giveBack(receiptHandle: string): void {
    const delivery = this.#inFlight.get(receiptHandle);
    this.#inFlight.delete(receiptHandle);
    if (delivery !== undefined) this.#show(delivery.message);
  }

  #show(message: Message): void {
    this.#visible.push(message);
    this.#onChange();
    for (const listener of this.#listeners) listener();
  }
}
