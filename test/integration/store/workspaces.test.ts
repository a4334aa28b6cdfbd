import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import { workspaceKey } from "../../../lib/store/table/keys.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** Stores a setting as it is, whatever may be set today. */
async function storeSetting(id: string, setting: string, value: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: workspaceKey(id),
      UpdateExpression: "SET settings.#setting = :value",
      ExpressionAttributeNames: { "#setting": setting },
      ExpressionAttributeValues: { ":value": value },
    }),
  );
}

it("a workspace whose earliest day was set when earlier ones were still taken works, and can be changed", async () => {
  await makeWorkspace(table, "old");
  await storeSetting("old", "earliestDay", "1850-01-01");
  const workspace = await currentWorkspace(table, "old");
  expect(workspace.earliestDay).toBe("1900-01-01");
  expect(await changeSettings(table, workspace, { margin: 0.5 })).toMatchObject({
    margin: 0.5,
    earliestDay: "1900-01-01",
  });
});

it("a workspace whose name was set when more names were taken works, keeps it, and can be changed", async () => {
  await makeWorkspace(table, "named");
  const name = "Acme\u2028shop";
  await storeSetting("named", "name", name);
  const workspace = await currentWorkspace(table, "named");
  expect(workspace.name).toBe(name);
  expect(await changeSettings(table, workspace, { margin: 0.5 })).toMatchObject({ margin: 0.5, name });
  const renamed = await currentWorkspace(table, "named");
  expect(await changeSettings(table, renamed, { name: "Acme" })).toMatchObject({ name: "Acme" });
});
