import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeMonthCopy } from "../../../lib/domain/archive/month-copy.ts";
import {
  filePath,
  monthOf,
  monthOfPath,
  monthPath,
  type TableMonth,
  workspacePrefix,
} from "../../../lib/domain/archive/paths.ts";
import { addDays, type Day } from "../../../lib/domain/calendar/days.ts";
import {
  type Files,
  type ListedFile,
  listFiles,
  openFile,
  overwriteFile,
  putFile,
  readFile,
} from "../../../lib/store/files/bucket.ts";
import { readListedFiles } from "../../../lib/store/files/listed-files.ts";
import { emptyCopies, readCopy, WrittenMonths } from "../../../lib/store/files/month-copies.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { withFiles } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Copies of months beside the files of days. */

let test: ApiCloud;
let api: ApiClient;
/** The latest days that are over and lie in one month. */
const first =
  [6, 7, 8, 9, 10, 11].map(dayBefore).find((day) => monthOf(day) === monthOf(addDays(day, 5))) ?? "";
const days = Array.from({ length: 6 }, (_, index) => addDays(first, index));

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
});
beforeEach(async () => {
  api = await test.workspace({ timeZone: "UTC" }, 13);
});
afterAll(() => test?.end());

const purchase = (id: string, on: Day, customerId: string) => ({
  ...{ type: "purchase.made", id, orderId: id, customerId, occurredAt: `${on}T09:00:00Z` },
  ...{ money: { amount: "1.00", currency: "USD" }, dimensions: { plan: "pro", shop: "one" } },
});

const record = () =>
  api.recordAll(
    "events",
    days.map((day, index) => purchase(`p-${index}`, day, index === 3 ? "jane" : "joe")),
  );

function monthOfTable(table: string): TableMonth {
  const month = monthOfPath(filePath(table, api.workspace, first));
  if (!month) throw new Error("a day lies in a month");
  return month;
}

async function listed(files: Files, table = "purchases"): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  for await (const file of listFiles(files, workspacePrefix(table, api.workspace))) found.push(file);
  return found;
}

/** Reads all purchases as they are listed, and counts the requests for files. */
async function readAll(files: Files, all: readonly ListedFile[], keeps = false) {
  let requests = 0;
  const counting = { ...files };
  counting.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === "GetObjectCommand") requests += 1;
      return next(args);
    },
    { step: "initialize", name: "counting", override: true },
  );
  const contents: (string | undefined)[] = [];
  const reading = { fileOf: (file: ListedFile) => file, keeps };
  for await (const [, content] of readListedFiles(counting, all, reading)) {
    contents.push(content && Buffer.from(content).toString("hex"));
  }
  return { requests, contents };
}

async function contentsOf(files: Files, all: readonly ListedFile[]) {
  return Promise.all(
    all.map(async ({ path }) => Buffer.from((await readFile(files, path)) ?? []).toString("hex")),
  );
}

