import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Filters } from "../../../lib/domain/facts/characteristics.ts";
import { complaints } from "../../../lib/domain/metrics/complaints.ts";
import { interactions } from "../../../lib/domain/metrics/interactions.ts";
import type { AnyMetric } from "../../../lib/domain/metrics/metric.ts";
import { nps } from "../../../lib/domain/metrics/nps.ts";
import { queueAbandonment } from "../../../lib/domain/metrics/queue-abandonment.ts";
import { selfService } from "../../../lib/domain/metrics/self-service.ts";
import { planSeries } from "../../../lib/domain/metrics/windows.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { runQuery } from "../../../lib/queries/run-query.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { valuesPerDimension } from "../../../lib/store/records/value-lists.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { counterPartition } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { afterRequests } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
const soon = () => deadlineIn(20_000);
const date = "2025-03-04";
const range = { from: date, to: date };
const metric: AnyMetric = nps;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.stop());

/** Records one promoter for each of these channels, and with `undefined` one without a channel. */
async function promote(workspace: Workspace, channels: readonly (string | undefined)[]): Promise<void> {
  const facts = channels.map((channel) =>
    response(workspace, {
      survey: "nps",
      score: 9,
      occurredAt: `${date}T12:00:00Z`,
      ...(channel === undefined ? {} : { dimensions: { channel } }),
    }),
  );
  await recordFacts({ table, workspace, deadline: soon() }, facts);
}

/** The promoters of each group, or of the whole under an empty name. */
async function promoters(
  from: Table,
  workspace: Workspace,
  scope: { readonly groupBy?: readonly string[]; readonly filters?: Filters },
): Promise<[group: string, promoters: number][]> {
  const plan = planSeries({ range, granularity: "total" }, date);
  const question = { metric, plan, today: date, filters: {}, ...scope };
  const { groups } = await runQuery({ table: from, workspace, deadline: soon() }, question);
  return groups.map(({ group = "", series }) => [group, Number(series[0]?.components["promoters"])]);
}

describe("groups of a tracked dimension", () => {
  it("are answered while facts are being recorded: what is read later never has more than the whole", async () => {
    const workspace = await makeWorkspace(table, "busy");
    const channels = Array.from({ length: 12 }, (_, index) => `c${10 + index}`);
    await promote(workspace, channels);
    const whole = counterPartition(workspace.id, "nps", "all");
    let isRecorded = false;
    // Whatever is read after the whole, the last channel for one, has one answer more.
    const busy = afterRequests(table, async ({ commandName, input }) => {
      if (isRecorded || commandName !== "QueryCommand" || !JSON.stringify(input).includes(whole)) return;
      isRecorded = true;
      await promote(workspace, ["c21"]);
    });
    const found = new Map(await promoters(busy, workspace, { groupBy: ["channel"] }));
    expect(isRecorded).toBe(true);
    expect(found.get("c10")).toBe(1);
    expect([...found.values()].every((count) => count >= 0)).toBe(true);
  });

  it("are answered without what a fact between two reads leaves over: an end whose beginning is in a group", async () => {
    const workspace = await makeWorkspace(table, "ending");
    const common = { callId: "1", occurredAt: `${date}T12:00:00Z`, dimensions: { channel: "phone" } };
    await recordFacts({ table, workspace, deadline: soon() }, [
      event(workspace, { ...common, type: "call.queued" }),
    ]);
    const group = counterPartition(workspace.id, "queue", "channel=phone");
    let isAbandoned = false;
    const busy = afterRequests(table, async ({ commandName, input }) => {
      if (isAbandoned || commandName !== "QueryCommand" || !JSON.stringify(input).includes(group)) return;
      isAbandoned = true;
      const { dimensions: _, ...end } = { ...common, type: "call.abandoned" };
      await recordFacts({ table, workspace, deadline: soon() }, [event(workspace, end)]);
    });
    const plan = planSeries({ range, granularity: "total" }, date);
    const question = { metric: queueAbandonment, plan, today: date, filters: {}, groupBy: ["channel"] };
    const { groups: found } = await runQuery({ table: busy, workspace, deadline: soon() }, question);
    expect(isAbandoned).toBe(true);
    expect(found).toMatchObject([{ group: "phone", series: [{ value: 0, n: 1 }] }]);
  });

  it("have one group, (other), past the limit, and one, (none), without a value", async () => {
    const workspace = await makeWorkspace(table, "named");
    const values = Array.from({ length: valuesPerDimension + 5 }, (_, index) => `c${1_000 + index}`);
    await promote(workspace, [undefined, ...values]);
    const groups = await promoters(table, workspace, { groupBy: ["channel"] });
    const found = new Map(groups);
    expect(found.size).toBe(groups.length);
    expect({ other: found.get("(other)"), none: found.get("(none)"), first: found.get("c1000") }).toEqual({
      other: 5,
      none: 1,
      first: 1,
    });
    expect(groups.reduce((sum, [, count]) => sum + count, 0)).toBe(values.length + 1);
  });

  it("are what a filter by their name finds, (none) and (other) too", async () => {
    const workspace = await makeWorkspace(table, "filtered");
    await promote(workspace, ["web", "web", undefined, undefined, undefined]);
    for (const [group, count] of await promoters(table, workspace, { groupBy: ["channel"] })) {
      expect(await promoters(table, workspace, { filters: { channel: [group] } })).toEqual([["", count]]);
    }
    // Counted again from the facts, as nobody tracks the plan.
    for (const [group, count] of await promoters(table, workspace, { groupBy: ["plan"] })) {
      expect(await promoters(table, workspace, { filters: { plan: [group] } })).toEqual([["", count]]);
    }
    expect(await promoters(table, workspace, { filters: { channel: ["(none)"], plan: ["(none)"] } })).toEqual(
      [["", 3]],
    );
  });
});

it.each([complaints, interactions, selfService])(
  "customers of whom no fact says how they were won count under (none) in $id, by whatever it is grouped",
  async (asked) => {
    const workspace = await makeWorkspace(table, `unwon-${asked.id}`);
    const at = { occurredAt: `${date}T12:00:00Z`, dimensions: { channel: "web", plan: "pro" } };
    const doing = (customerId: string) => [
      response(workspace, { survey: "nps", score: 2, customerId, ...at }),
      event(workspace, { type: "interaction.made", touchpoint: "app", customerId, ...at }),
      event(workspace, { type: "article.searched", customerId, ...at }),
    ];
    await recordFacts({ table, workspace, deadline: soon() }, [
      ...doing("unwon"),
      event(workspace, { type: "customer.joined", customerId: "won", ...at }),
      ...doing("won"),
    ]);
    const plan = planSeries({ range, granularity: "total" }, date);
    const ask = async (scope: { readonly groupBy?: readonly string[]; readonly filters?: Filters }) => {
      const question = { metric: asked, plan, today: date, filters: {}, ...scope };
      const { groups } = await runQuery({ table, workspace, deadline: soon() }, question);
      return groups.map(({ group, series }) => [group, series[0]?.n]);
    };
    // Nobody tracks the plan: it is counted again.
    for (const [dimension, value] of [
      ["channel", "web"],
      ["plan", "pro"],
    ] as const) {
      const found = await ask({ groupBy: [dimension] });
      expect(new Map(found.map(([group, n]) => [group, n]))).toEqual(
        new Map([
          [value, 1],
          ["(none)", 1],
        ]),
      );
      expect(await ask({ filters: { [dimension]: ["(none)"] } })).toEqual([[undefined, 1]]);
    }
  },
);
