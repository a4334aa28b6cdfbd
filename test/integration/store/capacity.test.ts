import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Settings, Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { createWorkspace, readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";

/** Request units, as the engine's `ConsumedCapacity` tells them. */

let engine: TestTable;
let table: MeteredTable;

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
});

afterAll(() => engine.stop());

async function workspaceWith(id: string, settings: Partial<Settings> = {}): Promise<Workspace> {
  await createWorkspace(table, id, settings);
  const workspace = await readWorkspace(table, id);
  if (!workspace) throw new Error("the workspace is missing");
  return workspace;
}

const soon = () => deadlineIn(20_000);

const purchase = (workspace: Workspace, id: string, fields: Readonly<Record<string, unknown>> = {}) =>
  event(workspace, {
    id,
    type: "purchase.made",
    customerId: "17850",
    orderId: id,
    money: { amount: "139.12", currency: "USD" },
    ...fields,
  });

describe("request units", () => {
  it("a single anonymous response without tracked dimensions costs at most 5 write units", async () => {
    const workspace = await workspaceWith("single");
    const record = async (id: string) => {
      table.reset();
      const answer = { id, survey: "nps", score: 9, comment: "Quick and friendly." };
      await recordFacts({ table, workspace, deadline: soon() }, [response(workspace, answer)]);
      return table.used.writeUnits;
    };
    // A day that is earlier than all before is noted.
    expect(await record("answer-0")).toBe(6);
    expect(await record("answer-1")).toBe(5);
  });

  it("each tracked dimension that a response carries costs 2 write units more", async () => {
    const workspace = await workspaceWith("tracked");
    const answer = (id: string) =>
      response(workspace, {
        id,
        survey: "nps",
        score: 9,
        dimensions: { channel: "web", touchpoint: "checkout" },
      });
    await recordFacts({ table, workspace, deadline: soon() }, [answer("a")]);
    table.reset();
    await recordFacts({ table, workspace, deadline: soon() }, [answer("b")]);
    expect(table.used.writeUnits).toBeLessThanOrEqual(14);
  });

  it("a batch of 100 responses costs at most 3.3 write units a response", async () => {
    const workspace = await workspaceWith("batch");
    const batch = Array.from({ length: 100 }, (_, index) =>
      response(workspace, {
        id: `answer-2026-${index}`,
        survey: "nps",
        score: index % 11,
        surveyId: "spring",
      }),
    );
    table.reset();
    await recordFacts({ table, workspace, deadline: soon() }, batch);
    expect(table.used.writeUnits / 100).toBeLessThanOrEqual(3.3);
  });

  it("a batch of 500 purchases that is sent again costs a read unit a purchase and one refused transaction", async () => {
    const workspace = await workspaceWith("again");
    const batch = Array.from({ length: 500 }, (_, index) =>
      purchase(workspace, `again-${index}`, { customerId: `c-${index}` }),
    );
    await recordFacts({ table, workspace, deadline: soon() }, batch);
    table.reset();
    const fresh = purchase(workspace, "again-new", { customerId: "c-new" });
    const { outcomes } = await recordFacts({ table, workspace, deadline: soon() }, [...batch, fresh]);
    expect(outcomes).toEqual([...batch.map(() => "duplicate"), "recorded"]);
    expect(table.used.readUnits).toBeLessThanOrEqual(1.2 * batch.length);
    // What refused transactions consume is not told; without looking facts up there would be about sixteen of them.
    expect(table.used.requests).toBeLessThanOrEqual(12);
    expect(table.used.writeUnits).toBeLessThanOrEqual(14);
  });

  it("a purchase of a known customer costs at most 8 write units", async () => {
    const workspace = await workspaceWith("purchases");
    await recordFacts({ table, workspace, deadline: soon() }, [
      purchase(workspace, "1"),
      purchase(workspace, "2"),
    ]);
    table.reset();
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "3")]);
    expect(table.used.writeUnits).toBeLessThanOrEqual(8);
  });

  it("linking orders costs a purchase 3 write units, an answer about it 2 and one that names nobody 4, and each a read unit", async () => {
    const used = async (linkOrders: boolean) => {
      const workspace = await workspaceWith(`orders-${linkOrders}`, { linkOrders });
      const about = (id: string) => {
        const answer = { survey: "csat", score: 4, ...(linkOrders ? { orderId: id } : {}) };
        return [
          purchase(workspace, `p-${id}`, { orderId: id }),
          response(workspace, { id: `a-${id}`, customerId: "17850", ...answer }),
          response(workspace, { id: `n-${id}`, ...answer }),
        ];
      };
      await recordFacts({ table, workspace, deadline: soon() }, about("first"));
      const units: [write: number, read: number][] = [];
      for (const fact of about("next")) {
        table.reset();
        await recordFacts({ table, workspace, deadline: soon() }, [fact]);
        units.push([table.used.writeUnits, table.used.readUnits]);
      }
      return units;
    };
    const more = [
      [3, 1],
      [2, 1],
      [4, 1],
    ] as const;
    const expected = (await used(false)).map(([write, read], index) => {
      const [moreWrite = 0, moreRead = 0] = more[index] ?? [];
      return [write + moreWrite, read + moreRead];
    });
    expect(await used(true)).toEqual(expected);
  });

  it("a webhook costs each fact that it hears of 3 write units, and all others nothing", async () => {
    const plain = await workspaceWith("webhooks");
    const hears = { events: ["response.recorded" as const], filter: { scores: { to: 6 } } };
    const workspace = { ...plain, subscriptions: { detractors: hears } };
    const used = async (of: Workspace, id: string, score: number) => {
      const answer = response(of, { id, survey: "nps", score });
      await recordFacts({ table, workspace: of, deadline: soon() }, [answer]);
      table.reset();
      const next = response(of, { id: `${id}-next`, survey: "nps", score });
      const { entries } = await recordFacts({ table, workspace: of, deadline: soon() }, [next]);
      return { ...table.used, entries: entries.map(({ fact, type }) => `${type} ${fact}`) };
    };
    const unheard = await used(plain, "plain", 3);
    expect(await used(workspace, "promoter", 9)).toEqual(unheard);
    expect(await used(workspace, "detractor", 3)).toEqual({
      ...unheard,
      writeUnits: unheard.writeUnits + 3,
      entries: ["response.recorded detractor-next"],
    });
  });

  it("an interaction of an engaged customer costs at most 13 write units, and 10 where it changes no counter but that of interactions and its day is not over", async () => {
    const workspace = await workspaceWith("interactions");
    const used = async (id: string, type: string, fields: Readonly<Record<string, unknown>> = {}) => {
      table.reset();
      const fact = { id, type, customerId: "17850", occurredAt: new Date().toISOString(), ...fields };
      await recordFacts({ table, workspace, deadline: soon() }, [event(workspace, fact)]);
      return table.used.writeUnits;
    };
    await used("joined", "customer.joined");
    const first = await used("a", "interaction.made", { touchpoint: "app" });
    for (const touchpoint of ["shop", "mail", "phone"])
      await used(touchpoint, "interaction.made", { touchpoint });
    const further = await used("b", "interaction.made", { touchpoint: "app" });
    expect(first).toBeLessThanOrEqual(10);
    expect(further).toBeLessThanOrEqual(13);
  });

  it("a year of daily counters of any metric costs at most 50 read units and 3 requests; of one that needs all days, each of their years", async () => {
    const workspace = await workspaceWith("year", { earliestDay: "2024-01-01", inactivityDays: 30 });
    const day = (index: number) =>
      new Date(Date.parse("2024-01-01T12:00:00Z") + index * 86_400_000).toISOString();
    for (let start = 0; start < 730; start += 73) {
      const days = Array.from({ length: 73 }, (_, index) => start + index);
      const purchases = days.flatMap((index) => [
        purchase(workspace, `p${index}`, { customerId: `c${index}`, occurredAt: day(index) }),
        purchase(workspace, `q${index}`, { customerId: `c${index >> 1}`, occurredAt: day(index) }),
      ]);
      const answers = days.flatMap((index) =>
        Array.from({ length: 11 }, (_, score) =>
          response(workspace, { id: `a${index}-${score}`, survey: "nps", score, occurredAt: day(index) }),
        ),
      );
      await recordFacts({ table, workspace, deadline: soon() }, purchases);
      for (let from = 0; from < answers.length; from += 400) {
        await recordFacts({ table, workspace, deadline: soon() }, answers.slice(from, from + 400));
      }
    }
    for (const metric of metrics) {
      table.reset();
      // The worst year: one that ends on the last day but one, so that nearly two years of days are read.
      const scope = { segment: "all", currency: "USD", range: { from: "2024-12-30", to: "2025-12-29" } };
      await readMetricCounters(table, workspace.id, metric, scope);
      expect(table.used, metric.id).toMatchObject({ requests: expect.toSatisfy((count) => count <= 3) });
      expect(table.used.readUnits, metric.id).toBeLessThanOrEqual(metric.wholeHistory ? 2 * 50 : 50);
    }
  });
});
