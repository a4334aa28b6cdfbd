import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readFacts } from "../../../lib/store/records/facts.ts";
import { otherValue } from "../../../lib/store/records/value-list.ts";
import {
  forgetDimensions,
  maxIntentBytes,
  readValueList,
  valuesPerDimension,
} from "../../../lib/store/records/value-lists.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let engine: TestTable;
let table: MeteredTable;
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
});

afterAll(() => engine.stop());

const tracked = Array.from({ length: 10 }, (_, index) => `d${index}`);

/** Answers with a value of its own in each tracked dimension. */
const answers = (workspace: Workspace, prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    response(workspace, {
      ...{ id: `${prefix}-${index}`, survey: "nps", score: 9 },
      dimensions: Object.fromEntries(tracked.map((name) => [name, `${prefix}-${index}`])),
    }),
  );

/** What recording costs. */
async function costOf(workspace: Workspace, facts: Parameters<typeof recordFacts>[1]) {
  table.reset();
  await recordFacts({ table, workspace, deadline: soon() }, facts);
  return { ...table.used };
}

describe("tracked dimensions", () => {
  it("get the values of a whole batch in one reading and one write each, and no more than there is room for", async () => {
    const workspace = await makeWorkspace(table, "claimed", { trackedDimensions: tracked });
    const facts = answers(workspace, "v", valuesPerDimension + 50);
    const { requests } = await costOf(workspace, facts);
    // Beside the transactions, of which each takes some hundred actions: eleven counters and a fact.
    expect(requests).toBeLessThan(2 * tracked.length + (facts.length * 12) / 90);
    for (const name of tracked) {
      expect((await readValueList(table, workspace, name)).named.size).toBe(valuesPerDimension);
    }
    const stored = await readFacts(table, workspace.id, ["v-0", `v-${valuesPerDimension}`], soon());
    expect(stored.map(({ segments }) => segments["d0"])).toEqual(["v-0", otherValue]);
  });

  it("that are full are not read again for each value that has no counters: such a batch is as dear as any", async () => {
    const workspace = await makeWorkspace(table, "full", { trackedDimensions: tracked });
    await recordFacts({ table, workspace, deadline: soon() }, answers(workspace, "v", valuesPerDimension));
    forgetDimensions();
    const cost = await costOf(workspace, answers(workspace, "unknown", 200));
    const ordinary = await makeWorkspace(table, "ordinary", { trackedDimensions: tracked });
    const same = answers(ordinary, "same", 200).map(({ fact, ...rest }) => ({
      ...rest,
      fact: { ...fact, dimensions: Object.fromEntries(tracked.map((name) => [name, "web"])) },
    }));
    const usual = await costOf(ordinary, same);
    expect(cost.writeUnits).toBeLessThanOrEqual(1.1 * usual.writeUnits);
    // Each list once: ten readings of some kilobytes.
    expect(cost.requests).toBeLessThanOrEqual(usual.requests);
    expect(cost.readUnits).toBeLessThanOrEqual(usual.readUnits + 10 * tracked.length);
    const again = await costOf(workspace, answers(workspace, "further", 200));
    expect(again.readUnits).toBe(0);
  });

  it("keep all values that writers claim at the same time", async () => {
    const workspace = await makeWorkspace(table, "raced", { trackedDimensions: ["d0"] });
    const batches = Array.from({ length: 8 }, (_, index) => answers(workspace, `w${index}`, 20));
    await Promise.all(
      batches.map((batch) => {
        forgetDimensions();
        return recordFacts({ table, workspace, deadline: soon() }, batch);
      }),
    );
    const stored = await readFacts(
      table,
      workspace.id,
      batches.flat().map(({ fact }) => fact.id),
      soon(),
    );
    const { named: values } = await readValueList(table, workspace, "d0");
    expect([...values].sort()).toEqual(stored.map(({ fact }) => fact.id).sort());
    expect(stored.every(({ fact, segments }) => segments["d0"] === fact.id)).toBe(true);
  });
});

describe("long names of intents", () => {
  it("make no answer on that day much dearer: those past a number of bytes count as others", async () => {
    const workspace = await makeWorkspace(table, "intents");
    const day = addDays(new Date().toISOString().slice(0, 10), -1);
    const csat = (id: string) =>
      response(workspace, { id, survey: "csat", score: 5, occurredAt: `${day}T12:00:00Z` });
    await recordFacts({ table, workspace, deadline: soon() }, [csat("first")]);
    const usual = await costOf(workspace, [csat("usual")]);
    const intents = Array.from({ length: 30 }, (_, index) =>
      response(workspace, {
        ...{ id: `intent-${index}`, survey: "visitor-intent", completed: true },
        choice: "🛒".repeat(98) + String(index).padStart(2, "0"),
        occurredAt: `${day}T12:00:00Z`,
      }),
    );
    await recordFacts({ table, workspace, deadline: soon() }, intents);
    const { named: names } = await readValueList(table, workspace, "visitor-intent");
    expect(names.size).toBe(1);
    // A short one still finds room.
    const short = { id: "short", survey: "visitor-intent", choice: "Buy", occurredAt: `${day}T12:00:00Z` };
    await recordFacts({ table, workspace, deadline: soon() }, [response(workspace, short)]);
    const all = [...(await readValueList(table, workspace, "visitor-intent")).named];
    expect(all).toContain("Buy");
    expect(all.reduce((sum, name) => sum + Buffer.byteLength(name), 0)).toBeLessThanOrEqual(maxIntentBytes);
    const { writeUnits } = await costOf(workspace, [csat("later")]);
    expect(writeUnits).toBeLessThanOrEqual(2 * usual.writeUnits);
  });
});
