import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { keepRendered } from "../../../lib/api/pipeline/kept-pages.ts";
import { keepablePage, type PageRequest } from "../../../lib/api/pipeline/page-endpoint.ts";
import { anything } from "../../../lib/domain/facts/sender-rules.ts";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { defaultSettings } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { packDays } from "../../../lib/store/counters/pack-days.ts";
import { clearMarks } from "../../../lib/store/counters/stale-marks.ts";
import { listAnnotations, setAnnotation } from "../../../lib/store/settings/annotations.ts";
import { addAction } from "../../../lib/store/table/action.ts";
import { counterKey, staleTimelineKey } from "../../../lib/store/table/keys.ts";
import { ReadAhead } from "../../../lib/store/table/read-ahead.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";

/** How often a page is rendered. */

let engine: TestTable;
let rendered = 0;
const nps = findMetric("nps") ?? expect.fail();
const range = { from: "2026-01-01", to: "2026-03-31" };

beforeAll(async () => {
  engine = await startTestTable();
});
afterAll(() => engine.stop());
beforeEach(() => {
  rendered = 0;
});

/** A page of the counters of a metric, and of annotations. */
const show = keepRendered(async ({ table, workspace, frame }) => {
  rendered += 1;
  const scope = { segment: "all", range };
  const { timelineOf } = await readMetricCounters(table, workspace.id, nps, scope);
  const sum = timelineOf("0-10:9").sumBetween("0-10:9", range.from, range.to);
  const notes = await listAnnotations(table, workspace.id);
  return keepablePage(
    `${frame.language.tag} ${sum} ${notes.map(({ definition }) => definition.text).join()}`,
  );
});

function request(workspace: string, changes: Partial<PageRequest> = {}): PageRequest {
  const limits = { requestsPerSecond: null, requestsPerDay: null, unitsPerSecond: null, unitsPerDay: null };
  return {
    table: engine,
    workspace: { ...defaultSettings, id: workspace, version: 1, createdAt: "2026-01-01T00:00:00Z" } as never,
    principal: {
      workspace,
      scopes: ["read"],
      keyId: "k",
      origins: [],
      isPublic: false,
      rules: anything,
      limits,
    },
    ...{ parameters: {}, query: {}, headers: {}, body: undefined, url: "http://x", hasComments: true },
    ...{ ahead: new ReadAhead(), deadline: deadlineIn(5_000), note: () => undefined },
    frame: { language: languageOf("en"), address: "/", workspace },
    ...changes,
  };
}

async function count(workspace: string, day: string, marks: object = {}): Promise<void> {
  const key = counterKey(workspace, "nps", "all", day, 0);
  const counts = new Map(Array.from({ length: 8 }, (_, score) => [`0-10:${score + 2}`, 1n] as const));
  const { Update } = addAction(engine.name, key, counts, marks);
  await engine.client.send(new UpdateCommand(Update as never));
}

const read = (workspace: string) => readMetricCounters(engine, workspace, nps, { segment: "all", range });

it("a page is rendered once, and again when a counter, a mark or a setting of it changes", async () => {
  const asked = request("w-1");
  const texts: string[] = [];
  const open = async () => texts.push((await show(asked)).text);
  await count("w-1", "2026-02-01");
  for (let turn = 0; turn < 3; turn += 1) await open();
  expect([rendered, texts.at(-1)]).toEqual([1, "en 1 "]);

  await count("w-1", "2026-02-01");
  for (let turn = 0; turn < 2; turn += 1) await open();
  expect([rendered, texts.at(-1)]).toEqual([2, "en 2 "]);

  // A late answer of a day that has its snapshot, and the next snapshot.
  await count("w-1", "2026-02-02", staleTimelineKey("w-1", "2026-02-02", "nps", 0));
  await open();
  expect([rendered, texts.at(-1)]).toEqual([3, "en 3 "]);
  await clearMarks(engine, (await read("w-1")).stale);
  await open();
  expect(rendered).toBe(4);

  const note = { from: "2026-02-01", text: "Release" };
  await setAnnotation(engine, "w-1", "a", note as never, deadlineIn(5_000));
  for (let turn = 0; turn < 2; turn += 1) await open();
  expect([rendered, texts.at(-1)]).toEqual([5, "en 3 Release"]);
});

it("packing the counters of closed days changes nothing", async () => {
  await count("w-2", "2026-02-01");
  const before = await show(request("w-2"));
  const { unpacked } = await read("w-2");
  expect(unpacked).toHaveLength(1);
  await packDays(engine, unpacked);
  expect(await show(request("w-2"))).toBe(before);
  expect(rendered).toBe(1);
});

it("a page is kept for the same rights, language, address and settings alone", async () => {
  const own = request("w-3");
  await show(own);
  const { frame } = own;
  const others: Partial<PageRequest>[] = [
    { frame: { ...frame, canChange: true } },
    { frame: { ...frame, isShared: true } },
    { frame: { ...frame, language: languageOf("de") } },
    { frame: { ...frame, address: "/?area=web" } },
    { query: { area: "web" } },
    { parameters: { id: "nps" } },
    { hasComments: false },
    { url: "https://elsewhere" },
    { workspace: { ...own.workspace, currency: "CHF" } },
  ];
  for (const [index, changes] of others.entries()) {
    await show({ ...own, ...changes });
    expect([index, rendered]).toEqual([index, index + 2]);
  }
});

it("what was written while it was rendered is in the next page", async () => {
  await count("w-4", "2026-02-01");
  const racing = keepRendered(async (asked) => {
    const { timelineOf } = await readMetricCounters(
      ...([asked.table, "w-4", nps, { segment: "all", range }] as const),
    );
    await count("w-4", "2026-02-03");
    return keepablePage(String(timelineOf("0-10:9").sumBetween("0-10:9", range.from, range.to)));
  });
  expect((await racing(request("w-4"))).text).toBe("1");
  expect((await racing(request("w-4"))).text).toBe("2");
});

it("a page whose reads cost much is not kept: looking whether it is current would take what rendering it needs", async () => {
  const used = { read: 0, write: 0 };
  const costing = (units: number) =>
    keepRendered(async (asked) => {
      rendered += 1;
      await listAnnotations(asked.table, "w-5");
      used.read += units;
      return keepablePage(`${units}`);
    });
  const asked = request("w-5", { table: { ...engine, usedUnits: used } });
  const dear = costing(151);
  for (let turn = 0; turn < 2; turn += 1) await dear({ ...asked, query: { of: "dear" } });
  expect(rendered).toBe(2);
  const cheap = costing(150);
  for (let turn = 0; turn < 2; turn += 1) await cheap({ ...asked, query: { of: "cheap" } });
  expect(rendered).toBe(3);
});
