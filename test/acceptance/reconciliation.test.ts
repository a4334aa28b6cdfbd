import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench, dataSet } from "./support.ts";

const orders = dataSet("online-retail", "orders.csv", "online-retail.json");
const answers = dataSet("garden-centre-nps", "responses.csv", "garden-centre.json");

interface Reconciliation {
  readonly facts: number;
  readonly entities: number;
  readonly differencesTotal: number;
  readonly historiesTotal: number;
  readonly unsettled: number;
}

describe.skipIf(!orders.isThere || !answers.isThere)(
  `after the imports${orders.remark}${answers.remark}`,
  () => {
    let bench: Bench;

    beforeAll(async () => {
      bench = await Bench.start();
      const settings = { currency: "GBP", inactivityDays: 90, trackedDimensions: ["country"] };
      await bench.call("PATCH", "/v1/workspace", settings);
      await bench.import(orders);
      await bench.import(answers);
    });

    afterAll(() => bench?.stop());

    const reconcile = (from: string, to: string) =>
      bench.call<Reconciliation>("POST", "/v1/reconciliation", { from, to });

    it("recounting thirteen months of a shop finds no difference, in one request", async () => {
      const found = await reconcile("2010-12-01", "2011-12-31");
      expect(found).toMatchObject({ differencesTotal: 0, historiesTotal: 0, unsettled: 0 });
      expect(found.facts).toBeGreaterThan(23_000);
      expect(found.entities).toBeGreaterThan(4_000);
    });

    it("recounting the survey answers finds no difference", async () => {
      const today = new Date().toISOString().slice(0, 10);
      const found = await reconcile("2012-01-01", today);
      expect(found).toMatchObject({ differencesTotal: 0, historiesTotal: 0, unsettled: 0 });
      expect(found.facts).toBeGreaterThan(13_000);
    });
  },
);
