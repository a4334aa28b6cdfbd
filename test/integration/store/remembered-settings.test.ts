import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { changeSettings, workspaceForRecording } from "../../../lib/store/settings/workspaces.ts";
import { advance } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await table.stop();
});
beforeEach(() => void vi.stubEnv("SETTINGS_REMEMBERED_MILLISECONDS", "1000"));

/** An arrival, by a clock that has nothing to do with this machine's. */
const noon = Date.UTC(2024, 1, 29, 12);

it("requests that come within a second read the settings once, and the next one reads them again", async () => {
  await makeWorkspace(table, "busy");
  const metered = table.metered();
  const requests = async (arrivedAt: number) => {
    metered.reset();
    expect((await workspaceForRecording(metered, "busy", arrivedAt))?.id).toBe("busy");
    return metered.used.requests;
  };
  expect(await requests(noon)).toBe(1);
  expect(await requests(noon + 1)).toBe(0);
  expect(await requests(noon + 999)).toBe(0);
  expect(await requests(noon + 1_000)).toBe(1);
  expect(await requests(noon + 1_999)).toBe(0);
});

it("requests that come at the same time wait for one reading of the settings", async () => {
  await makeWorkspace(table, "crowded");
  const metered = table.metered();
  const read = Array.from({ length: 8 }, (_, index) =>
    workspaceForRecording(metered, "crowded", noon + index),
  );
  expect(new Set((await Promise.all(read)).map((workspace) => workspace?.id))).toEqual(new Set(["crowded"]));
  expect(metered.used.requests).toBe(1);
});

it("a reading of the settings that fails is not remembered", async () => {
  await makeWorkspace(table, "shaky");
  const failing = table.through("http://127.0.0.1:1");
  const both = [noon, noon + 1].map((arrivedAt) => workspaceForRecording(failing, "shaky", arrivedAt));
  for (const { status } of await Promise.allSettled(both)) expect(status).toBe("rejected");
  expect((await workspaceForRecording(table, "shaky", noon + 2))?.id).toBe("shaky");
});

it("a workspace that is not there is looked for again with each request", async () => {
  expect(await workspaceForRecording(table, "late", noon)).toBeUndefined();
  await makeWorkspace(table, "late");
  expect((await workspaceForRecording(table, "late", noon))?.id).toBe("late");
});

it("settings of one table are never taken for those of another with the same workspace", async () => {
  const other = { ...table, name: "other" };
  await makeWorkspace(table, "same");
  await workspaceForRecording(table, "same", noon);
  await expect(workspaceForRecording(other, "same", noon)).rejects.toThrow();
});

it("a request that comes once a change of settings is done never meets the settings from before", async () => {
  const workspace = await makeWorkspace(table, "changed");
  const first = await workspaceForRecording(table, "changed", Date.now());
  expect(first?.timeZone).toBe("UTC");
  const changed = await changeSettings(table, workspace, { timeZone: "Asia/Tokyo" });
  expect(changed?.timeZone).toBe("Asia/Tokyo");
  expect((await workspaceForRecording(table, "changed", Date.now()))?.timeZone).toBe("Asia/Tokyo");
});

it("a request that comes once a day has its snapshot knows that it has", async () => {
  await makeWorkspace(table, "closed");
  await workspaceForRecording(table, "closed", Date.now());
  await advance(table, await currentWorkspace(table, "closed"), ["2024-02-28", "2024-02-29"]);
  expect(await workspaceForRecording(table, "closed", Date.now())).toMatchObject({
    snapshotsFrom: "2024-02-28",
    snapshotsTo: "2024-02-29",
  });
});

it("over HTTP each fact is recorded with the settings that were answered last", async () => {
  const cloud = await ApiCloud.start({ variables: { SETTINGS_REMEMBERED_MILLISECONDS: "200" } });
  try {
    const api = await cloud.workspace();
    const enter = async (stage: string) => {
      const body = { type: "stage.entered", customerId: "jane", stage };
      return (await api.send("POST", "/v1/events", { body })).status;
    };
    for (const stage of ["visit", "trial", "purchase"]) {
      expect(await enter(stage)).toBe(422);
      const body = { journeyStages: ["awareness", stage] };
      expect((await api.send("PATCH", "/v1/workspace", { body })).status).toBe(200);
      expect(await enter(stage)).toBe(201);
    }
  } finally {
    await cloud.stop();
  }
});
