import { afterEach, describe, expect, it } from "vitest";
import { archiveAll, expectFilesToTellCounters } from "./archived-days.ts";
import { Bench, dataSet } from "./support.ts";

/** The real data in the files of closed days. */

let bench: Bench | undefined;

afterEach(() => bench?.stop());

describe.each([
  ["online-retail", "orders.csv", "online-retail.json", ["country"], 1_000],
  ["incident-tickets", "tickets.csv", "incident-tickets.json", ["priority", "category"], 500],
  ["garden-centre-nps", "responses.csv", "garden-centre.json", ["returning", "comment"], 20],
] as const)("%s", (folder, file, mapping, trackedDimensions, places) => {
  const data = dataSet(folder, file, mapping);

  it.skipIf(!data.isThere)(
    `is in the files of closed days, from which alone every counter of every day follows${data.remark}`,
    async () => {
      bench = await Bench.start();
      await bench.call("PATCH", "/v1/workspace", { trackedDimensions });
      expect(await bench.import(data)).toMatchObject({ code: 0 });
      await archiveAll(bench.cloud);
      expect(await expectFilesToTellCounters(bench.cloud, "default")).toBeGreaterThan(places);
    },
    3_600_000,
  );
});
