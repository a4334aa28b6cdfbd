import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExportOptions } from "../../../../lib/tools/export/options.ts";
import { type ExportState, findState, saveState, targetOf } from "../../../../lib/tools/export/state.ts";

/** How far an export has come, as a later version finds it. */

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "export-state-"));
});
afterAll(() => rm(out, { recursive: true, force: true }));

const options = (): ExportOptions => ({
  ...{ out, format: "csv", url: "http://localhost:1", key: "cxm_key" },
  ...{ restart: false, quiet: true, progress: false },
});
const state = (snapshotsFrom: string | null): ExportState => ({
  ...{ version: 1, format: "csv", target: targetOf(options()), snapshotsFrom, to: "2026-05-10", tables: {} },
});

describe("the first day with snapshots", () => {
  it.each(["2026-05-01", null])("is found as it was noted: %s", async (day) => {
    await saveState(out, state(day));
    expect(await findState(options())).toEqual(state(day));
    expect(JSON.parse(await readFile(join(out, ".export-state.json"), "utf8"))).toHaveProperty(
      "snapshotsFrom",
      day,
    );
  });

  it("is the first day of all where an earlier version did not note it: no snapshot is left out", async () => {
    const { snapshotsFrom: _day, ...earlier } = state(null);
    await writeFile(join(out, ".export-state.json"), JSON.stringify(earlier));
    expect((await findState(options()))?.snapshotsFrom).toBe("1900-01-01");
  });
});
