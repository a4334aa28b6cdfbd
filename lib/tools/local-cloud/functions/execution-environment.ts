import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { transformSync } from "esbuild";
import { messageOf } from "../errors.ts";
import type { LogFile } from "../log-file.ts";
import type { ErrorReport, Invocation, PrintRequest, WorkerMessage, WorkerSetup } from "./protocol.ts";

/** Lambda gives a function ten seconds to load. */
const initMilliseconds = 10_000;

/** So long an idle thread has at the end to hand over what it printed. */
const printMilliseconds = 1_000;

/** An invocation that failed: the handler threw, took too long, or its thread ended. */
export class InvocationError extends Error {
  override readonly name = "InvocationError";
  /** Lambda's name for it: the class of the handler's error, or `Sandbox.Timedout`, `Runtime.ExitError` … */
  readonly errorType: string;

  constructor(report: Pick<ErrorReport, "errorType" | "errorMessage">) {
    super(report.errorMessage);
    this.errorType = report.errorType;
  }
}

/** The one event that an environment works on. */
interface Running {
  readonly id: number;
  readonly resolve: (payload: string) => void;
  readonly reject: (error: InvocationError) => void;
  readonly timer: NodeJS.Timeout;
}

export interface EnvironmentOptions {
  readonly setup: WorkerSetup;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  readonly payloadLimitBytes: number;
  readonly log: LogFile;
  /** Called when the thread is gone. */
  readonly onEnd: () => void;
}

/** One thread that runs a function's handler, one event at a time. */
export class ExecutionEnvironment {
  /** Settles when the code is loaded; rejects with InvocationError when it cannot be. */
  readonly ready: Promise<void>;
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  #running: Running | undefined;
  #nextId = 0;
  #ended: ErrorReport | undefined;
  readonly #printed = Promise.withResolvers<void>();

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#worker = startWorker(options);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    // The first invocation awaits `ready` and reports its failure; this keeps it from counting as unhandled before.
    promise.catch(() => {});
    const tooSlow = { errorType: "Runtime.InitTimeout", errorMessage: "The code took over 10 s to load" };
    const initTimer = setTimeout(() => this.#fail({ ...tooSlow, trace: [] }), initMilliseconds);
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.type === "ready") {
        clearTimeout(initTimer);
        resolve();
      } else if (message.type === "unusable") this.#fail(message.error);
      else if (message.type === "printed") this.#printed.resolve();
      else this.#settle(message);
    });
    this.#worker.on("error", (error) => this.#fail(crashReport(error)));
    this.#worker.on("exit", (code) => {
      clearTimeout(initTimer);
      if (this.#ended === undefined) this.#fail(exitReport(code));
      reject(new InvocationError(this.#ended ?? exitReport(code)));
      this.#printed.resolve();
      options.onEnd();
    });
  }

  /** Whether another event may come here. */
  get usable(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Runs the handler. To be called again only when the event before is done.
   * @returns its result as JSON text
   * @throws InvocationError
   */
  async invoke(event: unknown, requestId: string): Promise<string> {
    await this.ready;
    if (this.#ended !== undefined) throw new InvocationError(this.#ended);
    const { timeoutMilliseconds } = this.#options;
    const id = this.#nextId++;
    const invocation: Invocation = { id, requestId, event, deadline: Date.now() + timeoutMilliseconds };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#timeOut(id, requestId), timeoutMilliseconds);
      this.#running = { id, resolve, reject, timer };
      this.#worker.postMessage(invocation);
    });
  }

  /** Ends the thread now; one that is idle hands over first what it has printed. */
  async terminate(): Promise<void> {
    if (this.#ended === undefined && this.#running === undefined) await this.#print();
    this.#ended ??= { errorType: "Sandbox.Stopped", errorMessage: "The function was stopped", trace: [] };
    this.#take()?.reject(new InvocationError(this.#ended));
    await this.#worker.terminate();
  }

  async #print(): Promise<void> {
    this.#worker.postMessage({ type: "print" } satisfies PrintRequest);
    const timer = setTimeout(this.#printed.resolve, printMilliseconds);
    await this.#printed.promise;
    clearTimeout(timer);
  }

  #settle(message: Extract<WorkerMessage, { id: number }>): void {
    // The answer to an event that is over already says nothing about the one that runs now.
    if (this.#running?.id !== message.id) return;
    const running = this.#take();
    if (message.type === "failure") {
      this.#options.log.note(message.error.errorMessage, message.error);
      running?.reject(new InvocationError(message.error));
    } else if (Buffer.byteLength(message.payload) > this.#options.payloadLimitBytes) {
      const errorMessage = `The result is over ${this.#options.payloadLimitBytes} bytes`;
      const report = { errorType: "Function.ResponseSizeTooLarge", errorMessage };
      this.#options.log.note(errorMessage, report);
      running?.reject(new InvocationError(report));
    } else running?.resolve(message.payload);
  }

  /** The time is up: the event fails, and the thread ends with whatever it was doing, as Lambda's environment does. */
  #timeOut(id: number, requestId: string): void {
    if (this.#running?.id !== id) return;
    const seconds = (this.#options.timeoutMilliseconds / 1000).toFixed(2);
    const errorMessage = `Task timed out after ${seconds} seconds`;
    this.#fail({ errorType: "Sandbox.Timedout", errorMessage, trace: [], requestId });
  }

  #fail(report: ErrorReport & { readonly requestId?: string }): void {
    if (this.#ended === undefined) this.#options.log.note(report.errorMessage, report);
    this.#ended ??= report;
    this.#take()?.reject(new InvocationError(report));
    void this.#worker.terminate();
  }

  #take(): Running | undefined {
    const running = this.#running;
    clearTimeout(running?.timer);
    this.#running = undefined;
    return running;
  }
}

function startWorker({ setup, variables, log }: EnvironmentOptions): Worker {
  const worker = new Worker(workerProgram(), {
    workerData: setup,
    env: { ...variables },
    // The thread's own limit, so that a handler that outgrows its memory fails here as it would there.
    resourceLimits: {
      maxOldGenerationSizeMb: setup.memoryMegabytes,
      maxYoungGenerationSizeMb: youngGenerationMegabytes(setup.memoryMegabytes),
    },
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  worker.stdout.setEncoding("utf8").on("data", (chunk: string) => log.print(chunk, "INFO"));
  worker.stderr.setEncoding("utf8").on("data", (chunk: string) => log.print(chunk, "ERROR"));
  return worker;
}

/**
 * Short-lived garbage is collected sooner than in Lambda: many threads share the memory of one machine. Functions that read a lot at once are
 * few, and spend a fifth of their time on collecting it when they have as little.
 */
function youngGenerationMegabytes(memoryMegabytes: number): number {
  return memoryMegabytes < 1_769 ? 8 : 24;
}

let program: URL | undefined;

/** The program of a thread, as JavaScript: a thread that has to take the types out by itself needs 7 MB more for as long as it lives. */
function workerProgram(): URL {
  if (program === undefined) {
    const source = readFileSync(new URL("./worker.ts", import.meta.url), "utf8");
    const { code } = transformSync(source, { loader: "ts", format: "esm" });
    program = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  }
  return program;
}

function crashReport(error: unknown): ErrorReport {
  const outOfMemory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return {
    errorType: outOfMemory ? "Runtime.OutOfMemory" : "Runtime.UnhandledError",
    errorMessage: messageOf(error),
    trace: error instanceof Error ? (error.stack ?? "").split("\n") : [],
  };
}

function exitReport(code: number): ErrorReport {
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `The function's thread exited with code ${code}`,
    trace: [],
  };
}
