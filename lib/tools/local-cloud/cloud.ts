import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Activity } from "./activity.ts";
import { Buckets } from "./aws/buckets.ts";
import { type BusEvent, EventBus } from "./aws/event-bus.ts";
import { Gateway } from "./aws/gateway.ts";
import type { IndexThroughputOptions } from "./aws/index-throughput.ts";
import type { CapacityListener, Intercept } from "./aws/interception.ts";
import type { PermissionListener } from "./aws/permissions.ts";
import { QueueConsumer, runsAtOnce } from "./aws/queue-consumer.ts";
import { QueueJournal } from "./aws/queue-journal.ts";
import { type QueueState, Queues } from "./aws/queues.ts";
import { type TopicMessage, Topics } from "./aws/topics.ts";
import { Dashboards } from "./dashboards/dashboards.ts";
import { DataDirectory } from "./data-directory.ts";
import { type RunningEngine, runEngine } from "./engine/run-engine.ts";
import { ensureTables } from "./engine/tables.ts";
import { LocalCloudError } from "./errors.ts";
import { Functions } from "./functions/functions.ts";
import { HttpApi } from "./http/http-api.ts";
import { HttpServer } from "./http/http-server.ts";
import { type LocalApp, product } from "./local-app.ts";
import { LogFile } from "./log-file.ts";
import { Scheduler } from "./scheduler.ts";
import { synthesize, touch } from "./synthesis/synthesize.ts";
import { readAssembly } from "./template/assembly.ts";
import { type Blueprint, readBlueprint } from "./template/blueprint.ts";
import { region } from "./template/names.ts";
import type { ConsumerBlueprint } from "./template/queue-blueprint.ts";

/** How to start a local cloud. */
export interface LocalCloudOptions {
  /** The API's port; 0 for any free one. Default 0. */
  readonly port?: number;
  /** The folder that keeps the data, the admin key and the logs. Made when missing. */
  readonly dataDir: string;
  /** The admin key to use. Default: the one kept in the data folder, else a new one. */
  readonly apiKey?: string | undefined;
  /** Whether schedules run at their times. Default: yes. A bench that must not be disturbed says no. */
  readonly runSchedules?: boolean;
  /** Whether each schedule runs once at the start. Default: no. */
  readonly runSchedulesAtStart?: boolean;
  /** An engine that runs already, in place of one of our own. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Seconds until a failed queue message comes again. Default: the queue's visibility timeout. */
  readonly redeliverySeconds?: number;
  /** Looks at, answers, delays or drops the functions' calls to DynamoDB, SQS, S3, SNS and EventBridge. */
  readonly intercept?: Intercept;
  /** Hears what each call to DynamoDB consumed. */
  readonly onCapacity?: CapacityListener;
  /**
   * How much a partition of an index takes; what is beyond is throttled, as in AWS. Default: as much as comes, as one machine
   * hardly writes that fast, and finding out what a write changes in an index costs a read.
   */
  readonly indexThroughput?: IndexThroughputOptions;
  /** Hears of each permission that a function's call needs; what its role does not grant is refused. */
  readonly onPermission?: PermissionListener;
  /** Hears, in words, what takes long. */
  readonly onProgress?: (message: string) => void;
  /** Hears of the engine's death. Requests that need it fail from then on. */
  readonly onFailure?: (error: LocalCloudError) => void;
  /** Environment variables of the functions in place of the template's. */
  readonly variables?: Readonly<Record<string, string>>;
  /** How many threads all functions have together: more memory, fewer cold starts. A few when absent. */
  readonly maxThreads?: number;
  /** The app to run. Default: this product. */
  readonly app?: LocalApp;
}

