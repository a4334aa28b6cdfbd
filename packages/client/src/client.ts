import type { Event, SurveyResponse } from "./facts.ts";
import { type AnyFact, digest, idOf } from "./ids.ts";
import { leaving, surroundings } from "./leaving.ts";
import { type FactResult, type Posted, postFacts, type Route } from "./post.ts";
import { type KeyValueStorage, type Waiting, WaitingFacts } from "./storage.ts";

export type { Event, SurveyResponse } from "./facts.ts";
export type { FactResult } from "./post.ts";
export type { KeyValueStorage } from "./storage.ts";

/** Sends facts to cx-metrics. */

/** What to send: a survey response, or an event. */
export type Fact = SurveyResponse | Event;

/** How facts are sent. */
export interface ClientOptions {
  /** Where the API is. */
  readonly url: string;
  /** A key with the scope `ingest`; in a browser a public one, limited to your origins. */
  readonly key: string;
  /** Facts in a request, 1 to 500. Default: 100. */
  readonly batchSize?: number;
  /** How long a fact waits for others. Default: 2000. */
  readonly waitMilliseconds?: number;
  /** Facts that wait at most; then the oldest are given up, and told of. Default: 10,000. */
  readonly maxWaiting?: number;
  /** Where facts survive the page. Default: `localStorage` where there is one; `null` for nowhere. */
  readonly storage?: KeyValueStorage | null;
  /** Told of each fact that does not count: invalid, in conflict with another one of its id, or given up. */
  readonly onRejected?: (fact: Fact, result: FactResult) => void;
  /** Told of each failure that is tried again. */
  readonly onRetry?: (why: string, waitMilliseconds: number) => void;
  readonly fetch?: typeof fetch;
}

const timeoutMilliseconds = 35_000;
const maxBytes = 900_000;
/** What browsers send when a page is left. */
const maxBytesOnLeaving = 60_000;
const longestPause = 60_000;
/** So often a process that ends tries to send what waits, within some four seconds. */
const triesOnExit = 4;
/** So often a single fact may break the server. */
const triesOfOne = 4;

