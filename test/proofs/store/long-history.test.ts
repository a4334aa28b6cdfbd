import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { customer } from "../../../lib/domain/entities/customer.ts";
import { segmentOf } from "../../../lib/domain/metrics/counting.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { readEntity } from "../../../lib/store/records/entities.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { afterRequests, Ended, endingAfter, type TableRequest } from "../../fixtures/failing.ts";
import { shuffled } from "../../fixtures/histories.ts";
import { storedStates } from "../../fixtures/stored-state.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

let table: TestTable;
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

const settings = { inactivityDays: 2, trackedDimensions: ["channel", "touchpoint"] };
const firstDay = "2024-01-01";

/** Bought every ten days, lost after two: comes and goes forty times. */
function purchases(workspace: Workspace) {
  return Array.from({ length: 40 }, (_, index) =>
    event(workspace, {
      id: `p${index}`,
      type: "purchase.made",
      customerId: "c",
      orderId: String(index),
      occurredAt: `${addDays(firstDay, 10 * index)}T12:00:00Z`,
      money: { amount: "5.00", currency: "USD" },
      dimensions: { channel: "web", touchpoint: "checkout" },
    }),
  );
}

function joined(workspace: Workspace, customerId = "c") {
  return event(workspace, {
    id: customerId === "c" ? "joined" : `joined-${customerId}`,
    type: "customer.joined",
    customerId,
    occurredAt: `${firstDay}T09:00:00Z`,
    dimensions: { channel: "store", touchpoint: "desk" },
  });
}

/** What is counted in each of these workspaces. */
async function counters(...workspaces: readonly Workspace[]) {
  const stored = { engineEndpoint: table.endpoint, tableName: table.name };
  const states = await storedStates(
    stored,
    workspaces.map(({ id }) => id),
  );
  return workspaces.map(({ id }) => {
    const counted = states.get(id)?.counters ?? {};
    expect(Object.keys(counted).length).toBeGreaterThan(100);
    return counted;
  });
}

