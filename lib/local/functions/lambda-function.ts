import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LocalCloudError } from "../errors.ts";
import type { LogFile } from "../log-file.ts";
import type { FunctionBlueprint } from "../template/function-blueprint.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import type { WorkerSetup } from "./protocol.ts";

/** Lambda's limit on an event and on a result: 6 MB. */
export const payloadLimitBytes = 6 * 1024 * 1024;

/**
 * One Lambda function: starts its thread at the first event and hands events to it.
 *
 * Lambda gives each environment one event at a time and starts more environments as needed. Here one thread takes
 * many events at once: handlers are asynchronous and keep no state between events, so what differs is that they
 * share one CPU. An invocation that runs over its time fails, and its thread is replaced: new events go to a fresh
 * one, and the old one ends when the events that it shares with the guilty one are done.
 */
export class LambdaFunction {
  readonly blueprint: FunctionBlueprint;
  readonly #environmentVariables: Readonly<Record<string, string>>;
  readonly #log: LogFile;
  readonly #environments = new Set<ExecutionEnvironment>();
  #current: ExecutionEnvironment | undefined;
  #stopped = false;

  constructor(
    blueprint: FunctionBlueprint,
    environmentVariables: Readonly<Record<string, string>>,
    log: LogFile,
  ) {
    this.blueprint = blueprint;
    this.#environmentVariables = environmentVariables;
    this.#log = log;
  }

  /**
   * Runs the handler with an event.
   * @returns the handler's result after its way through JSON (undefined becomes null)
   * @throws InvocationError when the handler fails, runs over its time or its thread dies
   */
  async invoke(event: unknown): Promise<unknown> {
    const environment = this.#environment();
    const payload = await environment.invoke(event, randomUUID());
    return JSON.parse(payload);
  }

  /** Loads the function's code now instead of at the first event. */
  async warm(): Promise<void> {
    await this.#environment().ready;
  }

  /** Ends the function's threads; what still runs in them fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#environments].map((environment) => environment.terminate()));
    this.#log.flush();
  }

  #environment(): ExecutionEnvironment {
    if (this.#stopped) throw new LocalCloudError(`${this.blueprint.name} is stopped`);
    if (this.#current?.usable) return this.#current;
    const environment = new ExecutionEnvironment({
      setup: workerSetup(this.blueprint),
      variables: this.#environmentVariables,
      timeoutMilliseconds: this.blueprint.timeoutSeconds * 1000,
      payloadLimitBytes,
      log: this.#log,
      onEnd: () => this.#environments.delete(environment),
    });
    this.#environments.add(environment);
    this.#current = environment;
    return environment;
  }
}

/** @throws LocalCloudError when the function is none that can run here */
function workerSetup(blueprint: FunctionBlueprint): WorkerSetup {
  const { name, codeDirectory, handler, runtime } = blueprint;
  if (!runtime.startsWith("nodejs")) {
    throw new LocalCloudError(
      `The function ${name} runs on ${runtime || "a container"}, and only Node is emulated`,
    );
  }
  if (codeDirectory === undefined)
    throw new LocalCloudError(`The function ${name} has no bundle in the assembly`);
  const dot = handler.lastIndexOf(".");
  const [module, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const modulePath = ["mjs", "js", "cjs"]
    .map((ending) => join(codeDirectory, `${module}.${ending}`))
    .find((path) => existsSync(path));
  if (modulePath === undefined) throw new LocalCloudError(`The bundle of ${name} has no module ${module}`);
  return {
    modulePath,
    exportName,
    functionName: blueprint.physicalName,
    arn: blueprint.arn,
    memoryMegabytes: blueprint.memoryMegabytes,
  };
}
