import { beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { intervalStart } from "../../../lib/domain/calendar/intervals.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { sharedCloud } from "../../fixtures/cloud.ts";

/** Cohorts over the API. */

interface Cohorts {
  readonly items: readonly {
    readonly from: string;
    readonly group?: string;
    readonly customers: number;
    readonly cells: readonly { readonly value: unknown; readonly perCustomerSoFar: unknown }[];
  }[];
  readonly mean: readonly {
    readonly value: unknown;
    readonly customers: number;
    readonly perCustomerSoFar: unknown;
  }[];
  readonly [field: string]: unknown;
}

let api: ApiClient;

/** Three months: the running one, and the two before it. */
const running = intervalStart("month", dayBefore(0));
const second = intervalStart("month", addDays(running, -1));
const first = intervalStart("month", addDays(second, -1));

function bought(customerId: string, day: string, amount: string, channel = "web", currency = "USD") {
  // Not all letters of a customer may be in the id of a fact.
  const id = `${customerId.at(0)}-${day}-${amount}`;
  const fact = { type: "purchase.made", id, orderId: id, customerId, dimensions: { channel } };
  return { ...fact, money: { amount, currency }, occurredAt: `${day}T00:00:00Z` };
}

beforeAll(async () => {
  api = await (await sharedCloud()).workspace({ timeZone: "UTC", currency: "USD" }, 100);
  await api.recordAll("events", [
    bought("anna", first, "10.00"),
    bought("anna", addDays(first, 1), "5.00"),
    bought("anna", second, "20.00"),
    bought("béa", addDays(first, 2), "30.00", "shop"),
    bought("carl", second, "8.00"),
    bought("carl", running, "2.00"),
    { ...bought("dora", second, "900", "shop", "JPY") },
  ]);
  await api.recordAll("responses", [{ id: "n", survey: "nps", score: 9, customerId: "only-answered" }]);
});

async function cohorts(query: string): Promise<Cohorts> {
  const { status, json } = await api.get<Cohorts>(`/v1/cohorts?from=${first}&${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

const valuesOf = ({ items }: Cohorts) => items.map(({ cells }) => cells.map(({ value }) => value));

describe("cohorts", () => {
  it("have the share who bought at each age, with its interval, and nothing of a month that is not over", async () => {
    const found = await cohorts("measure=retention");
    expect(found).toMatchObject({ by: "month", measure: "retention", through: dayBefore(0), changedDays: 0 });
    expect(found.items.map(({ from, customers }) => [from, customers])).toEqual([
      [first, 2],
      [second, 2],
    ]);
    expect(valuesOf(found)).toEqual([
      [100, 50, null],
      [100, null],
    ]);
    // Wilson's interval of 1 of 2.
    expect(found.items[0]?.cells[1]).toMatchObject({
      low: expect.closeTo(9.4531, 3),
      high: expect.closeTo(90.5469, 3),
    });
    expect(found.mean.map(({ customers, value }) => [customers, value])).toEqual([
      [4, 100],
      [2, 50],
    ]);
  });

  it("have customers, orders and revenue, and what each customer has brought so far", async () => {
    expect(valuesOf(await cohorts("measure=customers"))[0]).toEqual([2, 1, null]);
    const orders = await cohorts("measure=orders");
    expect(valuesOf(orders)[0]).toEqual([3, 1, null]);
    expect(orders.mean.map(({ value, perCustomerSoFar }) => [value, perCustomerSoFar])).toEqual([
      [5 / 4, 5 / 4],
      [1 / 2, 4 / 2],
    ]);
    const revenue = await cohorts("measure=revenue");
    expect(revenue).toMatchObject({ currency: "USD" });
    expect(valuesOf(revenue)).toEqual([
      ["45.00", "20.00", null],
      ["8.00", null],
    ]);
    expect(revenue.items[0]?.cells.map(({ perCustomerSoFar }) => perCustomerSoFar)).toEqual([
      "22.5",
      "32.5",
      null,
    ]);
    expect(revenue.mean.map(({ value }) => value)).toEqual(["13.25", "10"]);
  });

  it("are told apart by a dimension, and chosen by the conditions of customers", async () => {
    const grouped = await cohorts("measure=customers&groupBy=channel");
    expect(grouped.items.map(({ from, group, customers }) => [from, group, customers])).toEqual([
      [first, "shop", 1],
      [first, "web", 1],
      [second, "shop", 1],
      [second, "web", 1],
    ]);
    expect(valuesOf(await cohorts("measure=orders&filter.channel=web"))).toEqual([
      [2, 1, null],
      [1, null],
    ]);
  });

  it("say so where no customer has a value of the dimension, be it since nobody ever sent one", async () => {
    const remarksBy = async (name: string) => (await cohorts(`groupBy=${name}`))["remarks"];
    expect(await remarksBy("plann")).toEqual([expect.stringContaining("No customer has a value of plann")]);
    expect(await remarksBy("channel")).toBeUndefined();
  });

  it("come as CSV, a row a cohort and age", async () => {
    const { text } = await api.csv(`/v1/cohorts?from=${first}&measure=customers`);
    expect(text.split("\r\n").slice(0, 3)).toEqual([
      "from,to,group,customers,age,value,low,high,perCustomerSoFar",
      `${first},${addDays(second, -1)},,2,0,2,,,`,
      `${first},${addDays(second, -1)},,2,1,1,,,`,
    ]);
  });

  it("are refused by a measure that there is not", async () => {
    const { status, json } = await api.get("/v1/cohorts?measure=love");
    expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer: "/measure" }] } });
  });
});
