import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { type LedgerReport, recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import type { FurtherTries } from "../../../lib/telemetry/further-tries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { afterRequests, beforeRequests, type TableRequest } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** What the ledger asks of the table, and what it does when that goes wrong. */

let table: TestTable;
let workspace: Workspace;
let made = 0;
const firstDay = "2025-01-01";
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

beforeEach(async () => {
  made += 1;
  workspace = await makeWorkspace(table, `w${made}`);
});

/** Answers on days of their own: fifty fit a transaction. */
const answers = (count: number, score = 9) =>
  Array.from({ length: count }, (_, index) =>
    response(workspace, {
      ...{ id: `a-${index}`, survey: "nps", score },
      occurredAt: `${addDays(firstDay, index)}T12:00:00Z`,
    }),
  );

const purchase = (id: string, customerId: string) =>
  event(workspace, {
    ...{ id, type: "purchase.made", orderId: id, customerId, occurredAt: `${firstDay}T12:00:00Z` },
    money: { amount: "5.00", currency: "USD" },
  });

const isTransaction = ({ commandName }: TableRequest) => commandName?.startsWith("TransactWrite") === true;

const throttled = () => new ProvisionedThroughputExceededException({ message: "slow down", $metadata: {} });

/** Which shards of the day's counters a transaction adds to. */
function shardsIn({ input }: TableRequest): string[] {
  const { TransactItems = [] } = input as { TransactItems?: { Update?: { Key: { sk: string } } }[] };
  return [...new Set(TransactItems.flatMap(({ Update: update }) => update?.Key.sk.split("#")[1] ?? []))];
}

/** Records facts, and says what it took. */
async function record(
  through: Parameters<typeof recordFacts>[0]["table"],
  facts: Parameters<typeof recordFacts>[1],
  deadline = soon(),
): Promise<LedgerReport & { tries: FurtherTries[] }> {
  const tries: FurtherTries[] = [];
  const report = await recordFacts({ table: through, workspace, deadline }, facts, (took) =>
    tries.push(took),
  );
  return { ...report, tries };
}

async function expectRecounted(facts: number): Promise<void> {
  const range = { from: firstDay, to: "2025-12-31" };
  const found = await reconcile(table, workspace, range, false, soon());
  expect(found).toMatchObject({ facts, differences: [], histories: [], unsettled: 0 });
}

describe("a transaction that the table throttles", () => {
  it("is tried again on more and more shards, and the next one begins as spread as that one had to be", async () => {
    const seen: string[][] = [];
    const busy = beforeRequests(table, async (request) => {
      if (!isTransaction(request)) return;
      seen.push(shardsIn(request));
      if (seen.length <= 8) throw throttled();
    });
    const { outcomes, tries } = await record(busy, answers(80));
    expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
    expect(seen.map((shards) => shards.length)).toEqual(Array.from({ length: 10 }, () => 1));
    const shards = seen.flat().map((shard) => Number.parseInt(shard, 36));
    // 0, one of two, one of four, eight, sixteen, and of no more.
    expect(shards.every((shard, index) => shard < Math.min(16, 2 ** index))).toBe(true);
    expect(Math.max(...shards)).toBeGreaterThan(0);
    const hops = shards.slice(1, 9).filter((shard, index) => shard !== shards[index]).length;
    expect(tries).toEqual([{ retries: 8, shardHops: hops }]);
    await expectRecounted(80);
  });

  it("for longer than there is time for ends as unavailable, and says what it took", async () => {
    const down = beforeRequests(table, async (request) => {
      if (isTransaction(request)) throw throttled();
    });
    const tries: FurtherTries[] = [];
    let left = 4;
    const deadline = { remaining: () => (left-- > 0 ? 60_000 : 0) };
    const recording = recordFacts({ table: down, workspace, deadline }, answers(3), (took) =>
      tries.push(took),
    );
    await expect(recording).rejects.toMatchObject({ code: "unavailable" });
    expect(tries).toMatchObject([{ retries: 2 }]);
    await expectRecounted(0);
  });

  it("needs no further try where nothing goes wrong", async () => {
    const { tries } = await record(table, answers(120));
    expect(tries).toEqual([{ retries: 0, shardHops: 0 }]);
  });
});

describe("an error that another try cannot mend", () => {
  it.each([
    ["of a role that may not", () => Object.assign(new Error("no"), { name: "AccessDeniedException" })],
    [
      "of an action that is not valid",
      () =>
        new TransactionCanceledException({
          ...{ message: "cancelled", $metadata: {} },
          CancellationReasons: [{ Code: "ConditionalCheckFailed" }, { Code: "ValidationError" }],
        }),
    ],
  ])("%s is thrown at once, and nothing is stored", async (_name, error) => {
    let sent = 0;
    const broken = beforeRequests(table, async (request) => {
      if (!isTransaction(request)) return;
      sent += 1;
      throw error();
    });
    await expect(record(broken, answers(3))).rejects.toThrow(error().message);
    expect(sent).toBe(1);
    await expectRecounted(0);
  });
});

describe("a transaction whose answer is lost", () => {
  it("is known again as the request's own: its facts are recorded, once, and so are the others", async () => {
    let isLost = false;
    const losing = afterRequests(table, async (request) => {
      if (isLost || !isTransaction(request)) return;
      isLost = true;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    });
    const { outcomes, tries } = await record(losing, answers(80));
    expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
    expect(tries).toMatchObject([{ retries: 1 }]);
    await expectRecounted(80);
  });
});

describe("facts that are stored already", () => {
  it("take one failing write to notice, and one reading for the rest", async () => {
    await record(table, answers(80));
    const asked: string[] = [];
    const watched = beforeRequests(table, async ({ commandName = "" }) => void asked.push(commandName));
    const { outcomes, tries } = await record(watched, answers(80));
    expect(new Set(outcomes)).toEqual(new Set(["duplicate"]));
    expect(tries).toEqual([{ retries: 0, shardHops: 0 }]);
    expect(asked).toEqual(["TransactWriteItemsCommand", "BatchGetItemCommand"]);
    await expectRecounted(80);
  });

  it("with other contents are conflicts, also beside new ones", async () => {
    await record(table, answers(40));
    const { outcomes } = await record(table, answers(60, 3));
    expect(outcomes.slice(0, 40).every((outcome) => outcome === "conflict")).toBe(true);
    expect(outcomes.slice(40).every((outcome) => outcome === "recorded")).toBe(true);
    await expectRecounted(60);
  });
});

describe("an entity that another writer changes first", () => {
  it("is read again, and both are counted", async () => {
    let others = 0;
    const overtaken = beforeRequests(table, async (request) => {
      if (!isTransaction(request) || others === 2) return;
      others += 1;
      await recordFacts({ table, workspace, deadline: soon() }, [purchase(`other-${others}`, "c")]);
    });
    const { outcomes, tries } = await record(overtaken, [purchase("own", "c"), purchase("more", "d")]);
    expect(outcomes).toEqual(["recorded", "recorded"]);
    expect(tries).toMatchObject([{ retries: 2 }]);
    await expectRecounted(4);
  });
});

/** The table, and how many transactions and keys it was asked for. */
function counting() {
  const asked = { keys: 0, transactions: 0 };
  const through = beforeRequests(table, async (request) => {
    if (isTransaction(request)) asked.transactions += 1;
    const { RequestItems = {} } = request.input as {
      RequestItems?: Readonly<Record<string, { readonly Keys: readonly object[] }>>;
    };
    asked.keys += Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
  });
  return { through, asked };
}

describe("the customers of a long batch", () => {
  it("are read little more often than once each, right before they are needed", async () => {
    const facts = Array.from({ length: 300 }, (_, index) => purchase(`p-${index}`, `c-${index}`));
    const { through, asked } = counting();
    await record(through, facts);
    // Some forty fit a transaction.
    expect(asked.transactions).toBeLessThanOrEqual(10);
    expect(asked.keys).toBeLessThanOrEqual(facts.length * 1.3);
  });

  it("are known from the transaction before, without another reading or try", async () => {
    const { through, asked } = counting();
    const facts = Array.from({ length: 250 }, (_, index) => purchase(`p-${index}`, "c"));
    const { tries } = await record(through, facts);
    expect(tries).toEqual([{ retries: 0, shardHops: 0 }]);
    expect(asked).toEqual({ keys: 1, transactions: 3 });
    await expectRecounted(250);
  });
});
