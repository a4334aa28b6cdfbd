import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUsage, type UsagePeriod } from "../../../lib/store/settings/key-usage.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { requestCountKey } from "../../../lib/store/table/keys.ts";
import { costOf, meteredClient } from "../../../lib/store/table/units.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";

/** What keys use of the table is measured, counted over all processes, and limited. */

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.stop());

function period(keyId: string, window: number, day = 7): UsagePeriod {
  return { workspace: "shop", keyId, window, day, unitsPerWindow: 100 };
}

const usage = (requests: number, units: number) => ({ requests, units, unitsOfDay: units });

describe("what a key has used", () => {
  it("adds up in a window and in a day, whoever tells", async () => {
    const one = await addUsage(table, period("adds", 100), usage(5, 20));
    expect(one).toEqual({ window: { requests: 5, units: 20 }, day: { requests: 5, units: 20 } });
    const all = [1, 2, 3, 4].map(() => addUsage(table, period("adds", 100), usage(5, 20)));
    await Promise.all(all);
    const last = await addUsage(table, period("adds", 101), usage(1, 1));
    expect(last).toEqual({ window: { requests: 1, units: 1 }, day: { requests: 26, units: 101 } });
  });

  it("is taken along where it is more than a window's units, less those of the windows that have passed", async () => {
    await addUsage(table, period("debt", 100), usage(1, 350));
    const later = await addUsage(table, period("debt", 102), usage(1, 0));
    expect(later?.window).toEqual({ requests: 1, units: 150 });
    const paid = await addUsage(table, period("debt", 104), usage(1, 0));
    expect(paid?.window.units).toBe(0);
  });

  it("begins at nothing on another day", async () => {
    await addUsage(table, period("days", 100), usage(9, 9));
    const next = await addUsage(table, period("days", 101, 8), usage(1, 2));
    expect(next?.day).toEqual({ requests: 1, units: 2 });
  });

  it("is counted by the clock that is right after one was days ahead", async () => {
    await addUsage(table, period("clock", 100 + 25_920, 10), usage(1_000, 1_000));
    const right = await addUsage(table, period("clock", 100), usage(1, 1));
    expect(right).toEqual({ window: { requests: 1, units: 1 }, day: { requests: 1, units: 1 } });
    // A clock that is a little late counts where the others do.
    const late = await addUsage(table, period("clock", 99), usage(1, 1));
    expect(late?.window).toEqual({ requests: 2, units: 2 });
  });
});

describe("what work uses of the table", () => {
  it("is measured where somebody measures, each request by what it does", async () => {
    const used = { read: 0, write: 0 };
    const write = (client: Table["client"]) =>
      client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: requestCountKey("shop", "measured"),
          UpdateExpression: "ADD n :one",
          ExpressionAttributeValues: { ":one": 1 },
        }),
      );
    await write(table.client);
    await write(meteredClient(table.client, used));
    expect(used).toEqual({ read: 0, write: 1 });
    expect(costOf(used)).toBe(5);
  });
});

it("a key that has used up its units is refused with the seconds to wait, and another goes on", async () => {
  const test = await ApiCloud.start();
  try {
    const api = await test.workspace();
    const made = await api.post<{ key: string; unitsPerSecond: number }>("/v1/keys", {
      ...{ name: "small", scopes: ["ingest"], unitsPerSecond: 5 },
    });
    expect(made.json.unitsPerSecond).toBe(5);
    const responses = Array.from({ length: 100 }, () => ({ survey: "nps", score: 9 }));
    const send = () => api.send("POST", "/v1/responses", { body: { responses }, key: made.json.key });
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(429);
    // 100 answers cost at least 300 write units of 5: thirty windows of 50.
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(200);
    expect((await api.batch("responses", responses)).recorded).toBe(100);
  } finally {
    await test.end();
  }
});