/** A running local cloud. */
export interface LocalCloud {
  /** The API's address, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The admin key of the first workspace. Empty where the app takes none. */
  readonly apiKey: string;
  readonly tableName: string;
  /** The engine itself: what the gateway does is not done here. */
  readonly engineEndpoint: string;
  /** The process of the engine; undefined where it is not ours. */
  readonly enginePid: number | undefined;
  /** What has been put on the event bus. */
  readonly events: readonly BusEvent[];
  /** What has been published to topics. */
  readonly messages: readonly TopicMessage[];
  /** DynamoDB, SQS, S3, SNS and EventBridge as the functions see them. */
  readonly gatewayEndpoint: string;
  readonly bucketNames: readonly string[];
  readonly functionNames: readonly string[];
  /**
   * Runs a function by its short name, as a direct call of Lambda does.
   * @throws InvocationError when it fails
   */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /**
   * Resolves when no function runs and the queues are empty; dead-letter queues may have messages. Messages that are held back
   * come when nothing else is to do, as if their time had come.
   */
  idle(): Promise<void>;
  /** The state of each queue by its short name. */
  readonly queues: ReadonlyMap<string, QueueState>;
  /** Ends everything that was started: takes no more requests, waits up to five seconds for those that run. */
  stop(): Promise<void>;
}

const graceMilliseconds = 5000;
const touchMilliseconds = 10 * 60 * 1000;

/**
 * Starts the local cloud: what the CDK app deploys, on this machine, with an engine of its own on a data folder.
 * @throws LocalCloudError with what to put right; nothing is left running then
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const endings: (() => Promise<void> | void)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= runAll(endings);
    return stopped;
  };
  try {
    return await start(options, endings, stop);
  } catch (error) {
    // The fault at the start is to be reported, not those that it leads to at the end.
    await stop().catch(() => {});
    throw error;
  }
}

/** Runs the endings, the last one first. One that fails keeps none of the others from being run. */
async function runAll(endings: (() => Promise<void> | void)[]): Promise<void> {
  const problems: unknown[] = [];
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) {
    try {
      await end();
    } catch (error) {
      problems.push(error);
    }
  }
  if (problems.length > 0) throw problems[0];
}

