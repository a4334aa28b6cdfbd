import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Facts of long ago, imported into a workspace of today. */

let test: ApiCloud;
let api: ApiClient;
const week = { from: "2025-03-01", to: "2025-03-07" };
const next = { from: "2025-03-08", to: "2025-03-14" };

const answer = (day: string, channel: string, shop: string) => ({
  ...{ survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z`, dimensions: { channel, shop } },
});

/** Whether the score of some days is provisional: of everything, of a tracked value, of each group, and counted from single facts. */
async function provisional({ from, to }: typeof week) {
  const questions = ["", "&filter.channel=web", "&groupBy=channel", "&filter.shop=north", "&groupBy=shop"];
  const found = await Promise.all(
    questions.map((more) => api.series("nps", `from=${from}&to=${to}&interval=total${more}`)),
  );
  return found.map((entries) => [...new Set(entries.map((entry) => entry.provisional))]);
}

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace({ trackedDimensions: ["channel"] });
  const days = ["2025-02-27", "2025-03-02", "2025-03-05", "2025-03-09"];
  await api.recordAll(
    "responses",
    days.flatMap((day) => [answer(day, "web", "north"), answer(day, "app", "south")]),
  );
});
afterAll(() => test?.end());

it("are provisional until their days have a snapshot, and not for ever", async () => {
  const always = [[true], [true], [true], [true], [true]];
  expect(await provisional(week)).toEqual(always);
  await api.takeSnapshots({ from: "2025-02-26", to: next.to });
  const never = [[false], [false], [false], [false], [false]];
  expect(await provisional(week)).toEqual(never);
  // So are the days since the last fact, although none of them needs a snapshot.
  expect(await provisional({ from: next.from, to: "2025-03-21" })).toEqual(never);
});

it("are provisional again when another fact of theirs arrives: whatever part of them is asked for", async () => {
  await api.recordAll("responses", [answer("2025-03-04", "web", "north")]);
  expect(await provisional(week)).toEqual([[true], [true], [true], [true], [true]]);
  expect(await provisional(next)).toEqual([...[[false], [false], [false], [false], [false]]]);
  await api.takeSnapshots({ from: "2025-03-04", to: "2025-03-04" });
  expect(await provisional(week)).toEqual([[false], [false], [false], [false], [false]]);
});