/** Sends facts in batches, again and again until they are answered for. */
export class CxMetricsClient {
  readonly #options: ClientOptions;
  readonly #url: string;
  readonly #kept: WaitingFacts;
  #waiting: Waiting[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #batchSize: number;
  #failures = 0;
  /** Calls of `flush` that are waited for. */
  #flushing = 0;
  /** How often the process was about to end. */
  #exits = 0;
  #wake: (() => void) | undefined;
  /** Between two tries. */
  #pause: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  readonly #stopListening: () => void;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#url = options.url.replace(/\/+$/, "");
    this.#batchSize = this.#mostInBatch;
    const storage = options.storage === undefined ? browserStorage() : (options.storage ?? undefined);
    this.#kept = new WaitingFacts(storage, digest(this.#url + options.key).slice(0, 8));
    this.#waiting = this.#kept.takeOver();
    this.#kept.keep(this.#waiting);
    this.#stopListening = leaving({
      onLeave: () => this.#sendOnLeaving(),
      onExit: () => this.#sendOnExit(),
      onOnline: () => this.#wake?.(),
    });
    if (this.#waiting.length > 0) this.#schedule();
  }

  /**
   * Notes a fact, and sends it with others.
   * @returns its id: its own, one of what it says where that names one thing (an order, a call), or a random one
   */
  track(fact: Fact): string {
    const given = fact as unknown as AnyFact;
    const id = typeof given["id"] === "string" ? given["id"] : idOf(given);
    const occurredAt = given["occurredAt"] ?? new Date().toISOString();
    const route: Route = "survey" in fact ? "responses" : "events";
    this.#waiting.push({ route, id, json: JSON.stringify({ ...given, id, occurredAt }) });
    const surplus = this.#waiting.length - (this.#options.maxWaiting ?? 10_000);
    if (surplus > 0) {
      for (const item of this.#waiting.splice(0, surplus)) this.#reject(item, "too many facts wait");
    }
    this.#kept.keep(this.#waiting);
    if (this.#waiting.length >= this.#mostInBatch) void this.#send();
    else this.#schedule();
    return id;
  }

  /**
   * Sends everything that waits. Ends when it is answered for, however long that takes.
   * @param milliseconds after which it ends anyway, for example where a function is about to be stopped: what still waits is sent later
   * @returns how many facts still wait
   */
  async flush(milliseconds?: number): Promise<number> {
    this.#flushing += 1;
    this.#wake?.();
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => {
      if (milliseconds === undefined) return;
      timer = setTimeout(() => {
        isOver = true;
        resolve();
      }, milliseconds);
    });
    try {
      // A client that is closed, also by somebody else meanwhile, sends nothing more: there is nothing to wait for.
      while (this.#waiting.length > 0 && !isOver && !this.#isClosed) await Promise.race([this.#send(), over]);
    } finally {
      clearTimeout(timer);
      this.#flushing -= 1;
      if (this.#flushing === 0) unref(this.#pause);
    }
    return this.#waiting.length;
  }

  /**
   * Sends everything as `flush` does, then nothing more, and takes no notice of the page or the process. What still waits is left in the storage.
   * @returns how many facts still wait
   */
  async close(milliseconds?: number): Promise<number> {
    const waiting = await this.flush(milliseconds);
    this.#isClosed = true;
    clearTimeout(this.#timer);
    // What waits for the next try is told that there is none.
    this.#wake?.();
    this.#stopListening();
    return waiting;
  }

  get #mostInBatch(): number {
    return Math.min(500, Math.max(1, this.#options.batchSize ?? 100));
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#sending !== undefined || this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#send(), this.#options.waitMilliseconds ?? 2000);
    unref(this.#timer);
  }

  #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      if (this.#waiting.length > 0) this.#schedule();
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const batch = this.#nextBatch(this.#batchSize, maxBytes);
      const posted = await this.#post(batch);
      if (posted.kind === "answered") this.#answered(batch, posted.results);
      else await this.#failed(batch, posted);
    }
  }

  #nextBatch(most: number, bytes: number): readonly Waiting[] {
    const route = this.#waiting[0]?.route;
    const batch: Waiting[] = [];
    let size = 0;
    for (const item of this.#waiting) {
      if (item.route !== route) continue;
      size +=
        3 * item.json.length > bytes - size
          ? new TextEncoder().encode(item.json).length + 1
          : 3 * item.json.length;
      if (batch.length > 0 && (batch.length >= most || size > bytes)) break;
      batch.push(item);
    }
    return batch;
  }

  #post(batch: readonly Waiting[], keepalive = false): Promise<Posted> {
    const { key, fetch: send } = this.#options;
    const target = { url: this.#url, key, timeoutMilliseconds, ...(send ? { fetch: send } : {}) };
    const route = batch[0]?.route ?? "events";
    return postFacts(
      target,
      route,
      batch.map(({ json }) => json),
      keepalive,
    );
  }

  #answered(batch: readonly Waiting[], results: readonly FactResult[]): void {
    this.#failures = 0;
    this.#batchSize = Math.min(this.#mostInBatch, this.#batchSize * 2);
    this.#done(batch);
    for (const [index, item] of batch.entries()) {
      const result = results[index];
      if (result?.status === "invalid" || result?.status === "conflict") this.#tell(item, result);
    }
  }

  #done(batch: readonly Waiting[]): void {
    const done = new Set(batch);
    this.#waiting = this.#waiting.filter((item) => !done.has(item));
    this.#kept.keep(this.#waiting);
  }

  async #failed(batch: readonly Waiting[], posted: Exclude<Posted, { kind: "answered" }>): Promise<void> {
    this.#failures += 1;
    const status = posted.kind === "refused" ? posted.status : 0;
    const isTheirFault = status === 400 || status === 413 || status === 422;
    const mayBeOne =
      isTheirFault || (status >= 500 && posted.kind === "refused" && posted.retryAfter === null);
    if (mayBeOne && batch.length > 1) this.#batchSize = Math.ceil(batch.length / 2);
    else if (mayBeOne && (isTheirFault || this.#failures >= triesOfOne)) {
      // One fact alone must not keep all others from being sent.
      this.#failures = 0;
      this.#done(batch);
      for (const item of batch) this.#reject(item, `the server answers ${status}`);
      return;
    }
    if (isTheirFault || this.#isClosed) return;
    const asked = posted.kind === "refused" ? Number(posted.retryAfter ?? 0) * 1000 || 0 : 0;
    const most = Math.min(longestPause, 500 * 2 ** Math.min(this.#failures, 10));
    const pause = Math.max(asked, Math.random() * most);
    this.#options.onRetry?.(status === 0 ? "no answer" : `the server answers ${status}`, pause);
    await new Promise<void>((resume) => {
      this.#wake = resume;
      this.#pause = setTimeout(resume, pause);
      // Nobody waits: a server that is away must not keep the process from ending.
      if (this.#flushing === 0) unref(this.#pause);
    });
    this.#wake = undefined;
  }

  /** A process that is about to end sends what waits, a few times where the server is away. */
  #sendOnExit(): void {
    if (this.#waiting.length === 0 || this.#exits >= triesOnExit) return;
    const pause = this.#exits === 0 ? 0 : 250 * 2 ** this.#exits;
    this.#exits += 1;
    setTimeout(() => {
      this.#wake?.();
      void this.#send();
    }, pause);
  }

  /** What a browser still sends when the page is left; it stays in the storage until it is answered for. */
  #sendOnLeaving(): void {
    const batch = this.#nextBatch(this.#mostInBatch, maxBytesOnLeaving);
    if (batch.length === 0) return;
    void this.#post(batch, true).then((posted) => {
      if (posted.kind === "answered") this.#answered(batch, posted.results);
    });
  }

  #reject(item: Waiting, detail: string): void {
    this.#tell(item, { id: item.id, status: "invalid", errors: [{ pointer: "", detail }] });
  }

  #tell({ json }: Waiting, result: FactResult): void {
    this.#options.onRejected?.(JSON.parse(json) as Fact, result);
  }
}

function browserStorage(): KeyValueStorage | undefined {
  try {
    // Node has one too, which warns where it has no file.
    return surroundings.document === undefined ? undefined : surroundings.localStorage;
  } catch {
    return undefined;
  }
}

/** A timer does not keep a process alive: facts are sent when it would end. */
function unref(timer: unknown): void {
  if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
    timer.unref();
}
