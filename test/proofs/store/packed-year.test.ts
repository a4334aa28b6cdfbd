import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eachDay } from "../../../lib/domain/calendar/days.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { sketchCell } from "../../../lib/domain/metrics/statistics/sketch.ts";
import { type MetricCounters, readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { packDays } from "../../../lib/store/counters/pack-days.ts";
import { counterKey } from "../../../lib/store/table/keys.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/** A million page loads in a year: what the counters of their days would be. */

let engine: TestTable;
let table: MeteredTable;
const range = { from: "2025-01-01", to: "2025-12-31" };
const loadsPerDay = 2_740;

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
  const random = seededRandom(11);
  for (const day of eachDay(range.from, range.to)) {
    const item: Record<string, unknown> = {
      ...counterKey("busy", "page-speed", "all", day, 0),
      w: loadsPerDay,
    };
    let total = 0;
    for (let load = 0; load < loadsPerDay; load += 1) {
      // Log-normal (Box & Muller 1958): half of the pages within 1.2 seconds, one in a hundred above 6.
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const milliseconds = Math.round(1_200 * Math.exp(0.7 * normal));
      const cell = `l:${sketchCell(milliseconds / 1_000)}`;
      item[cell] = Number(item[cell] ?? 0) + 1;
      total += milliseconds;
    }
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...item, loads: loadsPerDay, milliseconds: total },
      }),
    );
  }
});

afterAll(() => engine.stop());

async function readYear(): Promise<{ counters: MetricCounters; readUnits: number }> {
  const metric = findMetric("page-speed");
  if (!metric) throw new Error("no metric");
  table.reset();
  const scope = { segment: "all", range };
  const counters = await readMetricCounters(table, "busy", metric, scope);
  return { counters, readUnits: table.used.readUnits };
}

it("a year of a sketch with a million values costs at most 40 read units once its days are packed", async () => {
  const loose = await readYear();
  await packDays(table, loose.counters.unpacked);
  const packed = await readYear();
  expect(packed.counters.countsOn("2025-06-01")).toEqual(loose.counters.countsOn("2025-06-01"));
  expect(packed.counters.unpacked).toEqual([]);
  expect(loose.readUnits).toBeGreaterThan(100);
  expect(packed.readUnits).toBeLessThanOrEqual(40);
});
