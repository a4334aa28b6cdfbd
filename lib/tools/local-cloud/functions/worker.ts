import { enableCompileCache, flushCompileCache } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { ErrorReport, Invocation, PrintRequest, WorkerMessage, WorkerSetup } from "./protocol.ts";

/**
 * The thread in which one function lives: imports its bundle once and runs the handler for every event that it is
 * sent, as the Node runtime of Lambda does. Runs by itself as a worker; nothing imports it.
 */
type Handler = (event: unknown, context: object) => unknown;

const setup = workerData as WorkerSetup;

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function report(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

async function loadHandler(): Promise<Handler> {
  enableCompileCache(setup.compileCache);
  const module: Record<string, unknown> = await import(pathToFileURL(setup.modulePath).href);
  const handler = module[setup.exportName];
  if (typeof handler !== "function") throw new Error(`${setup.modulePath} exports no ${setup.exportName}`);
  return handler as Handler;
}

/** The context object of the Node runtime, without what Lambda itself calls deprecated. */
function makeContext({ requestId, deadline }: Invocation): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: setup.arn,
    memoryLimitInMB: String(setup.memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  try {
    const result = await handler(invocation.event, makeContext(invocation));
    post({ type: "result", id: invocation.id, payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    post({ type: "failure", id: invocation.id, error: report(error) });
  }
  // Not before: what the first event needed is compiled by now.
  flushCompileCache();
}

/** A stream's write is done when the parent has taken everything up to it. */
async function print(): Promise<void> {
  const streams = [process.stdout, process.stderr];
  await Promise.all(
    streams.map((stream) => new Promise<void>((resolve) => stream.write("\n", () => resolve()))),
  );
  post({ type: "printed" });
}

try {
  const handler = await loadHandler();
  parentPort?.on("message", (message: Invocation | PrintRequest) => {
    void ("type" in message ? print() : run(handler, message));
  });
  post({ type: "ready" });
} catch (error) {
  post({ type: "unusable", error: report(error) });
}
