import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { handler } from "../functions/record-responses.ts";
import type { HttpEvent } from "../lib/api/pipeline/http-event.ts";
import { defaultTable, requireVariable } from "../lib/store/table/client.ts";

/**
 * Compares the cost of recording with that of its bare transactions. Both take turns of a few seconds at most, in one process. The handler gets requests
 * as from the gateway. Transactions that it sent for other requests just like these, with the same items, expressions and numbers of actions, are sent again to
 * another table of the same engine, by the same client and with the same concurrency; those of one request follow each other. So both
 * include marshalling, signing and HTTP, and neither includes the engine, which is a separate process. Only the handler includes the work before
 * and after: parsing, reading settings, planning, the log and its line of metrics. Keeping what it sent is a turn of its own, which does not count: in Lambda nobody
 * keeps it. Some turns warm up the code before the first one that counts.
 *
 * Started by `bench.ts`, which gets the result of each turn over IPC. The log goes to standard output, as in Lambda.
 */

/** The figures of one way of writing. */
export interface Cost {
  readonly cpuMillisecondsPerFact: number;
  readonly factsPerSecond: number;
}

/** Both ways, with the same facts. */
export interface SideBySide {
  /** Facts in a request. */
  readonly size: number;
  readonly handler: Cost;
  readonly bare: Cost;
}

const clients = 8;

/** One process sends what a key without limits of its own may not use in a second. */
const unlimited = {
  ...{ requestsPerSecond: 100_000, requestsPerDay: null },
  ...{ unitsPerSecond: 100_000_000, unitsPerDay: null },
};

/** How many turns of how many requests, by the number of facts in a request. */
const planOf = new Map([
  [1, { warmUp: 12, turns: 25, requests: 100 }],
  [99, { warmUp: 40, turns: 25, requests: 16 }],
]);

const { client } = defaultTable();
const otherTable = requireVariable("OTHER_TABLE_NAME");
const workspace = requireVariable("WORKSPACE");

/** The transactions of the request that is being handled, for the other way. */
const sent = new AsyncLocalStorage<TransactWriteCommandInput[]>();

client.middlewareStack.add(
  (next) => (request) => {
    // As the local cloud's gateway does: the engine gets slower with each token.
    const { ClientRequestToken: _, ...input } = request.input as { ClientRequestToken?: string };
    return next({ ...request, input: input as typeof request.input });
  },
  { step: "initialize", priority: "low", name: "stripToken" },
);

/** An answer of the last two months. */
function answer(index: number): object {
  const day = new Date(Date.now() - (1 + (index % 60)) * 86_400_000).toISOString().slice(0, 10);
  return { id: randomUUID(), survey: "nps", score: index % 11, occurredAt: `${day}T12:00:00Z` };
}

function eventOf(body: object): HttpEvent {
  const text = JSON.stringify(body);
  const [path, routeKey] = ["/v1/responses", "POST /v1/responses"];
  const lambda = {
    ...{ workspace, scopes: "ingest", keyId: "bench", origins: "", validUntil: "" },
    ...{ audience: "", rules: "", limits: JSON.stringify(unlimited) },
  };
  const event = {
    ...{ version: "2.0", routeKey, rawPath: path, rawQueryString: "", isBase64Encoded: false },
    headers: { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) },
    requestContext: {
      ...{ requestId: randomUUID(), routeKey, authorizer: { lambda } },
      timeEpoch: 0,
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
    },
    body: text,
  };
  return event as unknown as HttpEvent;
}

/** Each request has its own, as in Lambda: the pipeline keeps in it what it knows of the request. */
function contextOf(): Context {
  return { awsRequestId: "bench", getRemainingTimeInMillis: () => 30_000 } as unknown as Context;
}

async function costOf(facts: number, jobs: readonly (() => Promise<unknown>)[]): Promise<Cost> {
  const queue = jobs.values();
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const job of queue) await job();
    }),
  );
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMillisecondsPerFact: (user + system) / 1_000 / facts, factsPerSecond: facts / seconds };
}

/** The same transactions on the other table. */
function elsewhere({ TransactItems: items = [] }: TransactWriteCommandInput): TransactWriteCommandInput {
  return {
    TransactItems: items.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([kind, action]) => [kind, { ...action, TableName: otherTable }]),
      ),
    ) as TransactWriteCommandInput["TransactItems"],
  };
}

function eventsOf(size: number, requests: number): HttpEvent[] {
  return Array.from({ length: requests }, (_, request) => {
    const answers = Array.from({ length: size }, (__, index) => answer(request * size + index));
    return eventOf(size === 1 ? (answers[0] ?? {}) : { responses: answers });
  });
}

/** The transactions of so many requests, by request, for the other table. */
async function transactionsOf(size: number, requests: number): Promise<TransactWriteCommandInput[][]> {
  const transactions: TransactWriteCommandInput[][] = [];
  const jobs = eventsOf(size, requests).map((event) => () => {
    const own: TransactWriteCommandInput[] = [];
    transactions.push(own);
    return sent.run(own, () => handle(event));
  });
  await costOf(size * requests, jobs);
  const recorded = transactions
    .flat()
    .flatMap(({ TransactItems = [] }) => TransactItems.filter(({ Put }) => Put));
  if (recorded.length !== size * requests) throw new Error(`${recorded.length} facts were recorded`);
  return transactions.map((ofRequest) => ofRequest.map(elsewhere));
}

async function measure(size: number, requests: number): Promise<SideBySide> {
  const facts = requests * size;
  const inputs = await transactionsOf(size, requests);
  const events = eventsOf(size, requests);
  const byHandler = await costOf(
    facts,
    events.map((event) => () => handle(event)),
  );
  const bare = await costOf(
    facts,
    inputs.map((ofRequest) => async () => {
      for (const input of ofRequest) await client.send(new TransactWriteCommand(input));
    }),
  );
  return { size, handler: byHandler, bare };
}

async function handle(event: HttpEvent): Promise<void> {
  event.requestContext.timeEpoch = Date.now();
  const { statusCode } = (await handler(event, contextOf())) as { statusCode: number };
  if (statusCode >= 300) throw new Error(`the handler answered ${statusCode}`);
}

const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
const record = async (command: unknown) => {
  const answer = await send(command);
  if (command instanceof TransactWriteCommand) sent.getStore()?.push(command.input);
  return answer;
};
Object.assign(client, { send: record });

for (const [size, { warmUp, turns, requests }] of planOf) {
  for (let turn = 0; turn < warmUp + turns; turn += 1) {
    const measured = await measure(size, requests);
    if (turn >= warmUp) process.send?.(measured);
  }
}
process.disconnect?.();