describe("the copy of a month", () => {
  it("has the files of its days once these are written, and one request reads them all", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      for (const table of ["purchases", "customer_days"]) {
        const all = await listed(files, table);
        const copy = await readCopy(files, monthOfTable(table));
        const ofMonth = all.filter(({ path }) => monthOfPath(path)?.month === monthOfTable(table).month);
        expect([...copy.keys()]).toEqual(ofMonth.map(({ path }) => path));
      }
      const all = await listed(files);
      expect(all).toHaveLength(days.length);
      const { requests, contents } = await readAll(files, all);
      expect(requests).toBe(1);
      expect(contents).toEqual(await contentsOf(files, all));
    });
  });

  it("is not believed of a day whose file is another one by now", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      const before = await listed(files);
      const [one] = before;
      if (!one) throw new Error("there are files");
      await putFile(files, one.path, Buffer.from("newer"), one.etag);
      const all = await listed(files);
      const { requests, contents } = await readAll(files, all);
      expect(requests).toBe(2);
      expect(contents).toEqual(await contentsOf(files, all));
    });
  });

  it("is not needed: without one the files of the days are read", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      await emptyCopies(files, [monthOfTable("purchases")]);
      const all = await listed(files);
      const { requests, contents } = await readAll(files, all);
      expect(requests).toBe(1 + days.length);
      expect(contents).toEqual(await contentsOf(files, all));
    });
  });

  it.each([
    ["empty", 0],
    ["cut in its first line", 40],
    ["cut in a file", -5],
  ])("is read as none where it is %s, and is whole again after the next run", async (_, end) => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      const month = monthOfTable("purchases");
      const whole = (await readFile(files, monthPath(month))) ?? Buffer.from([]);
      await overwriteFile(files, monthPath(month), whole.subarray(0, end));
      const all = await listed(files);
      expect((await readAll(files, all)).contents).toEqual(await contentsOf(files, all));
      const written = new WrittenMonths();
      written.add(month);
      await written.copy(files);
      expect((await readAll(files, all)).requests).toBe(1);
      expect(await readFile(files, monthPath(month))).toEqual(whole);
    });
  });

  it("does not name a person any more who was erased, once the files of the days do not", async () => {
    await record();
    await test.hour();
    const named = () =>
      withFiles(test.cloud, async (files) => {
        const found: string[] = [];
        for await (const { path } of listFiles(files, "")) {
          const content = await readFile(files, path);
          const isOurs = path.includes(`workspace=${api.workspace}/`);
          if (isOurs && content && Buffer.from(content).includes("jane")) found.push(path);
        }
        return found;
      });
    expect(await named()).toContain(monthPath(monthOfTable("purchases")));
    expect((await api.send("DELETE", "/v1/customers?customerId=jane")).status).toBe(200);
    await test.hour();
    expect(await named()).toEqual([]);
    // It is whole again.
    await withFiles(test.cloud, async (files) => {
      expect((await readCopy(files, monthOfTable("purchases"))).size).toBe(days.length);
    });
  });

  it("answers questions as before after late facts, exclusions and repeated runs", async () => {
    await record();
    await test.hour();
    const orders = async () => {
      const path = `/v1/metrics/sales?from=${first}&to=${days.at(-1)}&interval=total&filter.shop=one`;
      const { json } = await api.get<{ source: string; series: { components: { orders: number } }[] }>(path);
      return [json.source, json.series[0]?.components.orders];
    };
    expect(await orders()).toEqual(["files", 6]);
    await api.recordAll("events", [purchase("late", days[2] ?? "", "joe")]);
    await test.hour();
    expect(await orders()).toEqual(["files", 7]);
    await api.send("PATCH", "/v1/events/p-5", { body: { excluded: true, reason: "test" } });
    await test.hour();
    await test.hour();
    expect(await orders()).toEqual(["files", 6]);
  });
});

describe("whoever writes a copy from files that were replaced meanwhile", () => {
  it("is refused, although the copy was empty before as well", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      const month = monthOfTable("purchases");
      await emptyCopies(files, [month]);
      const seen = await openFile(files, monthPath(month));
      const stale = writeMonthCopy([{ path: "x", etag: "y", content: Buffer.from("jane") }]);
      await emptyCopies(files, [month]);
      expect(await putFile(files, monthPath(month), stale, seen?.etag)).toBe(false);
      expect((await readCopy(files, month)).size).toBe(0);
    });
  });

  it("leaves a copy that is as it should be alone", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      const month = monthOfTable("purchases");
      const before = await openFile(files, monthPath(month));
      const written = new WrittenMonths();
      written.add(month);
      await written.copy(files);
      expect(await openFile(files, monthPath(month))).toEqual(before);
    });
  });

  it("reads large files by themselves: they are not copied", async () => {
    await record();
    await test.hour();
    await withFiles(test.cloud, async (files) => {
      const [one] = await listed(files);
      if (!one) throw new Error("there are files");
      await overwriteFile(files, one.path, Buffer.alloc(200 * 1024, 7));
      const month = monthOfTable("purchases");
      const written = new WrittenMonths();
      written.add(month);
      await written.copy(files);
      expect((await readCopy(files, month)).has(one.path)).toBe(false);
      const all = await listed(files);
      const { requests, contents } = await readAll(files, all);
      expect(requests).toBe(2);
      expect(contents).toEqual(await contentsOf(files, all));
    });
  });
});
