import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { workspaceKey } from "../../../lib/store/table/keys.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { onTable } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** The weekly prediction: asked for once a week, by whichever hourly run comes first. */

let test: ApiCloud;
let asked = 0;

beforeAll(async () => {
  test = await ApiCloud.start(
    {
      intercept: (call) => {
        if (call.functionName === "plan-snapshots" && call.text().includes("predictThrough")) asked += 1;
        return "pass";
      },
    },
    true,
  );
});
afterAll(() => test?.end());

const askedThrough = ({ workspace }: ApiClient) =>
  onTable(test.cloud, async (table) => (await readWorkspace(table, workspace))?.predictionsAskedThrough);

interface Listed {
  readonly items: readonly { readonly through: string; readonly fittedAt: string }[];
}

it("is asked for once by the runs of a week, again a week later, and is no setting that is answered", async () => {
  const api = await test.workspace({ timeZone: "UTC" }, 2);
  await api.recordAll("events", [
    { type: "customer.joined", id: "j-1", customerId: "anna", occurredAt: `${dayBefore(1)}T12:00:00Z` },
  ]);
  await test.hour();
  await test.hour();
  expect([asked, await askedThrough(api)]).toEqual([1, dayBefore(1)]);
  const { json } = await api.get<Listed>("/v1/predictions");
  expect(json.items).toMatchObject([{ through: dayBefore(1), customers: 0 }]);
  expect((await api.get("/v1/workspace")).json).not.toHaveProperty("predictionsAskedThrough");

  await onTable(test.cloud, (table) =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(api.workspace),
        UpdateExpression: "SET predictionsAskedThrough = :day",
        ExpressionAttributeValues: { ":day": dayBefore(8) },
      }),
    ),
  );
  await test.hour();
  expect([asked, await askedThrough(api)]).toEqual([2, dayBefore(1)]);
});

it("is not asked for where there are no customers", async () => {
  const api = await test.workspace({ timeZone: "UTC" }, 2);
  await api.recordAll("responses", [{ id: "n-1", survey: "nps", score: 9 }]);
  await test.hour();
  expect(await askedThrough(api)).toBeUndefined();
});
