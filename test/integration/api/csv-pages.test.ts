import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

const day = dayBefore(4);
const occurredAt = `${day}T10:00:00Z`;

async function csvOf(api: ApiClient, path: string): Promise<{ text: string; cursor: string | null }> {
  const { headers, text } = await api.csv(path);
  return { text, cursor: headers.get("x-next-cursor") };
}

/** All pages of a list. */
async function pagesOf(api: ApiClient, path: string, limit = 1): Promise<string[]> {
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await csvOf(api, `${path}&limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    pages.push(page.text);
    cursor = page.cursor;
  }
  return pages;
}

const headerOf = (csv: string) => csv.slice(0, csv.indexOf("\r\n"));
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

describe("all pages of a list as CSV have one header", () => {
  it("of responses, with their dimensions as JSON in one column", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [
      { id: "a", survey: "nps", score: 9, occurredAt, dimensions: { plan: "gold", channel: "web" } },
      { id: "b", survey: "csat", score: 4, occurredAt, comment: "Fine", tags: ["x", "y"], customerId: "c" },
      { id: "c", survey: "visitor-intent", choice: "Buy", occurredAt, dimensions: { region: "=1+1" } },
      { id: "d", survey: "task-completion", completed: true, inTime: false, occurredAt },
    ]);
    const pages = await pagesOf(api, "/v1/responses?from=2000-01-01");
    expect(pages).toHaveLength(4);
    expect(new Set(pages.map(headerOf)).size).toBe(1);
    const rows = new Map(pages.flatMap(rowsOf).map((row) => [row["id"], row]));
    expect(rows.get("a")).toMatchObject({
      dimensions: '{"channel":"web","plan":"gold"}',
      score: "9",
      tags: "",
    });
    expect(rows.get("b")).toMatchObject({ dimensions: "{}", comment: "Fine", tags: "x; y", customerId: "c" });
    expect(rows.get("c")).toMatchObject({ dimensions: '{"region":"=1+1"}', choice: "Buy" });
    expect(rows.get("d")).toMatchObject({ completed: "true", inTime: "false", excluded: "false" });
  });

  it("of a customer's facts, whatever their types", async () => {
    const api = await test.workspace();
    const about = { customerId: "c", occurredAt };
    await api.recordAll("events", [
      { type: "purchase.made", orderId: "o", money: { amount: "5.00", currency: "USD" }, ...about },
      { type: "ticket.opened", ticketId: "t", dimensions: { category: "late" }, ...about },
      { type: "interaction.made", touchpoint: "shop", ...about },
    ]);
    await api.recordAll("responses", [{ survey: "nps", score: 9, ...about }]);
    const pages = await pagesOf(api, "/v1/customers?customerId=c");
    expect(pages).toHaveLength(4);
    expect(new Set(pages.map(headerOf)).size).toBe(1);
    const rows = new Map(pages.flatMap(rowsOf).map((row) => [row["type"], row]));
    expect(rows.get("purchase.made")).toMatchObject({ "money.amount": "5.00", orderId: "o" });
    expect(rows.get("ticket.opened")).toMatchObject({ ticketId: "t", dimensions: '{"category":"late"}' });
    expect(rows.get("response")).toMatchObject({ survey: "nps", score: "9" });
  });

  it("of goals, with their filters as JSON in one column", async () => {
    const api = await test.workspace();
    const goal = { metric: "nps", target: { value: 10 }, dueDate: dayBefore(-30) };
    await api.send("PUT", "/v1/goals/a", { body: goal });
    const more = { name: "More", filter: { channel: "web" }, base: { from: dayBefore(9), to: dayBefore(5) } };
    await api.send("PUT", "/v1/goals/b", { body: { ...goal, target: { change: 5 }, ...more } });
    const pages = await pagesOf(api, "/v1/goals?");
    expect(new Set(pages.map(headerOf)).size).toBe(1);
    expect(rowsOf(pages[1] ?? "")[0]).toMatchObject({
      ...{ "goal.name": "More", "goal.filter": '{"channel":"web"}', "goal.base.from": dayBefore(9) },
      "goal.target.change": "5",
    });
  });
});

describe("snapshots as CSV", () => {
  const restated = async (): Promise<ApiClient> => {
    const api = await test.workspace({}, 10);
    const opened = (id: string, hour: string) => {
      const dimensions = { channel: "web" };
      return { id, type: "ticket.opened", ticketId: id, occurredAt: `${day}T${hour}:00:00Z`, dimensions };
    };
    await api.recordAll("events", [opened("t1", "08")]);
    await api.takeSnapshots({ from: day, to: day });
    await api.recordAll("events", [opened("t2", "13"), opened("t3", "09")]);
    await api.takeSnapshots({ from: day, to: day });
    return api;
  };

  it("are the same six times, with the reason of a revision in columns that do not depend on it", async () => {
    const api = await restated();
    const path = `/v1/snapshots?metric=contact-volume&revisions=all&from=${day}&to=${dayBefore(1)}`;
    const files = [];
    for (let turn = 0; turn < 6; turn += 1) files.push((await csvOf(api, path)).text);
    expect(new Set(files).size).toBe(1);
    const rows = rowsOf(files[0] ?? "");
    expect(rows.map((row) => row["revision"])).toEqual(["1", "2"]);
    const [, second] = rows;
    expect(second).toMatchObject({ "restatedBecause.facts": "2", "components.hour09": "1" });
    expect(Object.values(JSON.parse(second?.["restatedBecause.counters"] ?? "{}")).length).toBeGreaterThan(1);
    const all = await pagesOf(api, `/v1/snapshots?revisions=all&from=${day}&to=${day}`, 20);
    expect(new Set(all.map(headerOf)).size).toBe(1);
    const empty = await csvOf(await test.workspace(), path);
    expect(empty.text.trimEnd()).toBe(headerOf(files[0] ?? ""));
  });

  it("have what only some days have, such as intents, as JSON in one column", async () => {
    const api = await test.workspace({}, 10);
    const intent = (choice: string) => ({ survey: "visitor-intent", choice, completed: true, occurredAt });
    await api.recordAll("responses", [intent("Buy"), intent("Ask"), intent("Buy")]);
    await api.takeSnapshots({ from: day, to: day });
    const { text } = await csvOf(api, `/v1/snapshots?metric=visitor-intent&from=${day}&to=${day}`);
    const [row] = rowsOf(text);
    expect(row).toMatchObject({ "components.mostFrequent": "Buy" });
    expect(JSON.parse(row?.["moreComponents"] ?? "{}")).toMatchObject({ "answers Buy": 2, "answers Ask": 1 });
  });
});
