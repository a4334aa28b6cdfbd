import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { addDays, eachDay } from "../../../lib/domain/calendar/days.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { shuffled } from "../../fixtures/histories.ts";
import {
  channelOf,
  paidBy,
  type SentSubscription,
  subscriptionHistories,
} from "../../fixtures/subscriptions.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/** Recurring revenue through the real ledger: facts in any order, some of them after their day has its snapshot. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});

const from = "2026-02-20";
const to = "2026-03-10";

interface Answer {
  readonly series: readonly {
    readonly from: string;
    readonly group?: string;
    readonly value: string;
    readonly components: Readonly<Record<string, string>>;
  }[];
}

const customers = ["c-0", "c-1", "c-2", "c-3"];

async function checkDays(api: ApiClient, sent: readonly SentSubscription[], currency: string): Promise<void> {
  const decimals = currency === "JPY" ? 0 : 2;
  const query = `/v1/metrics/mrr?from=${from}&to=${to}&interval=day&currency=${currency}`;
  for (const channel of [undefined, "web"]) {
    const own = customers.filter((id) => channel === undefined || channelOf(sent, id) === channel);
    const paid = (day: string) =>
      own.reduce((sum, id) => sum + paidBy(sent, id, currency, day), 0) / (12 * 10 ** decimals);
    const filter = channel === undefined ? "" : `&filter.channel=${channel}`;
    const { status, json } = await api.get<Answer>(query + filter);
    expect(status, JSON.stringify(json)).toBe(200);
    const close = (value: number) => expect.closeTo(value, 9);
    expect(json.series.map(({ value, components }) => [Number(components["start"]), Number(value)])).toEqual(
      eachDay(from, to).map((day) => [close(paid(addDays(day, -1))), close(paid(day))]),
    );
    for (const { components } of json.series) {
      const { start = 0, new: added = 0, end = 0, ...more } = components;
      const moved =
        Number(more["expansion"]) +
        Number(more["reactivation"]) -
        Number(more["contraction"]) -
        Number(more["churn"]);
      expect(Number(start) + Number(added) + moved).toBeCloseTo(Number(end), 9);
    }
  }
}

it.each([1, 3])(
  "start and movements make the end of each day, whatever arrives when (history %d)",
  async (seed) => {
    const [sent] = fc.sample(subscriptionHistories(from, 19), { numRuns: 1, seed });
    if (!sent) throw new Error("there is a history");
    const api = await test.workspace({ timeZone: "UTC", trackedDimensions: ["channel"] }, 400);
    const arriving = shuffled(seededRandom(seed), sent);
    const half = Math.floor(arriving.length / 2);
    if (half > 0) await api.recordAll("events", arriving.slice(0, half));
    await api.takeSnapshots({ from, to });
    await api.recordAll("events", arriving.slice(half));
    for (const currency of ["USD", "JPY"]) await checkDays(api, sent, currency);
    const { json } = await api.post<object>("/v1/reconciliation", { from, to });
    expect(json).toMatchObject({ facts: sent.length, differencesTotal: 0, historiesTotal: 0 });
  },
);
