import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { filePath } from "../../../lib/domain/archive/paths.ts";
import { addDays, type Day } from "../../../lib/domain/calendar/days.ts";
import { readFile } from "../../../lib/store/files/bucket.ts";
import { replaceFiles } from "../../../lib/store/files/replace.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { withDuckDb } from "../../fixtures/archive.ts";
import { archivedFacts, factFiles, withFiles } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Closed days as files: written by the hourly run, and again whenever a day changes. */

let test: ApiCloud;
let api: ApiClient;
const day = dayBefore(3);
const at = (on: Day, hour: number) => `${on}T${String(hour).padStart(2, "0")}:00:00Z`;

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
});
beforeEach(async () => {
  api = await test.workspace({ timeZone: "UTC" }, 4);
});
afterAll(() => test?.end());

const purchase = (id: string, on: Day, customerId: string) => ({
  ...{ type: "purchase.made", id, orderId: `order of ${customerId}`, customerId },
  ...{ money: { amount: "12.34", currency: "USD" }, dimensions: { plan: "pro" }, occurredAt: at(on, 9) },
});

const facts = () => archivedFacts(test.cloud, api.workspace);
const ids = async () => (await facts()).map(({ fact }) => fact.id).sort();

describe("the files of a closed day", () => {
  it("have its facts and its snapshots, and DuckDB reads them", async () => {
    await api.recordAll("events", [purchase("p-1", day, "jane"), purchase("p-2", addDays(day, 1), "jane")]);
    await api.recordAll("responses", [{ id: "n-1", survey: "nps", score: 9, occurredAt: at(day, 10) }]);
    await test.hour();
    expect(await ids()).toEqual(["n-1", "p-1", "p-2"]);
    const path = filePath("snapshots", api.workspace, day);
    const snapshots = await withFiles(test.cloud, (files) => readFile(files, path));
    const purchases = (await factFiles(test.cloud, api.workspace)).get(
      filePath("purchases", api.workspace, day),
    );
    await withDuckDb(
      { snapshots: snapshots ?? new Uint8Array(), purchases: purchases ?? new Uint8Array() },
      async (ask) => {
        expect(
          await ask(
            "SELECT stated, amount, value FROM read_parquet('{snapshots}') WHERE metric IN ('nps', 'sales') ORDER BY metric",
          ),
        ).toEqual([
          { stated: "100", amount: null, value: 100 },
          { stated: "12.34", amount: "12.3400", value: null },
        ]);
        expect(
          await ask("SELECT sum(amount) s FROM read_parquet('{purchases}') WHERE dimensions['plan'] = 'pro'"),
        ).toEqual([{ s: "12.3400" }]);
      },
    );
  });

  it("get a fact that comes late, also one that no counter of the day counts", async () => {
    await api.recordAll("events", [purchase("p-1", day, "jane")]);
    await test.hour();
    // Nobody knows this ticket: its reply counts nowhere.
    await api.recordAll("events", [
      { type: "ticket.replied", id: "t-1", ticketId: "unknown", occurredAt: at(day, 11) },
    ]);
    await test.hour();
    expect(await ids()).toEqual(["p-1", "t-1"]);
    await api.recordAll("events", [purchase("p-2", day, "joe")]);
    await test.hour();
    expect(await ids()).toEqual(["p-1", "p-2", "t-1"]);
  });

  it("say of a response that it was taken out of the counts, and put back", async () => {
    await api.recordAll("responses", [{ id: "n-1", survey: "nps", score: 9, occurredAt: at(day, 10) }]);
    await test.hour();
    for (const excluded of [true, false]) {
      const change = { body: { excluded, reason: "test" } };
      expect((await api.send("PATCH", "/v1/responses/n-1", change)).status).toBe(200);
      await test.hour();
      expect(await facts()).toMatchObject([{ excluded }]);
    }
  });

  it("do not name a person any more who was erased, and the erasure says by when", async () => {
    await api.recordAll("events", [purchase("p-1", day, "jane"), purchase("p-2", addDays(day, 1), "joe")]);
    await api.recordAll("responses", [
      {
        id: "n-1",
        survey: "nps",
        score: 9,
        customerId: "jane",
        comment: "jane here",
        occurredAt: at(day, 9),
      },
    ]);
    await test.hour();
    expect(JSON.stringify((await facts()).map(({ fact }) => fact.customerId))).toContain("jane");
    const { json } = await api.send<{ archive: { days: number; rewrittenBy: string; goneBy: string } }>(
      "DELETE",
      "/v1/customers?customerId=jane",
    );
    expect(json.archive.days).toBe(1);
    expect(Date.parse(json.archive.rewrittenBy)).toBeGreaterThan(Date.now());
    expect(Date.parse(json.archive.goneBy)).toBeGreaterThan(Date.parse(json.archive.rewrittenBy));
    await test.hour();
    const archived = await facts();
    expect(archived.map(({ fact }) => fact.id).sort()).toEqual(["n-1", "p-1", "p-2"]);
    expect(archived.filter(({ fact }) => /jane/.test(Object.values(fact).join(" ")))).toEqual([]);
    for (const [path, content] of await factFiles(test.cloud, api.workspace)) {
      expect({ path, isNamed: Buffer.from(content).includes("jane") }).toEqual({ path, isNamed: false });
    }
    expect(archived.find(({ fact }) => fact.id === "n-1")).toMatchObject({ hadComment: true });
  });

  it("do not keep what was written about an erased person's ticket by a fact that names nobody", async () => {
    await api.recordAll("events", [
      { type: "ticket.opened", id: "t-1", ticketId: "T", customerId: "jane", occurredAt: at(day, 9) },
      { type: "ticket.replied", id: "t-2", ticketId: "T", message: "Dear Ms Doe", occurredAt: at(day, 10) },
    ]);
    await test.hour();
    const messages = async () => (await facts()).map(({ fact }) => ("message" in fact ? fact.message : null));
    expect(await messages()).toContain("Dear Ms Doe");
    expect((await api.send("DELETE", "/v1/customers?customerId=jane")).json).toMatchObject({
      ...{ erased: { facts: 2, comments: 1 }, archive: { days: 1 } },
    });
    await test.hour();
    expect(await messages()).toEqual([null, null]);
  });

  it("are the same bytes after a run that is repeated", async () => {
    await api.recordAll("events", [purchase("p-1", day, "jane"), purchase("p-2", day, "joe")]);
    await test.hour();
    const before = await factFiles(test.cloud, api.workspace);
    expect(before.size).toBe(1);
    await api.post("/v1/snapshots", { from: day, to: day });
    await test.hour();
    expect(await factFiles(test.cloud, api.workspace)).toEqual(before);
  });
});

describe("a run that is overtaken", () => {
  const bytes = (text: string) => new Map([["facts/race/workspace=w/one", Buffer.from(text)]]);
  const content = () =>
    withFiles(test.cloud, async (files) => {
      return Buffer.from((await readFile(files, "facts/race/workspace=w/one")) ?? []).toString();
    });

  it("never puts what it read earlier in the place of what another run read later", async () => {
    const deadline = deadlineIn(30_000);
    await withFiles(test.cloud, async (files) => {
      // It read the day first, and the other one writes first.
      await replaceFiles(files, bytes("later"), async () => bytes("later"), deadline);
      await replaceFiles(files, bytes("earlier"), async () => bytes("later"), deadline);
      expect(await content()).toBe("later");
      // It is overtaken once more while it reads again.
      let reads = 0;
      const read = async () => {
        reads += 1;
        if (reads > 1) return bytes("latest");
        await replaceFiles(files, bytes("latest"), async () => bytes("latest"), deadline);
        return bytes("stale");
      };
      await replaceFiles(files, bytes("earlier"), read, deadline);
      expect(reads).toBe(2);
      expect(await content()).toBe("latest");
    });
  });
});
