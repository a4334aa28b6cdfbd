import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submission } from "../../../lib/domain/facts/parse.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { listRestatedDays } from "../../../lib/store/snapshots/restatements.ts";
import { listRevisions, readSnapshot } from "../../../lib/store/snapshots/snapshot-items.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Days whose sums go beyond what a JSON number holds exactly. */

let table: TestTable;
const soon = () => deadlineIn(60_000);
const date = "2025-03-04";
const day = { from: date, to: date };

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** The largest amount that a fact can carry. */
const largest = "999999999999.99";

function purchase(workspace: Workspace, id: string, amount = largest): Submission {
  const money = { amount, currency: "USD" };
  const fields = { customerId: `c-${id}`, orderId: id, money, occurredAt: `${date}T12:00:00Z` };
  return event(workspace, { id, type: "purchase.made", ...fields });
}

/** A ticket that is open for 27 hours: 97,200 s, whose square has ten digits, and that of milliseconds sixteen. */
function ticket(workspace: Workspace, id: string): Submission[] {
  const about = { ticketId: id, customerId: `c-${id}` };
  const opened = { id: `${id}-o`, type: "ticket.opened", occurredAt: `${date}T01:00:00Z` };
  const resolved = { id: `${id}-r`, type: "ticket.resolved", occurredAt: "2025-03-05T04:00:00Z" };
  return [event(workspace, { ...opened, ...about }), event(workspace, { ...resolved, ...about })];
}

/** Every kind of fact whose amounts have no small bound. */
function dear(workspace: Workspace, id: string): Submission[] {
  const occurredAt = `${date}T12:00:00Z`;
  const money = { amount: largest, currency: "USD" };
  return [
    purchase(workspace, id),
    event(workspace, {
      ...{ id: `${id}-refund`, type: "purchase.refunded", customerId: `c-${id}`, orderId: id },
      ...{ money, occurredAt },
    }),
    event(workspace, { id: `${id}-spend`, type: "spend.recorded", money, occurredAt }),
    ...ticket(workspace, `t-${id}`),
  ];
}

async function restatedTwice(id: string, facts: (workspace: Workspace, round: string) => Submission[]) {
  await makeWorkspace(table, id);
  for (const round of ["first", "second", "third"]) {
    const workspace = await currentWorkspace(table, id);
    await recordFacts({ table, workspace, deadline: soon() }, facts(workspace, round));
    for (const closed of [date, "2025-03-05"]) await takeDay(table, workspace, closed, soon());
  }
  return currentWorkspace(table, id);
}

describe("a closed day whose sums no JSON number holds", () => {
  it("is restated as often as late purchases of large amounts arrive", async () => {
    const workspace = await restatedTwice("purchases", (own, round) => [purchase(own, round)]);
    const largestMinor = 99_999_999_999_999n;
    expect(await readSnapshot(table, workspace.id, "average-order-value", date)).toMatchObject({
      revision: 3,
      n: 3,
      value: largest,
      restatedBecause: { counters: { "revenueSquares:USD": largestMinor ** 2n } },
    });
    const earlier = await listRevisions(table, workspace.id, "average-order-value", day);
    expect(earlier.map(({ counts }) => counts["revenueSquares:USD"])).toEqual([
      largestMinor ** 2n,
      2n * largestMinor ** 2n,
    ]);
  });

  it("is restated as often as late tickets with long resolutions arrive", async () => {
    const workspace = await restatedTwice("tickets", ticket);
    const newest = await readSnapshot(table, workspace.id, "resolution-time", "2025-03-05");
    expect(newest).toMatchObject({ revision: 3, n: 3 });
  });

  it("is restated in every metric, whatever fact brought the sums about, and each revision can be read", async () => {
    const workspace = await restatedTwice("all", dear);
    for (const { id } of metrics) {
      const newest = await readSnapshot(table, workspace.id, id, date);
      const earlier = await listRevisions(table, workspace.id, id, day);
      expect(earlier.length, id).toBe((newest?.revision ?? 0) - 1);
      const { days } = await listRestatedDays(table, workspace.id, id, day, 10, soon());
      expect(days.length, id).toBe(earlier.length > 0 ? 1 : 0);
    }
  });
});
