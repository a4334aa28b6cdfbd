import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { periodOf } from "../../../lib/domain/metrics/period.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { metricSettings, type Settings, type Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { changeSettings, createWorkspace, readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";

let table: TestTable;
let made = 0;

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

async function workspaceWith(settings: Partial<Settings> = {}): Promise<Workspace> {
  made += 1;
  await createWorkspace(table, `w${made}`, settings);
  const workspace = await readWorkspace(table, `w${made}`);
  if (!workspace) throw new Error("the workspace is missing");
  return workspace;
}

async function measure(workspace: Workspace, id: string, from: string, to: string, segment = "all") {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const range = { from, to };
  const scope = { segment, currency: workspace.currency, range };
  const counters = await readMetricCounters(table, workspace.id, metric, scope);
  return metric.compute(
    periodOf(counters.timelineOf, { ...range, calendar: null }),
    metricSettings(workspace, id),
  );
}

const soon = () => deadlineIn(20_000);

describe("recording facts", () => {
  it("stores a response once however often it is sent, and counts it once", async () => {
    const workspace = await workspaceWith();
    const answer = response(workspace, {
      id: "a",
      survey: "nps",
      score: 9,
      occurredAt: "2026-10-01T10:00:00Z",
    });
    expect((await recordFacts({ table, workspace, deadline: soon() }, [answer])).outcomes).toEqual([
      "recorded",
    ]);
    expect((await recordFacts({ table, workspace, deadline: soon() }, [answer])).outcomes).toEqual([
      "duplicate",
    ]);
    const { n, value } = await measure(workspace, "nps", "2026-10-01", "2026-10-01");
    expect({ n, value }).toEqual({ n: 1, value: 100 });
  });

  it("refuses the same id with other content as a conflict, and changes nothing", async () => {
    const workspace = await workspaceWith();
    const at = "2026-10-01T10:00:00Z";
    await recordFacts({ table, workspace, deadline: soon() }, [
      response(workspace, { id: "a", survey: "nps", score: 9, occurredAt: at }),
    ]);
    const other = response(workspace, { id: "a", survey: "nps", score: 0, occurredAt: at });
    const joined = event(workspace, { id: "a", type: "customer.joined", customerId: "c", occurredAt: at });
    expect((await recordFacts({ table, workspace, deadline: soon() }, [other])).outcomes).toEqual([
      "conflict",
    ]);
    expect((await recordFacts({ table, workspace, deadline: soon() }, [joined])).outcomes).toEqual([
      "conflict",
    ]);
    expect((await measure(workspace, "nps", "2026-10-01", "2026-10-01")).value).toBe(100);
    expect((await measure(workspace, "customers", "2026-10-01", "2026-10-01")).value).toBe(0);
  });

  it("answers a batch with new, known, conflicting and repeated ids in order, and counts only the new", async () => {
    const workspace = await workspaceWith();
    const at = "2026-10-01T10:00:00Z";
    const answer = (id: string, score: number) =>
      response(workspace, { id, survey: "nps", score, occurredAt: at });
    await recordFacts({ table, workspace, deadline: soon() }, [answer("old", 9), answer("taken", 9)]);
    const { outcomes } = await recordFacts({ table, workspace, deadline: soon() }, [
      answer("n1", 9),
      answer("old", 9),
      answer("taken", 1),
      answer("n2", 3),
      answer("n1", 9),
      answer("n2", 4),
    ]);
    expect(outcomes).toEqual(["recorded", "duplicate", "conflict", "recorded", "duplicate", "conflict"]);
    expect((await measure(workspace, "nps", at.slice(0, 10), at.slice(0, 10))).n).toBe(4);
  });

  it("counts a batch larger than a transaction completely", async () => {
    const workspace = await workspaceWith();
    const batch = Array.from({ length: 500 }, (_, index) =>
      response(workspace, {
        id: `r${index}`,
        survey: "csat",
        score: (index % 5) + 1,
        occurredAt: "2026-10-02T00:00:00Z",
      }),
    );
    const { outcomes } = await recordFacts({ table, workspace, deadline: soon() }, batch);
    expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
    const { n, components } = await measure(workspace, "csat", "2026-10-02", "2026-10-02");
    expect(n).toBe(500);
    expect(components["satisfied"]).toBe(200);
  });

  it("records each id once when many clients send the same facts at the same time", async () => {
    const workspace = await workspaceWith();
    const facts = Array.from({ length: 20 }, (_, index) =>
      event(workspace, {
        id: `p${index}`,
        type: "purchase.made",
        customerId: `c${index % 3}`,
        orderId: `${index}`,
        money: { amount: "10.00", currency: "USD" },
        occurredAt: `2026-09-${String((index % 28) + 1).padStart(2, "0")}T12:00:00Z`,
      }),
    );
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => recordFacts({ table, workspace, deadline: soon() }, facts)),
    );
    const recorded = reports.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome === "recorded");
    expect(recorded).toHaveLength(20);
    const { value, components } = await measure(workspace, "sales", "2026-09-01", "2026-09-30");
    expect(value).toBe("200.00");
    expect(components["orders"]).toBe(20);
    expect((await measure(workspace, "customers", "2026-09-01", "2026-09-30")).value).toBe(3);
  });

  it("counts under each tracked dimension, and past the limit under (other)", async () => {
    const workspace = await workspaceWith({ trackedDimensions: ["plan"] });
    const batch = Array.from({ length: 202 }, (_, index) =>
      response(workspace, {
        id: `d${index}`,
        survey: "nps",
        score: 10,
        occurredAt: "2026-10-02T00:00:00Z",
        dimensions: { plan: `p${index}`, untracked: "x" },
      }),
    );
    await recordFacts({ table, workspace, deadline: soon() }, batch);
    expect((await measure(workspace, "nps", "2026-10-02", "2026-10-02", "plan=p0")).n).toBe(1);
    expect((await measure(workspace, "nps", "2026-10-02", "2026-10-02", "plan=(other)")).n).toBe(2);
    expect((await measure(workspace, "nps", "2026-10-02", "2026-10-02", "untracked=x")).n).toBe(0);
    expect((await measure(workspace, "nps", "2026-10-02", "2026-10-02")).n).toBe(202);
  });

  it("counts losses by inactivity ahead, and takes them back when the customer buys again", async () => {
    const created = await workspaceWith();
    const workspace = (await changeSettings(table, created, { inactivityDays: 10 })) ?? created;
    const buy = (id: string, day: string) =>
      event(workspace, {
        id,
        type: "purchase.made",
        customerId: "c",
        orderId: id,
        money: { amount: "1.00", currency: "USD" },
        occurredAt: `${day}T12:00:00Z`,
      });
    await recordFacts({ table, workspace, deadline: soon() }, [buy("1", "2026-01-01")]);
    expect((await measure(workspace, "customers", "2026-01-01", "2026-01-31")).components).toMatchObject({
      lost: 1,
      end: 0,
    });
    await recordFacts({ table, workspace, deadline: soon() }, [buy("2", "2026-01-11")]);
    expect((await measure(workspace, "customers", "2026-01-11", "2026-01-20")).components).toMatchObject({
      lost: 0,
      end: 1,
    });
    await recordFacts({ table, workspace, deadline: soon() }, [buy("3", "2026-01-30")]);
    expect((await measure(workspace, "customers", "2026-01-01", "2026-01-31")).components).toEqual({
      start: 0,
      new: 1,
      returned: 1,
      lost: 1,
      end: 1,
    });
    expect((await measure(workspace, "customers", "2027-01-01", "2027-01-31")).components).toMatchObject({
      start: 0,
    });
  });
});
