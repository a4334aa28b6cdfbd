import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { readTable } from "../../lib/domain/archive/parquet.ts";
import { customer } from "../../lib/domain/entities/customer.ts";
import { erasedPrefix } from "../../lib/domain/facts/base.ts";
import { isFromModel } from "../../lib/domain/metrics/counting.ts";
import { readSubjects } from "../../lib/store/records/bulk.ts";
import { listAllEntities } from "../../lib/store/records/entity-lists.ts";
import type { StoredEntity } from "../../lib/store/records/stored-entity.ts";
import { readWorkspace } from "../../lib/store/settings/workspaces.ts";
import { deadlineIn } from "../../lib/store/table/retries.ts";
import type { LocalCloud } from "../../lib/tools/local-cloud/cloud.ts";
import { countsOfFiles, onTable } from "../fixtures/archived.ts";
import { storedStates } from "../fixtures/stored-state.ts";

/** What must be true of the files of closed days once nothing is left to be written. */

/** Lets the hourly run come until no day is left for it. */
export async function archiveAll(cloud: LocalCloud): Promise<void> {
  for (;;) {
    const { days } = (await cloud.invoke("plan-snapshots", {})) as { days: number };
    await cloud.idle();
    if (days === 0) return;
  }
}

/** The counters that follow from the files alone are those of the table: of every metric but those of models, on every day, in every segment. */
export async function expectFilesToTellCounters(cloud: LocalCloud, workspace: string): Promise<number> {
  const state = (await storedStates(cloud, [workspace])).get(workspace);
  const ofDays = Object.entries(state?.counters ?? {}).filter(
    ([place]) => /-\d\d$/.test(place) && !isFromModel(place.split(" ")[0] ?? ""),
  );
  const erased = await erasedCustomers(cloud, workspace);
  expect(await countsOfFiles(cloud, workspace, erased)).toEqual(Object.fromEntries(ofDays));
  return ofDays.length;
}

/** The histories of erased persons: no fact names them any more, but what they did stays counted. */
function erasedCustomers(cloud: LocalCloud, id: string): Promise<StoredEntity[]> {
  return onTable(cloud, async (table) => {
    const workspace = await readWorkspace(table, id);
    if (!workspace) throw new Error("there is no such workspace");
    const subjects: { entity: typeof customer; id: string }[] = [];
    for await (const found of listAllEntities(table, id, customer, erasedPrefix)) {
      subjects.push({ entity: customer, id: found });
    }
    return readSubjects({ table, workspace, deadline: deadlineIn(60_000) }, subjects);
  });
}

/** All files below the buckets of a data folder, by path: unfinished ones too. */
export function filesBelow(dataDir: string): Map<string, Buffer> {
  const buckets = join(dataDir, "buckets");
  if (!existsSync(buckets)) return new Map();
  const files = readdirSync(buckets, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path.slice(buckets.length + 1), readFileSync(path)]));
}

/** The files that have a text, in their bytes or in their values. */
export async function filesThatName(files: ReadonlyMap<string, Buffer>, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [path, bytes] of files) {
    const rows = path.endsWith(".parquet") ? await readTable(bytes) : [];
    const values = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
    if (bytes.includes(text) || values.includes(text)) found.push(path);
  }
  return found;
}
