import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayNumber } from "../../../lib/domain/calendar/days.ts";
import { customer } from "../../../lib/domain/entities/customer.ts";
import { bytesOf } from "../../../lib/domain/entities/history.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { entityActions } from "../../../lib/store/ledger/entity-actions.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { type About, planContextOf } from "../../../lib/store/ledger/plan-context.ts";
import { readEntities } from "../../../lib/store/records/entities.ts";
import { type StoredEntity, unknownEntity } from "../../../lib/store/records/stored-entity.ts";
import { commit } from "../../../lib/store/table/commit.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { beforeRequests } from "../../fixtures/failing.ts";
import { storedStates } from "../../fixtures/stored-state.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** What DynamoDB takes in one transaction: 100 actions, 4 MB, 4 KB of an expression. */

let table: TestTable;
const soon = () => deadlineIn(120_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** The table, with the sizes of the transactions that it was sent. */
function watched() {
  const sizes: { actions: number; bytes: number; longest: number }[] = [];
  const through = beforeRequests(table, async ({ commandName, input }) => {
    if (!commandName?.startsWith("TransactWrite")) return;
    const { TransactItems = [] } = input as {
      TransactItems?: Record<string, { UpdateExpression?: string }>[];
    };
    const actions = TransactItems.flatMap((one) => Object.values(one));
    sizes.push({
      actions: actions.length,
      bytes: Buffer.byteLength(
        JSON.stringify(input, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
      ),
      longest: Math.max(...actions.map(({ UpdateExpression: text = "" }) => text.length)),
    });
  });
  return { through, sizes };
}

/** Stores customers whose histories have room for no more than some facts: interactions with names of their own. */
async function storeCrowds(workspace: Workspace, count: number): Promise<void> {
  const step = (index: number) => ({
    ...{ day: dayNumber("2025-01-01") + (index % 50), at: 0, times: 1 },
    detail: `${index}-`.padEnd(76, "x"),
  });
  const interacted = Array.from({ length: 1_450 }, (_, index) => step(index)).sort((a, b) => a.day - b.day);
  const history = { ...customer.unknown, steps: { ...customer.unknown.steps, interacted } };
  expect(bytesOf(history)).toBe(145_000);
  for (let index = 0; index < count; index += 1) {
    const before = unknownEntity({ entity: customer, id: `crowd-${index}` }, workspace);
    const after: StoredEntity = { ...before, history };
    await commit<void, About>({ table, workspace, deadline: soon() }, async (attempt) => ({
      actions: entityActions(before, after, planContextOf({ table, workspace, deadline: soon() }, attempt)),
      result: undefined,
    }));
  }
}

describe("a batch of facts about customers with long histories", () => {
  it("is split so that no transaction takes more than 4 MB", async () => {
    const workspace = await makeWorkspace(table, "crowds");
    const count = 35;
    await storeCrowds(workspace, count);
    const facts = Array.from({ length: count }, (_, index) =>
      event(workspace, {
        ...{ id: `p-${index}`, type: "purchase.made", orderId: `p-${index}`, customerId: `crowd-${index}` },
        ...{ occurredAt: "2025-03-01T12:00:00Z", money: { amount: "5.00", currency: "USD" } },
      }),
    );
    const { through, sizes } = watched();
    const { outcomes } = await recordFacts({ table: through, workspace, deadline: soon() }, facts);
    expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(4 * 1_024 * 1_024);
    const subjects = facts.flatMap(({ fact }) =>
      "customerId" in fact ? [{ entity: customer, id: String(fact.customerId) }] : [],
    );
    const stored = await readEntities({ table, workspace, deadline: soon() }, subjects);
    expect([...stored.values()].map(({ history }) => history.steps["purchased"]?.length)).toEqual(
      Array.from({ length: count }, () => 1),
    );
  });
});

describe("facts that change many counters of one place", () => {
  it("are split so that no expression takes more than 4 KB, and count the same as in order", async () => {
    const journeyStages = Array.from({ length: 10 }, (_, index) => `stage-${index + 1}`);
    const [late, early] = [
      await makeWorkspace(table, "late-stages", { journeyStages }),
      await makeWorkspace(table, "early-stages", { journeyStages }),
    ];
    // Each took times of its own from stage to stage; the first stage moves a whole journey to the day before.
    const entered = (workspace: Workspace, index: number, place: number) =>
      event(workspace, {
        ...{ id: `${index}-${place}`, type: "stage.entered", customerId: `c-${index}` },
        stage: journeyStages[place],
        occurredAt: new Date(
          Date.parse("2025-03-01T00:00:00Z") +
            (place === 0 ? -80_000_000 : 60_000 * place * (1 + index * 2.1 * place)),
        ).toISOString(),
      });
    const customers = Array.from({ length: 49 }, (_, index) => index);
    const later = (workspace: Workspace) =>
      customers.flatMap((index) =>
        [1, 2, 3, 4, 5, 6, 7, 8, 9].map((place) => entered(workspace, index, place)),
      );
    const firsts = (workspace: Workspace) => customers.map((index) => entered(workspace, index, 0));
    await recordFacts({ table, workspace: early, deadline: soon() }, [...firsts(early), ...later(early)]);
    await recordFacts({ table, workspace: late, deadline: soon() }, later(late));
    const { through, sizes } = watched();
    const { outcomes } = await recordFacts(
      { table: through, workspace: late, deadline: soon() },
      firsts(late),
    );
    expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
    expect(Math.max(...sizes.map(({ longest }) => longest))).toBeLessThanOrEqual(4_096);
    const stored = { engineEndpoint: table.endpoint, tableName: table.name };
    const states = await storedStates(stored, [late.id, early.id]);
    expect(states.get(late.id)?.counters).toEqual(states.get(early.id)?.counters);
  });
});
