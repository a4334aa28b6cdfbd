import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { isFromModel, Tally, totalSegment } from "../../../lib/domain/metrics/counting.ts";
import { chunksOf } from "../../../lib/store/table/chunks.ts";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { countsOfFiles } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { occurrencesFrom, placeFacts } from "../../fixtures/domain.ts";
import { collided } from "../../fixtures/faults.ts";
import { expectPlainDays } from "../../fixtures/plain-days.ts";
import { type RandomHistory, randomHistory } from "../../fixtures/random-histories.ts";
import { runHistory } from "../../fixtures/run-history.ts";
import { type StoredState, storedStates } from "../../fixtures/stored-state.ts";
import type { NamedFact } from "../../fixtures/storm.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/**
 * The ledger against a model: random histories of facts of every type, sent by clients at the same time to several workspaces.
 * Afterwards every outcome is right, and counters, entities and snapshots are what a recount of the recorded facts says.
 */

let test: ApiCloud;
const from = "2024-12-30";
const days = 4;
const inactivityDays = 2;
const to = addDays(from, days + inactivityDays);
const counting = { timeZone: "Asia/Tokyo", inactivityDays };
const settings = { ...counting, trackedDimensions: ["channel"], linkOrders: true };

/** More of them, and others, with `MODEL_RUNS=100 MODEL_SEED=1 npm run test:random -- `. */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 3);
const seed = Number(process.env["MODEL_SEED"] ?? 20_261_124);

const random = seededRandom(seed);

/** Some transactions meet others, and between what one is based on and the transaction itself there is time for others. */
function intercept({ action, functionName, service }: ServiceCall): Verdict {
  // The answer to a file that was written is lost: the next try finds it there. Three in a row end the request with 503.
  if (service === "s3") return action === "PutObject" && random() < 0.03 ? "drop-answer" : "pass";
  if (action !== "TransactWriteItems" || !functionName?.startsWith("record-")) return "pass";
  return random() < 0.3 ? collided : { delayMilliseconds: Math.floor(random() * 40) };
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept }, true);
});
afterAll(() => test?.end());

const bounds = { from, days: days - 1, clients: 4, workspaces: 2, facts: 30 };

it("whatever is sent, in whatever order, by whoever at the same time: everything is what a recount says", async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory(bounds), async (history) => checkHistory(history)),
    // The time bounds the search for a smaller counterexample.
    { numRuns, seed, interruptAfterTimeLimit: 600_000 },
  );
}, 3_600_000);

async function checkHistory(history: RandomHistory): Promise<void> {
  const workspaces = [await test.workspace(settings), await test.workspace(settings)];
  const recorded = await runHistory(history, workspaces, { from, to });
  for (const [index, api] of workspaces.entries()) await checkWorkspace(api, recorded[index] ?? []);
}

async function checkWorkspace(api: ApiClient, facts: readonly NamedFact[]): Promise<void> {
  const replayed = await replay(facts);
  const states = await storedStates(test.cloud, [api.workspace, replayed.workspace]);
  const [state, ofReplay] = [states.get(api.workspace), states.get(replayed.workspace)];
  expect(state?.facts).toEqual(facts.map(({ body }) => body.id).sort());
  expect(state?.entities).toEqual(ofReplay?.entities);
  expect(countedIn(state)).toEqual(countedIn(ofReplay));
  expect(totalsOf(state)).toEqual(recount(facts));
  const found = await api.post<object>("/v1/reconciliation", { from, to });
  expect(found.json).toMatchObject({
    ...{ facts: facts.length, differencesTotal: 0, historiesTotal: 0, unsettled: 0 },
  });
  await expectPlainDays(api, facts, { from, to }, counting);
  await checkFiles(api);
  await checkSnapshots(api, replayed);
}

/** After the hourly run the files alone imply the counters of all days, in all segments. */
async function checkFiles(api: ApiClient): Promise<void> {
  await test.hour();
  const state = (await storedStates(test.cloud, [api.workspace])).get(api.workspace);
  const ofDays = Object.entries(countedIn(state)).filter(([place]) => /-\d\d$/.test(place));
  expect(await countsOfFiles(test.cloud, api.workspace)).toEqual(Object.fromEntries(ofDays));
}

/** The same facts in a workspace of their own, as they happened. */
async function replay(facts: readonly NamedFact[]): Promise<ApiClient> {
  const api = await test.workspace(settings);
  const instant = ({ body }: NamedFact) => Date.parse(String(body["occurredAt"]));
  const sorted = [...facts].sort((a, b) => instant(a) - instant(b));
  for (const [route, own] of Map.groupBy(sorted, (fact) => fact.route)) {
    for (const part of chunksOf(own, 8)) {
      await api.recordAll(
        route,
        part.map(({ body }) => body),
      );
    }
  }
  return api;
}

/** The stored counters, but for what a model says: that follows from no fact alone, and a run of it may come at any time. */
function countedIn(state: StoredState | undefined): StoredState["counters"] {
  const counters = Object.entries(state?.counters ?? {});
  return Object.fromEntries(counters.filter(([place]) => !isFromModel(place.split(" ")[0] ?? "")));
}

/** The stored sums of days, over all segments. */
function totalsOf(state: StoredState | undefined): Record<string, Readonly<Record<string, bigint>>> {
  const ofDays = Object.entries(countedIn(state)).flatMap(([place, sums]) => {
    const [family, segment, day] = place.split(" ");
    return segment === totalSegment && day?.length === 10 ? [[`${family} ${day}`, sums] as const] : [];
  });
  return Object.fromEntries(ofDays);
}

/** The sums that follow from all facts, from scratch. */
function recount(facts: readonly NamedFact[]): Record<string, Readonly<Record<string, bigint>>> {
  const placed = placeFacts(
    facts.map(({ body }) => body),
    counting.timeZone,
  );
  const tally = new Tally();
  for (const occurrence of occurrencesFrom(placed, counting)) tally.count(occurrence);
  const totals = tally.changes().filter(({ bucket }) => bucket.segment === totalSegment);
  return Object.fromEntries(
    totals.map(({ bucket, counts }) => [`${bucket.family} ${bucket.day}`, Object.fromEntries(counts)]),
  );
}

/** Snapshots, however often they were taken in between, say what those of the replayed workspace say, taken once. */
async function checkSnapshots(api: ApiClient, replayed: ApiClient): Promise<void> {
  const said = async (client: ApiClient) => {
    await client.takeSnapshots({ from, to });
    const snapshots = await client.snapshots(`from=${from}&to=${to}&limit=200`);
    return snapshots.map(({ revision: _revision, takenAt: _at, restatedBecause: _why, ...rest }) => rest);
  };
  const snapshots = await said(api);
  expect(snapshots).toEqual(await said(replayed));
  const sales = await api.series("sales", `from=${from}&to=${to}&interval=day`);
  const ofDays = snapshots.filter(({ metric }) => metric === "sales");
  expect(ofDays.map(({ date, value, n }) => [date, value, n])).toEqual(
    sales.map((entry) => [entry.from, entry.value, entry.n]),
  );
}
