import { randomUUID } from "node:crypto";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { handler } from "../functions/record-responses.ts";
import { defaultTable, requireVariable } from "../lib/store/table/client.ts";

/**
 * What recording costs beside the bare transactions that it comes to: the handler in this process, then the same transactions sent
 * again to another table of the same engine. Started by `bench.ts`, which reads the lines of JSON that come over IPC; the log goes where standard
 * output goes, as in Lambda.
 */

/** What one way of writing took. */
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
const rounds = 4;
const requestsOf = new Map([
  [1, 400],
  [99, 20],
]);

const { client } = defaultTable();
const otherTable = requireVariable("OTHER_TABLE_NAME");
const workspace = requireVariable("WORKSPACE");

/** Transactions that the handler sends, for the other way. */
const sent: TransactWriteCommandInput[] = [];

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

function eventOf(body: object): Parameters<typeof handler>[0] {
  const text = JSON.stringify(body);
  const [path, routeKey] = ["/v1/responses", "POST /v1/responses"];
  const lambda = {
    ...{ workspace, scopes: "ingest", keyId: "bench", origins: "", validUntil: "" },
    ...{ audience: "", rules: "", limits: "" },
  };
  const event = {
    ...{ version: "2.0", routeKey, rawPath: path, rawQueryString: "", isBase64Encoded: false },
    headers: { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) },
    requestContext: {
      ...{ requestId: randomUUID(), routeKey, authorizer: { lambda } },
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
    },
    body: text,
  };
  return event as unknown as Parameters<typeof handler>[0];
}

const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 30_000 } as unknown as Context;

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

async function measure(size: number, requests: number): Promise<SideBySide> {
  const events = Array.from({ length: requests }, (_, request) => {
    const answers = Array.from({ length: size }, (__, index) => answer(request * size + index));
    return eventOf(size === 1 ? (answers[0] ?? {}) : { responses: answers });
  });
  sent.length = 0;
  const facts = requests * size;
  const byHandler = await costOf(
    facts,
    events.map((event) => async () => {
      const { statusCode } = (await handler(event, context)) as { statusCode: number };
      if (statusCode >= 300) throw new Error(`the handler answered ${statusCode}`);
    }),
  );
  const inputs = sent.map(elsewhere);
  const bare = await costOf(
    facts,
    inputs.map((input) => () => client.send(new TransactWriteCommand(input))),
  );
  return { size, handler: byHandler, bare };
}

const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
const record = async (command: unknown) => {
  const answer = await send(command);
  if (command instanceof TransactWriteCommand) sent.push(command.input);
  return answer;
};
Object.assign(client, { send: record });

for (let round = 0; round < rounds; round += 1) {
  // The first round warms up.
  for (const [size, requests] of requestsOf) {
    const measured = await measure(size, requests);
    if (round > 0) process.send?.(measured);
  }
}
process.disconnect?.();
