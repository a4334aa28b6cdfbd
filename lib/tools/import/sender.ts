import * as z from "zod";
import { type FactResult, postFacts } from "../../../packages/client/src/post.ts";
import type { Batch } from "./chunks.ts";
import { parseJson } from "./json.ts";
import { BatchFailure, exitCode, ServerError, Stopped } from "./problems.ts";
import { backoffMilliseconds, type RetryPolicy, retryAfterMilliseconds, wait } from "./retries.ts";

/** The server's word on one fact. */
export interface Answer {
  readonly status: "recorded" | "duplicate" | "conflict" | "invalid";
  /** The errors of the fact: pointer and detail. */
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Where facts are sent, and how stubbornly. */
export interface SenderOptions {
  /** The API's base URL, without a slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly retry: RetryPolicy;
  /** How long one request may take. API Gateway answers within 30 seconds. */
  readonly timeoutMilliseconds: number;
  /** Told of each wait before another try. */
  readonly onRetry: (why: string, waitMilliseconds: number) => void;
}

/** Sends batches; every batch until it is answered. */
export interface Sender {
  /**
   * Sends a batch, again and again if need be: the facts have ids, so that none is counted twice.
   * @param stop ends the waiting for another try; a request under way is finished
   * @param tries at most so many, where the policy has more
   * @returns one answer a fact, in the batch's order
   * @throws BatchFailure when the server fails on it too often, ServerError when it refuses the batch as a whole or is not
   *   there; Stopped.
   */
  send(batch: Batch, stop: AbortSignal, tries?: number): Promise<readonly Answer[]>;
}

const problemSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  message: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

/** Makes a sender. It holds no connection of its own: Node's fetch keeps them alive. */
export function createSender(options: SenderOptions): Sender {
  /** Before the first answer a connection that fails is more likely a wrong URL than a passing fault. */
  let reached = false;
  return {
    async send(batch, stop, most = options.retry.tries) {
      const started = performance.now();
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await tryOnce(batch, options);
        if ("answers" in outcome) {
          reached = true;
          return outcome.answers;
        }
        reached ||= outcome.reached;
        const { policy, why } = { policy: options.retry, why: outcome.failure };
        const allowed = Math.min(most, outcome.maxTries ?? most);
        const tries = reached ? allowed : Math.min(allowed, policy.triesUnreached);
        const pause = Math.max(outcome.retryAfter ?? 0, backoffMilliseconds(policy, attempt));
        const spent = performance.now() - started;
        if (attempt >= tries || spent + pause > policy.totalMilliseconds) {
          const message = gaveUp(options.url, why, attempt, reached);
          if (outcome.mayBeOneFact) throw new BatchFailure(message, why);
          throw new ServerError(message, exitCode.server);
        }
        if (stop.aborted) throw new Stopped("stopped");
        options.onRetry(why, pause);
        await wait(pause, stop);
      }
    },
  };
}

type Outcome =
  | { readonly answers: readonly Answer[] }
  | {
      readonly failure: string;
      readonly reached: boolean;
      readonly retryAfter?: number;
      /** Whether the server may have broken on one of the facts: it does not say that it is only busy. */
      readonly mayBeOneFact?: boolean;
      readonly maxTries?: number;
    };

/** A fact that breaks the server breaks it again: so many tries are enough to tell it from a passing fault. */
const triesOfBroken = 3;

async function tryOnce(batch: Batch, options: SenderOptions): Promise<Outcome> {
  const posted = await postFacts(
    options,
    batch.to,
    batch.facts.map(({ json }) => json),
  );
  if (posted.kind === "answered") return { answers: posted.results.map(answerOf) };
  if (posted.kind === "unanswered") return { failure: connectionProblem(posted.error), reached: false };
  if (posted.kind === "strange") {
    throw new ServerError(
      `${options.url} answered 200 with something else than one result for each of the ${batch.facts.length} facts: is it the right URL?`,
      exitCode.usage,
    );
  }
  const { status, text, location } = posted;
  if (status !== 429 && status < 500) throw refusal(status, text, location, batch, options.url);
  const retryAfter = retryAfterMilliseconds(posted.retryAfter, Date.now());
  return {
    failure: `the server answered ${status}`,
    reached: true,
    mayBeOneFact: status >= 500 && retryAfter === undefined,
    // A gateway answers 503 both for a function that takes too long and for one that is not there for a while.
    ...(status >= 500 && status !== 503 ? { maxTries: triesOfBroken } : {}),
    ...(retryAfter ? { retryAfter } : {}),
  };
}

function answerOf({ status, errors, detail }: FactResult): Answer {
  return { status, errors: errors ?? (detail === undefined ? [] : [{ pointer: "", detail }]) };
}

function refusal(
  status: number,
  text: string,
  location: string | null,
  batch: Batch,
  url: string,
): ServerError {
  const said = saidIn(text);
  if (status === 401) return configuration(`the server does not know the key (401): see --key or API_KEY`);
  if (status === 403)
    return configuration(`the key may not send facts (403${said}): it needs the scope "ingest"`);
  if (status === 404) return configuration(`${url} has no /v1/${batch.to} (404): see --url`);
  if (status >= 300 && status < 400) {
    return configuration(
      `${url} redirects (${status}) to ${location ?? "another address"}: give that as --url`,
    );
  }
  const rows = `rows ${batch.facts[0]?.row.number} to ${batch.facts.at(-1)?.row.number}`;
  if (status === 413) {
    return configuration(
      `the server finds the request of ${rows} too large (413): send fewer at a time with --batch`,
    );
  }
  return new ServerError(
    `the server refused the whole request of ${rows} (${status}${said})`,
    exitCode.server,
  );
}

function configuration(message: string): ServerError {
  return new ServerError(message, exitCode.usage);
}

function saidIn(text: string): string {
  const parsed = problemSchema.safeParse(parseJson(text));
  if (!parsed.success) return "";
  const { title, detail, message, errors = [] } = parsed.data;
  const parts = [
    detail ?? title ?? message,
    ...errors.slice(0, 5).map((error) => `${error.pointer} ${error.detail}`),
  ];
  return parts.flatMap((part) => (part ? `; ${part}` : [])).join("");
}

function connectionProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  return code ?? (cause instanceof Error ? cause.message : error.message);
}

function gaveUp(url: string, why: string, attempts: number, reached: boolean): string {
  const times = attempts === 1 ? "once" : `${attempts} times`;
  return reached
    ? `gave up after trying ${times}: ${why}`
    : `cannot reach ${url} (${why}; tried ${times}): is the server running, and is --url right?`;
}
