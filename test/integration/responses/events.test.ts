import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventColumns } from "../../../lib/api/routes/events/handler.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** `GET /v1/events`: everything that was sent, newest first. */

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextCursor: string | null;
}

let test: ApiCloud;
let api: ApiClient;
const day = dayBefore(3);
const at = (minute: number) => `${day}T10:${String(minute).padStart(2, "0")}:00Z`;

const purchase = (number: number) => ({
  ...{ type: "purchase.made", id: `p-${number}`, orderId: `o-${number}`, customerId: `c-${number % 2}` },
  money: { amount: "9.90", currency: "USD" },
  dimensions: { channel: number % 3 === 0 ? "web" : "store, big" },
  occurredAt: at(number),
});

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace({ timeZone: "UTC" });
  const tickets = [1, 2].map((number) => ({
    ...{ type: "ticket.opened", id: `t-${number}`, ticketId: `case-${number}`, occurredAt: at(30 + number) },
  }));
  const purchases = Array.from({ length: 12 }, (_, index) => purchase(index));
  await api.recordAll("events", [...purchases, ...tickets]);
  await api.recordAll("responses", [{ id: "n-1", survey: "nps", score: 9, occurredAt: at(40) }]);
});
afterAll(() => test?.end());

async function csvOf(
  path: string,
): Promise<{ readonly header: string; readonly rows: string[]; readonly cursor: string | null }> {
  const headers = { authorization: `Bearer ${api.key}`, accept: "text/csv" };
  const response = await fetch(`${api.url}${path}`, { headers });
  expect(response.status).toBe(200);
  const [header = "", ...rows] = (await response.text()).replace("\uFEFF", "").split("\r\n");
  return { header, rows, cursor: response.headers.get("x-next-cursor") };
}

const idsOf = async (query: string) => {
  const { json } = await api.get<Page>(`/v1/events?${query}`);
  return json.items.map(({ id }) => id);
};

describe("the list of events", () => {
  it("has them whole, the newest first, and no responses", async () => {
    const { json } = await api.get<Page>("/v1/events");
    expect(json.items).toHaveLength(14);
    expect(json.items.slice(0, 3)).toMatchObject([
      { id: "t-2", type: "ticket.opened", ticketId: "case-2", day },
      { id: "t-1" },
      { id: "p-11", orderId: "o-11", money: { amount: "9.90", currency: "USD" }, customerId: "c-1" },
    ]);
  });

  it("is cut by type, customer, days and dimensions", async () => {
    expect(await idsOf("type=ticket.opened")).toEqual(["t-2", "t-1"]);
    expect(await idsOf("type=ticket.opened,ticket.resolved")).toEqual(["t-2", "t-1"]);
    expect(await idsOf("customerId=c-0&filter.channel=web")).toEqual(["p-6", "p-0"]);
    expect(await idsOf(`from=${dayBefore(2)}`)).toEqual([]);
    expect(await idsOf("filter.channel=store%5C%2C+big,web&type=purchase.made")).toHaveLength(12);
  });

  it("comes in full pages while there is more, as JSON and as CSV with the same columns always", async () => {
    const found: unknown[] = [];
    let query = "limit=5&type=purchase.made";
    for (;;) {
      const { json } = await api.get<Page>(`/v1/events?${query}`);
      found.push(...json.items.map(({ id }) => id));
      if (json.nextCursor === null) break;
      expect(json.items).toHaveLength(5);
      query = `limit=5&type=purchase.made&cursor=${json.nextCursor}`;
    }
    expect(found).toEqual(Array.from({ length: 12 }, (_, index) => `p-${11 - index}`));
    const two = "/v1/events?customerId=c-0&filter.channel=web&limit=1";
    const first = await csvOf(two);
    expect(first).toMatchObject({ header: eventColumns.join(","), cursor: expect.any(String) });
    const last = await csvOf(`${two}&cursor=${first.cursor}`);
    expect(last).toMatchObject({ header: eventColumns.join(","), cursor: null });
  });

  it("refuses a type that is none, and a cursor of another list", async () => {
    expect((await api.get("/v1/events?type=purchase.lost")).status).toBe(400);
    const { json } = await api.get<Page>("/v1/events?limit=1");
    expect((await api.get(`/v1/events?limit=1&type=ticket.opened&cursor=${json.nextCursor}`)).status).toBe(
      400,
    );
  });
});

describe("several metrics at once", () => {
  it("say what each says by itself, in their order", async () => {
    const query = `from=${day}&to=${day}&interval=day&compare=previous`;
    const { json } = await api.get<{ items: object[] }>(
      `/v1/series?metrics=sales,nps,contact-volume&${query}`,
    );
    const single = await Promise.all(
      ["sales", "nps", "contact-volume"].map(
        async (id) => (await api.get(`/v1/metrics/${id}?${query}`)).json,
      ),
    );
    expect(json.items).toEqual(single);
  });

  it("are cut alike by a dimension and a filter", async () => {
    const grouped = await api.get<{ items: object[] }>(
      `/v1/series?metrics=sales&groupBy=channel&from=${day}`,
    );
    expect(grouped.json.items).toEqual([
      (await api.get(`/v1/metrics/sales?groupBy=channel&from=${day}`)).json,
    ]);
    const filtered = await api.get<{ items: object[] }>(
      `/v1/series?metrics=sales&filter.channel=web&from=${day}`,
    );
    expect(filtered.json.items).toMatchObject([{ filter: { channel: "web" }, series: [{ value: "39.60" }] }]);
  });

  it("come as CSV with a row for each", async () => {
    const { header, rows } = await csvOf(`/v1/series?metrics=nps,sales&from=${day}&to=${day}`);
    const [first, second] = rows;
    expect(header).toMatch(/^metric,group,from,to,value,low,high,n,lowSample,provisional,unit,currency,/);
    expect(first).toMatch(/^nps,,/);
    expect(second).toMatch(/^sales,,.*,118\.80,/);
  });

  it.each(["", "metrics=", "metrics=nps,mood", "metrics=nps,nps", "metrics=nps&convention=0-10"])(
    "are refused where they are not asked for rightly: %s",
    async (query) => {
      expect((await api.get(`/v1/series?${query}`)).status).toBe(400);
    },
  );
});
