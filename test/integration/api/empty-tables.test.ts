import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Lists and series as CSV where there is no row: a header, as in a file with rows. */

let test: ApiCloud;
let empty: ApiClient;
let filled: ApiClient;

const day = "2024-05-02";
const occurredAt = `${day}T12:00:00Z`;

beforeAll(async () => {
  test = await sharedCloud();
  empty = await test.workspace();
  filled = await test.workspace();
  const dimensions = { channel: "web" };
  const more = {
    surveyId: "s",
    invitationId: "i",
    customerId: "c",
    comment: "Good delivery",
    tags: ["staff"],
  };
  await filled.recordAll("responses", [
    { survey: "nps", score: 9, occurredAt, dimensions, ...more },
    { survey: "task-completion", completed: true, inTime: true, occurredAt },
    { survey: "visitor-intent", choice: "Buy", occurredAt },
  ]);
  await filled.recordAll("events", [{ type: "customer.joined", customerId: "c", occurredAt, dimensions }]);
  await filled.post("/v1/snapshots", { from: day, to: day });
  const goal = { metric: "csat", target: { value: 80 }, dueDate: "2999-12-31" };
  await filled.send("PUT", "/v1/goals/g", { body: goal });
});
afterAll(() => test?.end());

async function csvOf(api: ApiClient, path: string) {
  const { text } = await api.csv(`/v1/${path}`);
  const [header = "", ...rows] = text.replace(/^\ufeff/, "").split("\r\n");
  return { header: header.split(","), rows: rows.filter((row) => row !== "").length };
}

const days = `from=${day}&to=${day}`;
const past = (after: string) => Buffer.from(JSON.stringify({ after })).toString("base64url");
/** What depends on the rows: names that somebody chose, what only some have, and components of all metrics at once. */
const free = /^(dimensions\.|method$|remarks$|reason$|convention$|currency$|restatedBecause)/;

it.each([
  ["responses", "responses", free],
  ["the terms of comments", "terms?survey=nps", free],
  ["goals", "goals", free],
  ["snapshots of one metric", `snapshots?${days}&metric=nps`, free],
  [
    "snapshots of all metrics",
    `snapshots?${days}&limit=200`,
    /^(components\.|.*method$|currency$|convention$)/,
  ],
  ["groups", `metrics/nps?${days}&groupBy=channel`, free],
  ["groups with a comparison", `metrics/csat?${days}&groupBy=channel&compare=previous`, free],
])("%s have the columns that there are where there are rows", async (_name, path, chosen) => {
  const [none, some] = [await csvOf(empty, path), await csvOf(filled, path)];
  expect(none.rows).toBe(0);
  const known = some.header.filter((column) => !chosen.test(column));
  expect(none.header).toEqual(expect.arrayContaining(known));
  expect(none.header.length).toBeGreaterThan(4);
});

it.each([
  ["keys", "keys", past("2999-01-01T00:00:00.000Z f")],
  ["the catalogue", "metrics", past("journey-funnel")],
])("a page of %s after the last one has the columns of the others", async (_name, path, cursor) => {
  const [last, first] = [await csvOf(filled, `${path}?cursor=${cursor}`), await csvOf(filled, path)];
  expect(last).toEqual({ header: first.header, rows: 0 });
});

it("days that have not begun have the columns of a day", async () => {
  const path = (from: string) => `metrics/csat?from=${from}&to=${from}&interval=day&compare=previous`;
  const [to, now] = [await csvOf(empty, path(dayBefore(-30))), await csvOf(empty, path(dayBefore(1)))];
  expect(to).toEqual({ header: now.header, rows: 0 });
});

it("a customer's facts have the columns that every fact has", async () => {
  const { header } = await csvOf(filled, "customers?customerId=c");
  expect(header).toEqual(
    expect.arrayContaining(["id", "type", "customerId", "occurredAt", "day", "recordedAt"]),
  );
});
