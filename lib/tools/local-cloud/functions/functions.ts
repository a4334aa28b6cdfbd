import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Activity } from "../activity.ts";
import type { Caller } from "../aws/permissions.ts";
import { LocalCloudError } from "../errors.ts";
import { LogFile } from "../log-file.ts";
import type { FunctionBlueprint } from "../template/function-blueprint.ts";
import { region } from "../template/names.ts";
import { EnvironmentLimit } from "./environment-limit.ts";
import { LambdaFunction } from "./lambda-function.ts";

/**
 * So many threads all functions have at most together: enough for the cores of one machine to be busy while others wait for the
 * table. The local cloud itself takes some 160 MB, each thread some 30 to 45.
 */
export const defaultMaxThreads = 6;

/** All functions of the template. */
export class Functions {
  readonly #all: readonly LambdaFunction[];
  readonly #byArn: ReadonlyMap<string, LambdaFunction>;
  readonly #activity: Activity;
  readonly #running = new Set<Promise<unknown>>();

  /**
   * @param gateway the address at which functions find DynamoDB, SQS and S3
   * @param logs the folder for their logs
   * @param variables environment variables in place of the template's
   * @param maxThreads of all functions together
   */
  constructor(
    blueprints: readonly FunctionBlueprint[],
    gateway: string,
    logs: string,
    activity: Activity,
    variables: Readonly<Record<string, string>> = {},
    maxThreads = defaultMaxThreads,
  ) {
    this.#activity = activity;
    const limit = new EnvironmentLimit(maxThreads);
    this.#all = blueprints.map(
      (blueprint) =>
        new LambdaFunction(
          blueprint,
          { ...blueprint.environment, ...variables, ...runtimeVariables(blueprint, gateway) },
          new LogFile(join(logs, `${blueprint.name}.log`)),
          limit,
        ),
    );
    this.#byArn = new Map(this.#all.map((one) => [one.blueprint.arn, one]));
  }

  /** The functions with what they may do, by the access key with which each signs its calls. */
  get callers(): ReadonlyMap<string, Caller> {
    return new Map(this.#all.map(({ blueprint }) => [accessKey(blueprint), blueprint]));
  }

  /** Writes into a function's log what happened to it from outside. */
  note(functionName: string, message: string, details: object): void {
    this.#all.find(({ blueprint }) => blueprint.name === functionName)?.note(message, details);
  }

  /** Runs the function of an ARN. */
  invoke(arn: string, event: unknown): Promise<unknown> {
    return this.#run(this.#byArn.get(arn), arn, event);
  }

  /** Runs the function of a name, short or deployed. */
  invokeByName(name: string, event: unknown): Promise<unknown> {
    const found = this.#all.find(
      ({ blueprint }) => blueprint.name === name || blueprint.physicalName === name,
    );
    return this.#run(found, name, event);
  }

  /** Waits until nothing runs, for so long at most. */
  async settle(milliseconds: number): Promise<void> {
    const late = new AbortController();
    const timeout = wait(milliseconds, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([timeout, Promise.allSettled(this.#running)]);
    late.abort();
  }

  /** Ends all threads. */
  async stop(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.stop()));
  }

  #run(target: LambdaFunction | undefined, name: string, event: unknown): Promise<unknown> {
    if (target === undefined) throw new LocalCloudError(`The template has no function ${name}`);
    const run = this.#activity.during(() => target.invoke(event));
    this.#running.add(run);
    const forget = () => this.#running.delete(run);
    run.then(forget, forget);
    return run;
  }
}

/** Each function signs with a key of its own, so that the gateway knows whose call it is. */
function accessKey({ name }: FunctionBlueprint): string {
  return `local-${name}`;
}

/**
 * The variables that Lambda's runtime sets, with the endpoints of the local services. Nothing else of this machine's
 * environment gets in: neither its AWS profiles nor its credentials.
 */
function runtimeVariables(blueprint: FunctionBlueprint, gateway: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKey(blueprint),
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_ENDPOINT_URL_DYNAMODB: gateway,
    AWS_ENDPOINT_URL_SQS: gateway,
    AWS_ENDPOINT_URL_S3: gateway,
    AWS_ENDPOINT_URL_EVENTBRIDGE: gateway,
    AWS_ENDPOINT_URL_SNS: gateway,
    // Receivers of webhooks may be on this machine.
    LOCAL_RECEIVERS: "true",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    AWS_EXECUTION_ENV: `AWS_Lambda_${blueprint.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: blueprint.physicalName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(blueprint.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${blueprint.physicalName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LAMBDA_TASK_ROOT: blueprint.codeDirectory ?? "",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  };
}
