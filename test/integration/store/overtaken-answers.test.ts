import { afterAll, beforeAll, expect, it } from "vitest";
import { nps } from "../../../lib/domain/metrics/nps.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readFacts } from "../../../lib/store/records/facts.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";
import { afterRequests } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Answers that replace others, where somebody else is faster, or the one to be replaced lies too long ago. */

let engine: TestTable;
beforeAll(async () => {
  engine = await startTestTable();
});
afterAll(() => engine?.stop());

const day = "2024-05-06";

function answer(workspace: Workspace, id: string, hour: number, more: object = {}) {
  const occurredAt = `${day}T${hour}:00:00Z`;
  return response(workspace, { id, survey: "nps", score: 9, occurredAt, invitationId: "i-1", ...more });
}

const latest = { latest: "invitation" };

const record = async (table: Table, workspace: Workspace, ...facts: ReturnType<typeof answer>[]) =>
  (await recordFacts({ table, workspace, deadline: deadlineIn(30_000) }, facts)).outcomes;

async function counted({ id }: Workspace): Promise<bigint> {
  const scope = { segment: "all", range: { from: day, to: day } };
  const timeline = (await readMetricCounters(engine, id, nps, scope)).timelineOf("0-10:9");
  return timeline.sumBetween("0-10:9", day, day);
}

it("the latest answer of an invitation counts alone, also where the one before is replaced by hand while it is recorded", async () => {
  const workspace = await makeWorkspace(engine, "overtaken");
  await record(engine, workspace, answer(workspace, "a-1", 10, latest));
  let reads = 0;
  const overtaken = afterRequests(engine, async ({ commandName = "", input }) => {
    // Between finding the answer that counts and planning to replace it.
    if (!commandName.startsWith("BatchGet") || !JSON.stringify(input).includes("a-1")) return;
    reads += 1;
    if (reads > 1) return;
    const edited = answer(workspace, "a-2", 11, { supersedes: "a-1" });
    expect(await record(engine, workspace, edited)).toEqual(["recorded"]);
  });
  expect(await record(overtaken, workspace, answer(workspace, "a-3", 12, latest))).toEqual(["recorded"]);
  expect(reads).toBeGreaterThan(1);
  expect(await counted(workspace)).toBe(1n);
  const [edited] = await readFacts(engine, workspace.id, ["a-2"], deadlineIn(30_000));
  expect(edited).toMatchObject({ excluded: true, supersededBy: "a-3" });
});

it("an answer of before the days that a sender may replace stays as it is, and the new one is refused", async () => {
  const workspace = await makeWorkspace(engine, "too-old");
  await record(engine, workspace, answer(workspace, "a-1", 10, latest), answer(workspace, "b-1", 10));
  const from = (replacesFrom: string, fact: ReturnType<typeof answer>) => ({ ...fact, replacesFrom });
  const tries = (replacesFrom: string) => [
    from(replacesFrom, answer(workspace, "a-2", 12, latest)),
    from(replacesFrom, answer(workspace, "b-2", 12, { supersedes: "b-1" })),
  ];
  expect(await record(engine, workspace, ...tries("2024-05-07"))).toEqual(["too-old", "too-old"]);
  const [old] = await readFacts(engine, workspace.id, ["a-1"], deadlineIn(30_000));
  expect(old).toMatchObject({ excluded: false });
  expect(await record(engine, workspace, ...tries(day))).toEqual(["recorded", "recorded"]);
  expect(await counted(workspace)).toBe(2n);
});
