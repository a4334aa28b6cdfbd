import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureWorkspace } from "../../../lib/store/settings/bootstrap.ts";
import { readWorkspace, readWorkspaceAnd } from "../../../lib/store/settings/workspaces.ts";
import { documentClient } from "../../../lib/store/table/client.ts";
import { goalCountKey, workspaceKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { schemaVersion } from "../../../lib/store/table/schema-version.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Code that meets data in a form that it does not know: a newer version was deployed, wrote, and was rolled back. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start();
});
beforeEach(async () => {
  api = await test.workspace();
});
afterAll(() => test?.end());

async function onTable<Result>(work: (table: Parameters<typeof readWorkspace>[0]) => Promise<Result>) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const { engineEndpoint: endpoint, tableName: name } = test.cloud;
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  try {
    return await work({ client: documentClient(client), name });
  } finally {
    client.destroy();
  }
}

/** Lets the data of a workspace look as if other code had stored it. */
function storedBy(version: number | undefined, workspace = api.workspace): Promise<unknown> {
  return onTable((table) =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace),
        UpdateExpression: version === undefined ? "REMOVE #schema" : "SET #schema = :version",
        ExpressionAttributeNames: { "#schema": "schema" },
        ...(version === undefined ? {} : { ExpressionAttributeValues: { ":version": version } }),
      }),
    ),
  );
}

const answer = { id: "a-1", survey: "nps", score: 9, occurredAt: "2026-10-01T12:00:00Z" };

describe("data of newer code", () => {
  it("is neither read nor written: every route answers 503 and says why", async () => {
    await storedBy(schemaVersion + 1);
    const answers = [
      await api.post("/v1/responses", answer),
      await api.post("/v1/events", { type: "customer.joined", customerId: "c" }),
      await api.get("/v1/metrics/nps"),
      await api.send("PATCH", "/v1/workspace", { body: { margin: 0.5 } }),
    ];
    for (const { status, json } of answers) {
      expect({ status, json }).toMatchObject({
        status: 503,
        json: {
          detail: `the data was stored by a newer version of this service (schema ${schemaVersion + 1}, this one knows ${schemaVersion}): deploy the newer version again`,
        },
      });
    }
    await storedBy(schemaVersion);
    expect((await api.get("/v1/workspace")).json).toMatchObject({ margin: 1 });
    expect((await api.get("/v1/responses")).json).toMatchObject({ items: [] });
    expect((await api.post("/v1/responses", answer)).status).toBe(201);
  });

  it("has the planning of snapshots fail, so that somebody hears of it, and hold up no other workspace", async () => {
    await storedBy(schemaVersion + 1);
    await expect(test.cloud.invoke("plan-snapshots", {})).rejects.toThrow("planning failed");
    await storedBy(schemaVersion);
  });

  it("gets no further key", async () => {
    await storedBy(schemaVersion + 1);
    const making = onTable((table) => ensureWorkspace(table, api.workspace));
    await expect(making).rejects.toMatchObject({ code: "other-schema" });
  });
});

it("data from before there were versions is refused as older", async () => {
  await storedBy(undefined);
  const { status, json } = await api.get<{ detail: string }>("/v1/metrics/nps");
  expect([status, json.detail]).toEqual([503, expect.stringContaining("stored by an older version")]);
});

it("the version is found out with a read that is made anyway", async () => {
  await storedBy(schemaVersion + 1);
  const reads = [
    () => onTable((table) => readWorkspace(table, api.workspace)),
    () =>
      onTable((table) =>
        readWorkspaceAnd(table, api.workspace, [goalCountKey(api.workspace)], deadlineIn(10_000)),
      ),
  ];
  for (const read of reads) await expect(read()).rejects.toMatchObject({ code: "other-schema" });
});

it("a local cloud does not start on such data, says why, and each refusal has its line in the log", async () => {
  await storedBy(schemaVersion + 1);
  await api.get("/v1/metrics/nps");
  await storedBy(schemaVersion + 1, "default");
  expect((await api.get("/v1/health", { key: null })).status).toBe(503);
  await test.stop();
  const logs = [...(await test.logs())].filter(([file]) => file.includes("read-metrics"));
  expect(logs.map(([, text]) => text).join("")).toContain('"errorCode":"other-schema"');
  await expect(test.restart()).rejects.toThrow(
    /DATA_DIR cannot be used: the data was stored by a newer version/,
  );
});