describe("a customer with a long history", () => {
  it("whose segments change late is counted as if they had been known from the start", async () => {
    const [late, early] = [
      await makeWorkspace(table, "late", settings),
      await makeWorkspace(table, "early", settings),
    ];
    await recordFacts({ table, workspace: early, deadline: soon() }, [joined(early), ...purchases(early)]);
    await recordFacts({ table, workspace: late, deadline: soon() }, purchases(late));
    const { outcomes } = await recordFacts({ table, workspace: late, deadline: soon() }, [joined(late)]);
    expect(outcomes).toEqual(["recorded"]);
    const stored = await readEntity(
      { table, workspace: late, deadline: soon() },
      { entity: customer, id: "c" },
    );
    expect(stored.recount).toBeUndefined();
    const [ofLate, ofEarly] = await counters(late, early);
    expect(ofLate).toEqual(ofEarly);
  });

  it("is counted on by the next fact when whoever counted was interrupted", async () => {
    const [broken, whole] = [
      await makeWorkspace(table, "broken", settings),
      await makeWorkspace(table, "whole", settings),
    ];
    await recordFacts({ table, workspace: whole, deadline: soon() }, [joined(whole), ...purchases(whole)]);
    const [last, ...others] = purchases(broken).reverse();
    if (!last) throw new Error("no purchase");
    await recordFacts({ table, workspace: broken, deadline: soon() }, others);
    let isHalfCounted = false;
    for (let requests = 1; requests < 30 && !isHalfCounted; requests += 1) {
      const { table: ending } = endingAfter(table, requests);
      await expect(
        recordFacts({ table: ending, workspace: broken, deadline: soon() }, [joined(broken)]),
      ).rejects.toThrow();
      const stored = await readEntity(
        { table, workspace: broken, deadline: soon() },
        { entity: customer, id: "c" },
      );
      isHalfCounted = stored.recount !== undefined;
    }
    expect(isHalfCounted).toBe(true);
    await recordFacts({ table, workspace: broken, deadline: soon() }, [last]);
    const [ofBroken, ofWhole] = await counters(broken, whole);
    expect(ofBroken).toEqual(ofWhole);
  });

  /** The table, on which the first request that a test picks after a history was begun in steps has its answer lost. */
  function losing(isPicked: (request: TableRequest, place: number) => boolean) {
    let place: number | undefined;
    let lost = 0;
    const watched = afterRequests(table, async (request) => {
      if (place !== undefined) place += 1;
      else if (JSON.stringify(request.input).includes('"inSteps":true')) place = 0;
      if (place === undefined || lost > 0 || !isPicked(request, place)) return;
      lost += 1;
      throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
    });
    return { watched, lost: () => lost };
  }

  // After the one that begins it, each reading of the history is followed by a transaction that counts on, but for the last.
  it.each([
    ["that began it", (_request: TableRequest, place: number) => place === 0],
    ["that followed", (_request: TableRequest, place: number) => place === 1],
    ["that read it to count on", (_request: TableRequest, place: number) => place === 2],
    [
      "that counted on",
      ({ commandName = "" }: TableRequest, place: number) =>
        place > 0 && commandName.startsWith("TransactWrite"),
    ],
    ["that read it to count on further", (_request: TableRequest, place: number) => place === 4],
  ])(
    "is counted to the end before the fact is acknowledged when the answer to the request %s is lost",
    async (name, isPicked) => {
      const [shaken, calm] = [
        await makeWorkspace(table, `shaken ${name}`.replaceAll(" ", "-"), settings),
        await makeWorkspace(table, `calm ${name}`.replaceAll(" ", "-"), settings),
      ];
      await recordFacts({ table, workspace: calm, deadline: soon() }, [joined(calm), ...purchases(calm)]);
      await recordFacts({ table, workspace: shaken, deadline: soon() }, purchases(shaken));
      const { watched, lost } = losing(isPicked);
      expect(
        (await recordFacts({ table: watched, workspace: shaken, deadline: soon() }, [joined(shaken)]))
          .outcomes,
      ).toEqual(["recorded"]);
      expect(lost()).toBe(1);
      const [ofShaken, ofCalm] = await counters(shaken, calm);
      expect(ofShaken).toEqual(ofCalm);
    },
  );

  it("is counted on when the fact is sent again, alone or among others, after whoever counted was interrupted", async () => {
    // So many that a request which begins with them looks the others up without reading what they are about.
    const strangers = (workspace: Workspace) =>
      Array.from({ length: 60 }, (_, index) => joined(workspace, `s${index}`));
    const whole = await makeWorkspace(table, "sent-once", settings);
    await recordFacts({ table, workspace: whole, deadline: soon() }, [
      joined(whole),
      ...purchases(whole),
      ...strangers(whole),
    ]);
    for (const others of [false, true]) {
      const again = await makeWorkspace(table, `sent-again-${others}`, settings);
      await recordFacts({ table, workspace: again, deadline: soon() }, [
        ...purchases(again),
        ...strangers(again),
      ]);
      const ending = afterRequests(table, async ({ input }) => {
        if (JSON.stringify(input).includes('"inSteps":true')) throw new Ended();
      });
      await expect(
        recordFacts({ table: ending, workspace: again, deadline: soon() }, [joined(again)]),
      ).rejects.toThrow(Ended);
      const sent = others ? [...strangers(again), joined(again)] : [joined(again)];
      const { outcomes } = await recordFacts({ table, workspace: again, deadline: soon() }, sent);
      expect(new Set(outcomes)).toEqual(new Set(["duplicate"]));
      const [ofAgain, ofWhole] = await counters(again, whole);
      expect(ofAgain).toEqual(ofWhole);
    }
  });

  it("is no proof in a reconciliation as long as it is half counted, and is counted to the end by one that repairs", async () => {
    const [half, whole] = [
      await makeWorkspace(table, "half", settings),
      await makeWorkspace(table, "never-half", settings),
    ];
    await recordFacts({ table, workspace: whole, deadline: soon() }, [joined(whole), ...purchases(whole)]);
    await recordFacts({ table, workspace: half, deadline: soon() }, purchases(half));
    const ending = afterRequests(table, async ({ input }) => {
      if (JSON.stringify(input).includes('"inSteps":true')) throw new Ended();
    });
    await expect(
      recordFacts({ table: ending, workspace: half, deadline: soon() }, [joined(half)]),
    ).rejects.toThrow(Ended);
    const range = { from: firstDay, to: "2025-12-31" };
    const check = (repair: boolean) => reconcile(table, half, range, repair, soon());
    expect(await check(false)).toMatchObject({ differences: [], histories: [], unsettled: 1 });
    expect(await check(true)).toMatchObject({ differences: [], unsettled: 0, repaired: 1 });
    expect(await check(false)).toMatchObject({ differences: [], histories: [], unsettled: 0 });
    const [ofHalf, ofWhole] = await counters(half, whole);
    expect(ofHalf).toEqual(ofWhole);
  });

  it("who becomes engaged for a month by one late interaction is counted as if it had been on time", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `d${index}`);
    const dimensions = Object.fromEntries(names.map((name) => [name, "v"]));
    const interactions = (workspace: Workspace) =>
      Array.from({ length: 120 }, (_, index) => ({
        touchpoint: ["app", "shop", "mail"][index % 3] ?? "",
        day: Math.floor(index / 2),
      })).map(({ touchpoint, day }, index) => interaction(workspace, `i${index}`, day, touchpoint));
    const interaction = (workspace: Workspace, id: string, day: number, touchpoint: string) =>
      event(workspace, {
        ...{ id, type: "interaction.made", customerId: "c", touchpoint },
        occurredAt: `${addDays(firstDay, day)}T12:00:00Z`,
      });
    const arrival = (workspace: Workspace) =>
      event(workspace, {
        ...{ id: "joined", type: "customer.joined", customerId: "c", dimensions },
        occurredAt: `${firstDay}T09:00:00Z`,
      });
    const engaged = async (workspace: Workspace) => {
      const metric = metrics.find(({ id }) => id === "engagement");
      if (!metric) throw new Error("there is no engagement");
      const scope = { segment: segmentOf("d9", "v"), range: { from: firstDay, to: addDays(firstDay, 120) } };
      const { countsOn } = await readMetricCounters(table, workspace.id, metric, scope);
      return Array.from({ length: 121 }, (_, day) => countsOn(addDays(firstDay, day)));
    };
    const tracking = { trackedDimensions: names };
    const late = await makeWorkspace(table, "engaged-late", tracking);
    const early = await makeWorkspace(table, "engaged-early", tracking);
    const phone = (workspace: Workspace) => interaction(workspace, "phone", 20, "phone");
    await recordFacts({ table, workspace: early, deadline: soon() }, [
      arrival(early),
      phone(early),
      ...interactions(early),
    ]);
    await recordFacts({ table, workspace: late, deadline: soon() }, [arrival(late), ...interactions(late)]);
    expect((await recordFacts({ table, workspace: late, deadline: soon() }, [phone(late)])).outcomes).toEqual(
      ["recorded"],
    );
    const counted = await engaged(late);
    expect(counted).toEqual(await engaged(early));
    expect(
      counted.flatMap((counts) => Number(counts["engaged"] ?? 0)).filter((change) => change !== 0),
    ).toEqual([1, -1]);
  });

  it("takes facts in any order, with ten tracked dimensions, and counts the same as in order", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `d${index}`);
    const settings = { inactivityDays: 3, trackedDimensions: names };
    const [wide, inOrder] = [
      await makeWorkspace(table, "wide", settings),
      await makeWorkspace(table, "in-order", settings),
    ];
    const random = seededRandom(7);
    const types = ["purchase.made", "purchase.made", "customer.joined", "customer.left", "customer.returned"];
    const drawn = Array.from({ length: 30 }, (_, index) => {
      const type = types[Math.floor(random() * types.length)];
      const day = addDays(firstDay, Math.floor(random() * 200));
      return {
        id: `f${index}`,
        type,
        customerId: "c",
        occurredAt: `${day}T${String(index % 24).padStart(2, "0")}:00:00Z`,
        dimensions: Object.fromEntries(names.map((name) => [name, `v${Math.floor(random() * 3)}`])),
        ...(type === "purchase.made"
          ? { orderId: String(index), money: { amount: "1.00", currency: "USD" } }
          : {}),
      };
    });
    for (const fact of shuffled(random, drawn)) {
      const { outcomes } = await recordFacts({ table, workspace: wide, deadline: soon() }, [
        event(wide, fact),
      ]);
      expect(outcomes).toEqual(["recorded"]);
    }
    for (const fact of drawn.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))) {
      await recordFacts({ table, workspace: inOrder, deadline: soon() }, [event(inOrder, fact)]);
    }
    const [ofWide, ofInOrder] = await counters(wide, inOrder);
    expect(ofWide).toEqual(ofInOrder);
  });
});
