import { afterAll, beforeAll, expect, it } from "vitest";
import { leaseRequests } from "../../../lib/store/settings/request-leases.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

const lease = async (keyId: string, window: number, wanted = 20) =>
  (await leaseRequests(table, { workspace: "w", keyId, window, limit: 100 }, wanted)).granted;

it("a key gets its requests again as soon as a clock that was three days ahead is put back", async () => {
  const now = 1_000_000;
  const threeDays = 3 * 8_640;
  for (let count = 0; count < 5; count++) await lease("ahead", now + threeDays);
  expect(await lease("ahead", now + threeDays)).toBe(0);
  expect(await lease("ahead", now)).toBe(20);
  expect(await lease("ahead", now + 1)).toBe(20);
});

it("a function whose clock is some seconds behind takes nothing from the window of the others, and begins none anew", async () => {
  expect(await lease("behind", 51, 90)).toBe(90);
  expect(await lease("behind", 50)).toBe(0);
  expect(await lease("behind", 51)).toBe(10);
});
