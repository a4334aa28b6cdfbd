import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submission } from "../../../lib/domain/facts/parse.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { type LedgerReport, recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { type Deadline, deadlineIn } from "../../../lib/store/table/retries.ts";
import type { FurtherTries } from "../../../lib/telemetry/further-tries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { afterRequests, contended } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Many writers of the same counters, and a store that is too slow for what it is asked. */

let table: TestTable;
const day = "2025-06-01";
const clients = Array.from({ length: 64 }, (_, client) => client);
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

const answer = (workspace: Workspace, id: string) =>
  response(workspace, { id, survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z` });

const purchase = (workspace: Workspace, id: string, customerId: string) =>
  event(workspace, {
    ...{ id, type: "purchase.made", orderId: id, customerId, occurredAt: `${day}T12:00:00Z` },
    money: { amount: "1.00", currency: "USD" },
  });

async function expectRecounted(workspace: Workspace, facts: number): Promise<void> {
  const range = { from: day, to: day };
  expect(await reconcile(table, workspace, range, false, soon())).toMatchObject({
    ...{ facts, differences: [], histories: [], unsettled: 0 },
  });
}

describe("64 writers of one workspace, one survey and one day, of whose transactions one at a time may have an item", () => {
  const kinds: [string, (workspace: Workspace, id: string) => Submission][] = [
    ["answers", answer],
    ["purchases of customers of their own", (workspace, id) => purchase(workspace, id, `of-${id}`)],
    [
      "purchases of the same four customers",
      (workspace, id) => purchase(workspace, id, `c${Number(id.split("-")[1]) % 4}`),
    ],
  ];
  it.each(kinds)("lose no count of %s, and hop to other shards", async (name, fact) => {
    const workspace = await makeWorkspace(table, name.replaceAll(" ", "-"));
    const { table: busy, refused } = contended(table);
    const rounds = [0, 1, 2];
    const tries: FurtherTries[] = [];
    const reports = await Promise.all(
      clients.map(async (client): Promise<LedgerReport[]> => {
        const own: LedgerReport[] = [];
        for (const round of rounds) {
          const facts = [fact(workspace, `f-${client}-${round}`), fact(workspace, `g-${client}-${round}`)];
          own.push(
            await recordFacts({ table: busy, workspace, deadline: soon() }, facts, (took) =>
              tries.push(took),
            ),
          );
        }
        return own;
      }),
    );
    const all = reports.flat();
    expect(new Set(all.flatMap(({ outcomes }) => outcomes))).toEqual(new Set(["recorded"]));
    expect(tries).toHaveLength(all.length);
    const sum = (count: (took: FurtherTries) => number) =>
      tries.reduce((total, one) => total + count(one), 0);
    expect(refused()).toBeGreaterThan(0);
    expect(sum(({ retries }) => retries)).toBeGreaterThanOrEqual(refused());
    const hops = sum(({ shardHops }) => shardHops);
    expect(hops).toBeGreaterThan(0);
    expect(hops).toBeLessThanOrEqual(sum(({ retries }) => retries));
    await expectRecounted(workspace, clients.length * rounds.length * 2);
  });
});

describe("a store that takes every transaction, but slowly", () => {
  it("ends the request at its deadline; what it took stays, and sending all again stores the rest", async () => {
    const workspace = await makeWorkspace(table, "slow");
    const facts = Array.from({ length: 300 }, (_, index) => purchase(workspace, `p${index}`, `c${index}`));
    let transactions = 0;
    const slow = afterRequests(table, async ({ commandName }) => {
      if (commandName?.startsWith("TransactWrite")) transactions += 1;
    });
    const deadline: Deadline = { remaining: () => (transactions < 2 ? 1_000 : 0) };
    await expect(recordFacts({ table: slow, workspace, deadline }, facts)).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(transactions).toBe(2);
    const { outcomes } = await recordFacts({ table, workspace, deadline: soon() }, facts);
    const known = outcomes.filter((outcome) => outcome === "duplicate").length;
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(facts.length);
    expect(new Set(outcomes)).toEqual(new Set(["recorded", "duplicate"]));
    await expectRecounted(workspace, facts.length);
  });
});
