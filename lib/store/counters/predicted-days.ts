import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import type { Counts } from "../../domain/metrics/period.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { chunksOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import { counterKey, staleTimelineKey } from "../table/keys.ts";
import { causeCounter, isStated } from "./change-causes.ts";

/** Writing what a model says of a day, in the place of what it said of that day before. */

/** How many items are written at the same time. */
const concurrency = 25;

/**
 * Writes the counters of each segment, the whole last. A day that is over gets a new revision of its snapshot.
 * @param bySegment of every segment that has had counters, also where nothing is left of it
 */
export async function writePredictedDay(
  table: Table,
  workspace: Workspace,
  { family, day }: { readonly family: string; readonly day: Day },
  bySegment: ReadonlyMap<string, Counts>,
): Promise<void> {
  const now = Date.now();
  const isOver = isStated(workspace, day, dayOf(now, workspace.timeZone));
  const write = async (segment: string, counts: Counts, more: object) => {
    const key = counterKey(workspace.id, family, segment, day, 0);
    // As the number of writes, the time grows with each of them.
    const Item = { ...key, ...counts, ...more, w: now };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  };
  const parts = [...bySegment].filter(([segment]) => segment !== totalSegment);
  for (const some of chunksOf(parts, concurrency)) {
    await Promise.all(some.map(([segment, counts]) => write(segment, counts, {})));
  }
  const marks = isOver
    ? { [causeCounter("predicted")]: now, ...staleTimelineKey(workspace.id, day, family, 0) }
    : {};
  await write(totalSegment, bySegment.get(totalSegment) ?? {}, marks);
}
