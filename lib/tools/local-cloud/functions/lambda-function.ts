import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalCloudError } from "../errors.ts";
import type { LogFile } from "../log-file.ts";
import type { FunctionBlueprint } from "../template/function-blueprint.ts";
import type { EnvironmentLimit, Retirable } from "./environment-limit.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import type { WorkerSetup } from "./protocol.ts";

/** Lambda's limit on an event and on a result: 6 MB. */
export const payloadLimitBytes = 6 * 1024 * 1024;

/**
 * So many environments a function has at most. Lambda starts as many as there are events at once, up to a thousand;
 * here they share the cores and the memory of one machine, and further events wait for one to be free.
 */
const maxEnvironments = 4;

/**
 * One Lambda function: starts a thread when an event comes and none is free, and hands each thread one event at a
 * time. Threads stay for the events to come, the last used first, until one of another function needs the room. A thread whose event ran over its time or that
 * crashed is gone with what its module remembered; the next event gets a fresh one.
 */
export class LambdaFunction {
  readonly blueprint: FunctionBlueprint;
  readonly #environmentVariables: Readonly<Record<string, string>>;
  readonly #log: LogFile;
  readonly #limit: EnvironmentLimit;
  readonly #environments = new Map<ExecutionEnvironment, Retirable>();
  readonly #free: ExecutionEnvironment[] = [];
  #stopped = false;

  constructor(
    blueprint: FunctionBlueprint,
    environmentVariables: Readonly<Record<string, string>>,
    log: LogFile,
    limit: EnvironmentLimit,
  ) {
    this.blueprint = blueprint;
    this.#environmentVariables = environmentVariables;
    this.#log = log;
    this.#limit = limit;
  }

  /**
   * Runs the handler with an event.
   * @returns the handler's result after its way through JSON (undefined becomes null)
   * @throws InvocationError when the handler fails, runs over its time or its thread dies
   */
  async invoke(event: unknown): Promise<unknown> {
    const environment = await this.#take();
    try {
      return JSON.parse(await environment.invoke(event, randomUUID()));
    } finally {
      this.#putBack(environment);
    }
  }

  /** Writes into the function's log what happened to it from outside. */
  note(message: string, details: object): void {
    this.#log.note(message, details);
  }

  /** Ends the function's threads; what still runs or waits fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#limit.wake();
    await Promise.all([...this.#environments.keys()].map((environment) => environment.terminate()));
    this.#log.flush();
  }

  /** A free environment, else a new one, else the first one that gets free. */
  async #take(): Promise<ExecutionEnvironment> {
    for (;;) {
      if (this.#stopped) throw new LocalCloudError(`${this.blueprint.name} is stopped`);
      const free = this.#free.pop();
      if (free?.usable) {
        const retirable = this.#environments.get(free);
        if (retirable !== undefined) this.#limit.resume(retirable);
        return free;
      }
      if (free !== undefined) continue;
      const size = this.#environments.size;
      if (size < maxEnvironments && this.#limit.makeRoom(size === 0)) return this.#start();
      await this.#limit.change();
    }
  }

  #putBack(environment: ExecutionEnvironment): void {
    const retirable = this.#environments.get(environment);
    if (!environment.usable || retirable === undefined) return;
    this.#free.push(environment);
    this.#limit.rest(retirable);
  }

  #start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment({
      setup: workerSetup(this.blueprint),
      variables: this.#environmentVariables,
      timeoutMilliseconds: this.blueprint.timeoutSeconds * 1000,
      payloadLimitBytes,
      log: this.#log,
      onEnd: () => {
        this.#environments.delete(environment);
        this.#limit.end(retirable);
      },
    });
    const retirable: Retirable = {
      retire: () => {
        this.#free.splice(this.#free.indexOf(environment), 1);
        void environment.terminate();
      },
    };
    this.#environments.set(environment, retirable);
    this.#limit.begin(retirable);
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
    compileCache: join(dirname(codeDirectory), "compiled"),
  };
}
