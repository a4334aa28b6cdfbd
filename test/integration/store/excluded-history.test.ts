import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { sharePrice } from "../../../lib/domain/metrics/share-price.ts";
import { planSeries } from "../../../lib/domain/metrics/windows.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { runQuery } from "../../../lib/queries/run-query.ts";
import { setExcluded } from "../../../lib/store/ledger/exclusion.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { isEvent } from "../../../lib/store/records/responses.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import type { StoreContext } from "../../../lib/store/table/context.ts";
import { timelineIndex, timelineSpread } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Taking out a fact on which much depends: a transaction has room for 100 actions, the log of each closed day included. */

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table?.stop());

it.each([48, 70])(
  "the first of %d purchases on as many closed days is taken out and put back",
  async (days) => {
    const made = await makeWorkspace(table, `shop-${days}`);
    const from = "2024-01-01";
    // Each of the days has its snapshot.
    const workspace = { ...made, snapshotsFrom: from, snapshotsTo: addDays(from, 400) };
    const context = { table, workspace, deadline: deadlineIn(120_000) };
    const purchases = Array.from({ length: days }, (_, index) =>
      event(workspace, {
        ...{ type: "purchase.made", id: `p-${index}`, customerId: "anna", orderId: `o-${index}` },
        ...{ occurredAt: `${addDays(from, index)}T12:00:00Z`, money: { amount: "10.00", currency: "USD" } },
      }),
    );
    await recordFacts(context, purchases);
    for (const excluded of [true, false]) {
      const changed = await setExcluded(context, "p-0", isEvent, { excluded, reason: "a test", keyId: "k" });
      expect(changed).toMatchObject({ outcome: "changed", fact: { excluded } });
    }
  },
);

/** The table as it is while the index of days is behind. @param seen an item as it shows; `undefined` where it does not yet */
function behind(seen: (item: object) => object | undefined, listings = Number.POSITIVE_INFINITY): Table {
  const send = table.client.send.bind(table.client) as (command: unknown) => Promise<{ Items?: object[] }>;
  let left = listings * timelineSpread.length;
  const delayed = async (command: unknown) => {
    const answer = await send(command);
    if (!(command instanceof QueryCommand) || command.input.IndexName !== timelineIndex) return answer;
    left -= 1;
    return left < 0 ? answer : { ...answer, Items: answer.Items?.flatMap((item) => seen(item) ?? []) };
  };
  const client: typeof table.client = Object.assign(Object.create(table.client), { send: delayed });
  return { name: table.name, client };
}

const isOneOf = (item: object, ids: readonly string[]) =>
  ids.some((id) => JSON.stringify(item).includes(`"${id}"`));

/** Prices of ACME on one day, one dollar more each hour. */
function quotesIn(workspace: Workspace, prices: number) {
  return Array.from({ length: prices }, (_, index) =>
    event(workspace, {
      ...{ type: "share.quoted", id: `q-${index}`, symbol: "ACME" },
      ...{
        occurredAt: `2024-01-01T1${index}:00:00Z`,
        money: { amount: `${10 + index}.00`, currency: "USD" },
      },
    }),
  );
}

const asked = (excluded: boolean) => ({ excluded, reason: "a test", keyId: "k" });

async function closingPrice(context: StoreContext) {
  const range = { from: "2024-01-01", to: "2024-01-01" };
  const plan = planSeries({ range, granularity: "total" }, "2024-01-02");
  const { groups } = await runQuery(context, { metric: sharePrice, plan, today: "2024-01-02", filters: {} });
  return groups[0]?.series[0]?.value;
}

it.each([
  ["the last one is taken out, and the one before is not shown yet", ["q-3"], ["q-2"], "12.00"],
  ["two are taken out, one after the other, and none is shown yet", ["q-3", "q-2"], ["q-0", "q-1"], "11.00"],
  [
    "the last one is taken out, and one that was put back is not shown yet",
    ["q-2", "-q-2", "q-3"],
    ["q-2"],
    "12.00",
  ],
])("prices that a history has forgotten come back: %s", async (_, taken, hidden, closing) => {
  const workspace = await makeWorkspace(table, `share-${taken.join("")}`);
  const context = { table, workspace, deadline: deadlineIn(60_000) };
  await recordFacts(context, quotesIn(workspace, 4));
  for (const id of taken) {
    const late = behind((item) => (isOneOf(item, hidden) ? undefined : item), 3);
    const excluded = !id.startsWith("-");
    await setExcluded({ ...context, table: late }, id.replace(/^-/, ""), isEvent, asked(excluded));
  }
  expect(await closingPrice(context)).toBe(closing);
});

it("a price that was just taken out does not come back while the index still has it", async () => {
  const workspace = await makeWorkspace(table, "stale-share");
  const late = behind((item) => (isOneOf(item, ["q-2"]) ? { ...item, excluded: false } : item));
  const context = { table: late, workspace, deadline: deadlineIn(60_000) };
  await recordFacts(context, quotesIn(workspace, 4));
  for (const id of ["q-2", "q-3"]) await setExcluded(context, id, isEvent, asked(true));
  expect(await closingPrice(context)).toBe("11.00");
});

it("while a price is not shown at all nothing is taken out on which it matters, and asking again is safe", async () => {
  const workspace = await makeWorkspace(table, "hidden-share");
  const context = { table, workspace, deadline: deadlineIn(60_000) };
  await recordFacts(context, quotesIn(workspace, 3));
  const hidden = behind((item) => (isOneOf(item, ["q-1"]) ? undefined : item));
  const soon = { ...context, table: hidden, deadline: deadlineIn(700) };
  await expect(setExcluded(soon, "q-2", isEvent, asked(true))).rejects.toMatchObject({ code: "unavailable" });
  expect(await closingPrice(context)).toBe("12.00");
  expect(await setExcluded(context, "q-2", isEvent, asked(true))).toMatchObject({ outcome: "changed" });
  expect(await closingPrice(context)).toBe("11.00");
});
