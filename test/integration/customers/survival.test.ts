import { beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { sharedCloud } from "../../fixtures/cloud.ts";

/** After how long customers leave, over the API. */

interface Curve {
  readonly group?: string;
  readonly customers: number;
  readonly lost: number;
  readonly medianDays: number | null;
  readonly steps: readonly { readonly month: number; readonly atRisk: number; readonly value: number }[];
}

interface Survival {
  readonly items: readonly Curve[];
  readonly test: { readonly degreesOfFreedom: number; readonly pValue: number } | null;
  readonly through: string;
  readonly remarks?: readonly string[];
}

let api: ApiClient;

const step = (kind: string, customerId: string, daysAgo: number, channel = "web") => ({
  ...{ id: `${kind}-${daysAgo}-${customerId.at(0)}`, type: `customer.${kind}`, customerId },
  ...{ occurredAt: `${dayBefore(daysAgo)}T00:00:00Z`, dimensions: { channel } },
});

beforeAll(async () => {
  api = await (await sharedCloud()).workspace({ timeZone: "UTC" }, 300);
  await api.recordAll("events", [
    step("joined", "anna", 101),
    step("left", "anna", 41),
    // Whoever comes back has been lost all the same.
    step("returned", "anna", 5),
    step("joined", "béa", 101),
    step("joined", "carl", 101, "shop"),
    step("left", "carl", 81, "shop"),
    step("joined", "dora", 51, "shop"),
    step("joined", "emil", 200, "shop"),
    step("left", "emil", 100, "shop"),
    step("joined", "today", 0),
  ]);
});

async function survival(query: string): Promise<Survival> {
  const { status, json } = await api.get<Survival>(`/v1/survival?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

const sharesOf = (curve: Curve | undefined) =>
  curve?.steps.map(({ atRisk, value }) => [atRisk, Number(value.toFixed(4))]);

describe("the share of customers who are still there", () => {
  it("goes down with each who leaves, of those who were known so long", async () => {
    const { items, through } = await survival(`from=${dayBefore(150)}&to=${dayBefore(1)}`);
    expect(items).toHaveLength(1);
    // Dora joined after that.
    const earlier = await survival(`from=${dayBefore(150)}&to=${dayBefore(52)}`);
    expect(earlier.items[0]).toMatchObject({ customers: 3, lost: 2 });
    // Who is lost today is known tomorrow.
    expect(through).toBe(dayBefore(1));
    expect(items[0]).toMatchObject({ customers: 4, lost: 2, medianDays: 60 });
    // Carl leaves after 20 days: 3 of 4. Dora is known for 50 days. Anna leaves after 60: half of the two who are left.
    expect(sharesOf(items[0])).toEqual([
      [3, 75],
      [2, 37.5],
      [1, 37.5],
      // Béa has been known for 100 days, which is not until the end of the fourth month.
      [0, 37.5],
    ]);
  });

  it("is told apart by a dimension, with a test of whether the groups differ, and chosen by conditions", async () => {
    const grouped = await survival(`from=${dayBefore(250)}&groupBy=channel`);
    expect(grouped.items.map(({ group, customers, lost }) => [group, customers, lost])).toEqual([
      ["shop", 3, 2],
      ["web", 2, 1],
    ]);
    expect(grouped.test).toMatchObject({ degreesOfFreedom: 1 });
    const { items, test } = await survival(`from=${dayBefore(250)}&filter.channel=web`);
    expect({ items, test }).toMatchObject({ items: [{ customers: 2, medianDays: 60 }], test: null });
  });

  it("says so where no customer has a value of the dimension, be it since nobody ever sent one", async () => {
    const days = `from=${dayBefore(150)}&to=${dayBefore(1)}`;
    const { items, remarks } = await survival(`${days}&groupBy=plann`);
    expect(items).toMatchObject([{ group: "(none)", customers: 4 }]);
    expect(remarks).toEqual([expect.stringContaining("No customer has a value of plann")]);
    for (const query of [days, `${days}&groupBy=channel`, `${days}&groupBy=plann&filter.channel=nowhere`]) {
      expect((await survival(query)).remarks).toBeUndefined();
    }
  });

  it("comes as CSV, a row a group and month, and refuses what it does not know", async () => {
    const { text } = await api.csv(`/v1/survival?from=${dayBefore(150)}`);
    expect(text.split("\r\n").slice(0, 2).join()).toMatch(
      /^group,customers,medianDays,month,atRisk,lost,value,low,high,,4,60,1,3,1,75,/,
    );
    const { status, json } = await api.get("/v1/survival?by=month");
    expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer: "/by" }] } });
  });
});
