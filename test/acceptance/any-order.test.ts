import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/calendar/days.ts";
import type { Submission } from "../../lib/domain/facts/parse.ts";
import { metrics } from "../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../lib/store/ledger/ledger.ts";
import { listSnapshots } from "../../lib/store/snapshots/snapshot-items.ts";
import { daysToSnapshot } from "../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay } from "../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../fixtures/engine.ts";
import { event } from "../fixtures/facts.ts";
import { shuffled } from "../fixtures/histories.ts";
import { currentWorkspace, makeWorkspace } from "../fixtures/workspaces.ts";
import { seededRandom } from "../unit/domain/metrics/statistics/random.ts";
import { dataSet } from "./support.ts";

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const soon = () => deadlineIn(300_000);
const range = { from: "2010-12-01", to: "2011-02-10" };

/** The invoices and refunds of the first weeks, as facts. */
function factsOf(workspace: Workspace): Submission[] {
  const rows = data.rows().filter(({ ordered_at = "" }) => ordered_at < "2011-01-15");
  return rows.flatMap(
    ({ order_id: orderId = "", kind, customer_id, ordered_at, amount_gbp = "", country = "" }) => {
      const amount = amount_gbp.replace("-", "");
      if (kind === "adjust" || Number(amount) === 0) return [];
      const common = {
        id: `${kind}-${orderId}`,
        occurredAt: ordered_at,
        ...(customer_id ? { customerId: customer_id } : {}),
        money: { amount, currency: "GBP" },
        dimensions: { country },
      };
      const fields = kind === "sale" ? { type: "purchase.made", orderId } : { type: "purchase.refunded" };
      return [event(workspace, { ...common, ...fields })];
    },
  );
}

describe.skipIf(!data.isThere)(`real invoices in any order${data.remark}`, () => {
  let table: TestTable;

  beforeAll(async () => {
    table = await startTestTable();
  });

  afterAll(() => table?.stop());

  async function run(workspace: Workspace): Promise<void> {
    const days = await daysToSnapshot(table, workspace, Date.now());
    for (const day of days.filter((one) => one <= range.to)) await takeDay(table, workspace, day, soon());
  }

  async function said(workspace: Workspace) {
    const byMetric = metrics.map(async ({ id }) => {
      const snapshots = await listSnapshots(table, workspace.id, id, range, 10_000);
      return snapshots
        .filter(({ counts }) => Object.keys(counts).length > 0)
        .map(({ date, counts }) => [id, date, counts]);
    });
    return (await Promise.all(byMetric)).flat();
  }

  it("with snapshots taken in between end in the same snapshots as in order", async () => {
    const settings = { currency: "GBP", inactivityDays: 14, trackedDimensions: ["country"] };
    const ordered = await makeWorkspace(table, "ordered", settings);
    const inOrder = factsOf(ordered);
    expect(inOrder.length).toBeGreaterThan(1_500);
    await recordFacts({ table, workspace: ordered, deadline: soon() }, inOrder);
    await run(ordered);

    await makeWorkspace(table, "mixed", settings);
    const mixed = shuffled(seededRandom(42), inOrder);
    const size = Math.ceil(mixed.length / 4);
    for (let start = 0; start < mixed.length; start += size) {
      const workspace = await currentWorkspace(table, "mixed");
      await recordFacts({ table, workspace, deadline: soon() }, mixed.slice(start, start + size));
      await run(workspace);
    }
    const workspace = await currentWorkspace(table, "mixed");
    expect(await said(workspace)).toEqual(await said(ordered));
    const sales = await listSnapshots(table, "mixed", "sales", range, 1_000);
    const day = sales.find(({ date }) => date === addDays(range.from, 5));
    expect(day?.restatedBecause).toMatchObject({ causes: ["recorded"] });
  });
});