async function start(
  options: LocalCloudOptions,
  endings: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<LocalCloud> {
  const { app = product, onProgress = () => {} } = options;
  const data = DataDirectory.open(options.dataDir);
  endings.push(() => data.close());
  const server = new HttpServer();
  const url = await server.listen(options.port ?? 0);
  endings.push(() => server.close(0));
  const gateway = new Gateway();
  const gatewayEndpoint = await gateway.listen();
  endings.push(() => gateway.close());

  const engine = await runEngine(app.directory, data, options.dynamodbEndpoint);
  endings.push(() => engine.stop());
  watch(engine, options, endings);
  const assembly = await synthesize(app, () =>
    onProgress("Synthesizing the CDK app (kept for the next start) …"),
  );
  keepInCache(assembly, endings);

  const blueprint = readBlueprint(readAssembly(assembly), { gateway: gatewayEndpoint, api: url });
  const tableName = theTable(blueprint);
  await ensureTables(engine.endpoint, blueprint.tables, engine.hadData);
  engine.markData();

  const journal = new QueueJournal(data.queues);
  endings.push(() => journal.close());
  const queues = new Queues(blueprint.queues, () => activity.check(), journal);
  const activity = new Activity(() => blueprint.consumers.every(({ queueArn }) => isEmpty(queues, queueArn)));
  const functions = new Functions(
    blueprint.functions,
    gatewayEndpoint,
    data.logs,
    activity,
    options.variables,
    options.maxThreads,
  );
  const { intercept, onCapacity } = options;
  const { callers } = functions;
  const onPermission: PermissionListener = (use) => {
    options.onPermission?.(use);
    const { functionName, action, resource } = use;
    if (!use.granted) functions.note(functionName, "its role does not grant this", { action, resource });
  };
  const { tables } = blueprint;
  const eventBus = new EventBus(data.events);
  const topics = new Topics(data.messages, blueprint.topics);
  const buckets = new Buckets(data.buckets, blueprint.buckets);
  gateway.connect(engine.endpoint, {
    ...{ callers, tables, queues, buckets, eventBus, topics, intercept, onCapacity, onPermission },
    ...{ indexThroughput: options.indexThroughput, onWrite: () => engine.noteWrite() },
  });
  endings.push(() => functions.stop());

  const preparation = {
    endpoint: gatewayEndpoint,
    region,
    tableName,
    apiKey: options.apiKey ?? data.adminKey,
  };
  const { apiKey } = await app.prepare(preparation);
  if (apiKey !== undefined && options.apiKey === undefined) data.keepAdminKey(apiKey);

  endings.push(startBackground(blueprint, queues, functions, options));
  const accessLog = new LogFile(join(data.logs, "access.log"));
  endings.push(() => accessLog.flush());
  const invoke = (arn: string, event: object) => functions.invoke(arn, event);
  const api = new HttpApi(blueprint.api, invoke, accessLog);
  const dashboards = new Dashboards(blueprint, data.logs, invoke);
  server.serve((request, readBody) =>
    dashboards.isFor(request) ? dashboards.answer(request) : api.answer(request, readBody),
  );
  endings.push(() => server.close(graceMilliseconds));

  return {
    url,
    apiKey: apiKey ?? "",
    tableName,
    engineEndpoint: engine.endpoint,
    enginePid: engine.pid,
    events: eventBus.events,
    messages: topics.messages,
    gatewayEndpoint,
    bucketNames: blueprint.buckets.map(({ name }) => name),
    functionNames: blueprint.functions.map(({ name }) => name),
    invoke: (functionName, event) => functions.invokeByName(functionName, event),
    idle: async () => {
      do await activity.idle();
      while (hurry(queues, blueprint));
    },
    get queues() {
      return queues.states;
    },
    stop,
  };
}

/** Feeds the queues' consumers and runs the schedules. Returns what ends that, once the batches that run are done. */
function startBackground(
  blueprint: Blueprint,
  queues: Queues,
  functions: Functions,
  options: LocalCloudOptions,
): () => Promise<void> {
  const consumers = blueprint.consumers.flatMap((consumer) => {
    const queue = queues.byArn(consumer.queueArn);
    const invoke = (event: object) => functions.invoke(consumer.functionArn, event);
    const { redeliverySeconds } = options;
    return queue === undefined
      ? []
      : [new QueueConsumer({ blueprint: shared(consumer, blueprint), queue, invoke, redeliverySeconds })];
  });
  const scheduler = new Scheduler(blueprint.schedules, (arn, event) => {
    // The function's log has what went wrong; the next run tries again.
    functions.invoke(arn, event).catch(() => {});
  });
  if (options.runSchedules ?? true) scheduler.start(options.runSchedulesAtStart ?? false);
  return async () => {
    scheduler.stop();
    for (const consumer of consumers) consumer.stop();
    await functions.settle(graceMilliseconds);
    queues.clear();
  };
}

function shared(consumer: ConsumerBlueprint, { functions }: Blueprint): ConsumerBlueprint {
  const memory = functions.find(({ arn }) => arn === consumer.functionArn)?.memoryMegabytes ?? 0;
  return { ...consumer, maxConcurrency: runsAtOnce(consumer.maxConcurrency, memory, availableParallelism()) };
}

/** Without its engine the local cloud is of no use: the owner hears of it, and handlers answer that the store is away. */
function watch(engine: RunningEngine, { onFailure }: LocalCloudOptions, endings: (() => void)[]): void {
  let stopping = false;
  endings.push(() => {
    stopping = true;
  });
  void engine.ended.then((how) => {
    if (stopping) return;
    onFailure?.(
      new LocalCloudError(`The DynamoDB engine is gone (${how}): what was acknowledged is kept, start again`),
    );
  });
}

function keepInCache(assembly: string, endings: (() => void)[]): void {
  const timer = setInterval(() => touch(assembly), touchMilliseconds).unref();
  endings.push(() => clearInterval(timer));
}

function theTable({ tables }: Blueprint): string {
  const [table, ...others] = tables;
  if (table !== undefined && others.length === 0) return table.name;
  throw new LocalCloudError(`The local cloud runs an app with one table; this one has ${tables.length}`);
}

function isEmpty(queues: Queues, arn: string): boolean {
  const { visible, inFlight } = queues.byArn(arn)?.depth ?? { visible: 0, inFlight: 0 };
  return visible + inFlight === 0;
}

/** Lets the consumers have what is held back. @returns whether there was anything */
function hurry(queues: Queues, { consumers }: Blueprint): boolean {
  return consumers.map(({ queueArn }) => queues.byArn(queueArn)?.hurry() ?? false).includes(true);
}
