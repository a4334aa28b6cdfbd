import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { createWorkspace, readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { documentClient, type Table } from "../../../lib/store/table/client.ts";
import { tableSchema } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { Buckets } from "../../../lib/tools/local-cloud/aws/buckets.ts";
import { EventBus } from "../../../lib/tools/local-cloud/aws/event-bus.ts";
import { Gateway } from "../../../lib/tools/local-cloud/aws/gateway.ts";
import { Queues } from "../../../lib/tools/local-cloud/aws/queues.ts";
import { Topics } from "../../../lib/tools/local-cloud/aws/topics.ts";
import type { TableBlueprint } from "../../../lib/tools/local-cloud/template/table-blueprint.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";

/** The table behind a gateway whose index partitions take 1,000 write units a second, as AWS's do, on a clock of the test. */

let engine: TestTable;
let gateway: Gateway;
let client: DynamoDBClient;
let table: Table;
let now = 0;

const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });

function blueprintOf(name: string): TableBlueprint {
  const { partitionKey, sortKey, indexes } = tableSchema;
  return {
    name,
    timeToLive: undefined,
    schema: {
      KeySchema: [key(partitionKey, "HASH"), key(sortKey, "RANGE")],
      AttributeDefinitions: [],
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: [key(index.partitionKey, "HASH"), key(index.sortKey, "RANGE")],
        Projection: { ProjectionType: "KEYS_ONLY" },
      })),
    },
  };
}

beforeAll(async () => {
  engine = await startTestTable();
  gateway = new Gateway();
  const endpoint = await gateway.listen();
  gateway.connect(engine.endpoint, {
    callers: new Map(),
    tables: [blueprintOf(engine.name)],
    queues: new Queues([], () => {}),
    buckets: new Buckets(tmpdir(), []),
    eventBus: new EventBus(join(tmpdir(), "events.jsonl")),
    topics: new Topics(join(tmpdir(), "messages.jsonl"), []),
    // Hardly any burst: what holds for one second holds for all.
    indexThroughput: { unitsPerSecond: 1_000, burstUnits: 100, now: () => now },
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  client = new DynamoDBClient({ endpoint, region: "eu-central-1", maxAttempts: 1, credentials });
  table = { client: documentClient(client), name: engine.name };
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await engine.stop();
});

/** Requests of 100 items, 10 ms apart: 10,000 a second. @param requests a hundred of them are a second */
async function atFullRate(requests: number, send: (batch: number) => Promise<number>): Promise<number> {
  let accepted = 0;
  for (let batch = 0; batch < requests; batch++) {
    accepted += await send(batch);
    now += 10;
  }
  return accepted;
}

async function workspaceOf(id: string) {
  await createWorkspace(engine, id);
  const workspace = await readWorkspace(engine, id);
  if (!workspace) throw new Error("the workspace is missing");
  return workspace;
}

const hundred = Array.from({ length: 100 }, (_, index) => index);

describe("facts of one kind, 10,000 a second", () => {
  it("stop at 1,000 a second where one partition of the index holds them all", async () => {
    const accepted = await atFullRate(100, async (batch) => {
      const TransactItems = hundred.map((index) => {
        const id = `${batch}-${index}`;
        const keys = { pk: `W#old#F#${id}`, sk: "fact", gsi1pk: "W#old#responses#2026", gsi1sk: id };
        return {
          Put: { TableName: table.name, Item: keys, ConditionExpression: "attribute_not_exists(pk)" },
        };
      });
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems }));
        return TransactItems.length;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        expect(error.CancellationReasons?.map(({ Code }) => Code)).toContain("ThrottlingError");
        return 0;
      }
    });
    expect(accepted).toBeGreaterThanOrEqual(900);
    expect(accepted).toBeLessThanOrEqual(1_100);
  });

  it("are all taken at the first try as the ledger stores responses", async () => {
    const workspace = await workspaceOf("responses");
    let retries = 0;
    const accepted = await atFullRate(100, async (batch) => {
      const facts = hundred.map((index) =>
        response(workspace, { id: `r-${batch}-${index}`, survey: "nps", score: index % 11 }),
      );
      const context = { table, workspace, deadline: deadlineIn(20_000) };
      const { outcomes } = await recordFacts(context, facts, (tries) => {
        retries += tries.retries;
      });
      return outcomes.filter((outcome) => outcome === "recorded").length;
    });
    expect({ accepted, retries }).toEqual({ accepted: 10_000, retries: 0 });
  });

  it("are all taken at the first try where each is about a ticket that is new", async () => {
    const workspace = await workspaceOf("tickets");
    let retries = 0;
    const accepted = await atFullRate(25, async (batch) => {
      const facts = hundred.map((index) =>
        event(workspace, {
          id: `t-${batch}-${index}`,
          type: "ticket.opened",
          ticketId: `t-${batch}-${index}`,
        }),
      );
      const context = { table, workspace, deadline: deadlineIn(20_000) };
      const { outcomes } = await recordFacts(context, facts, (tries) => {
        retries += tries.retries;
      });
      return outcomes.filter((outcome) => outcome === "recorded").length;
    });
    expect({ accepted, retries }).toEqual({ accepted: 2_500, retries: 0 });
  });
});
