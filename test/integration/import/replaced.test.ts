import { writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { makeWorkplace, start, type Workplace } from "./cli.ts";

/** Rows that change from export to export, imported into the real API. */

let test: ApiCloud;
let place: Workplace | undefined;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
afterEach(async () => {
  await place?.remove();
  place = undefined;
});

/** An order and the answer about it in each row. */
const mapping = {
  times: { zone: "UTC", at: "12:00" },
  facts: [
    {
      to: "events",
      onChange: "replace",
      fields: {
        ...{ type: "purchase.made", id: "order-{order}", orderId: "{order}", customerId: "{customer}" },
        ...{ occurredAt: { time: "{date}" }, money: { money: "{amount}", currency: "USD" } },
      },
    },
    {
      to: "responses",
      onChange: "replace",
      when: { column: "score", blank: false },
      fields: {
        ...{ survey: "nps", id: "answer-{order}", occurredAt: { time: "{date}" } },
        ...{ score: { number: "{score}" }, customerId: "{customer}" },
      },
    },
  ],
};

const fileOf = (...rows: string[]) => ["order,customer,date,amount,score", ...rows, ""].join("\n");

async function importFile(api: ApiClient, text: string, key = api.key): Promise<string> {
  place ??= await makeWorkplace(text, mapping);
  await writeFile(place.data, text);
  const { code, out, err } = await start([place.data, "--map", place.map, "--url", api.url], { API_KEY: key })
    .finished;
  expect(code, out + err).toBe(0);
  return out;
}

async function totals(api: ApiClient): Promise<unknown> {
  const [sales, nps] = await Promise.all(
    ["sales", "nps"].map((id) => api.total(id, "2026-05-01", "2026-05-31")),
  );
  return [sales?.value, sales?.n, nps?.value, nps?.n];
}

it("a row that changes again and again counts as it was last, and nothing counts twice", async () => {
  const api = await test.workspace();
  const other = "o2,c2,2026-05-02,5.00,9";
  await importFile(api, fileOf("o1,c1,2026-05-01,10.00,3", other));
  expect(await totals(api)).toEqual(["15.00", 2, 0, 2]);
  const versions = [
    ["o1,c1,2026-05-01,12.00,9", ["17.00", 2, 100, 2]],
    ["o1,c1,2026-05-03,13.50,7", ["18.50", 2, 50, 2]],
    ["o1,c1,2026-05-03,20.25,0", ["25.25", 2, 0, 2]],
  ] as const;
  for (const [row, expected] of versions) {
    const out = await importFile(api, fileOf(row, other));
    expect(out).toMatch(/recorded +2 /);
    expect(await totals(api)).toEqual(expected);
  }
  // Exports that are imported again, older ones too, change nothing.
  for (const [row] of versions) {
    expect(await importFile(api, fileOf(row, other))).toMatch(/duplicate +4 /);
    expect(await totals(api)).toEqual(["25.25", 2, 0, 2]);
  }
  const { json } = await api.post<{ differences: unknown[]; histories: unknown[] }>("/v1/reconciliation", {
    ...{ from: "2026-05-01", to: "2026-05-31" },
  });
  expect(json).toMatchObject({ differences: [], histories: [] });
});

it("an event says by which it was replaced, and the last one by none", async () => {
  const api = await test.workspace();
  for (const amount of ["1.00", "2.00", "3.00"]) {
    await importFile(api, fileOf(`o1,c1,2026-05-01,${amount},`));
  }
  const amounts: unknown[] = [];
  for (let id: string | undefined = "order-o1"; id !== undefined; ) {
    const answer: { status: number; json: { money: unknown; supersededBy?: string; excluded: boolean } } =
      await api.get(`/v1/events/${id}`);
    expect(answer.status).toBe(200);
    const { money, supersededBy, excluded } = answer.json;
    amounts.push([money, excluded]);
    id = supersededBy;
  }
  expect(amounts).toEqual([
    [{ amount: "1.00", currency: "USD" }, true],
    [{ amount: "2.00", currency: "USD" }, true],
    [{ amount: "3.00", currency: "USD" }, false],
  ]);
  await api.recordAll("responses", [{ id: "answer", survey: "nps", score: 9 }]);
  for (const id of ["answer", "nothing"]) expect((await api.get(`/v1/events/${id}`)).status).toBe(404);
  expect((await api.get("/v1/responses/order-o1")).status).toBe(404);
  expect((await api.get("/v1/events/order-o1?fields=id")).status).toBe(400);
});
