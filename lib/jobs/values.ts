import { addDays, type Day } from "../domain/calendar/days.ts";
import { metrics } from "../domain/metrics/registry.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { rollingCounters } from "../queries/counter-source.ts";
import { runBroadQuery } from "../queries/run-query.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import { canPublish, publishValues } from "../telemetry/metrics.ts";
import { publishedDays } from "../telemetry/names.ts";

/** Each day's values of a workspace that publishes, for its graphs. */

/**
 * Publishes what every metric was over the last days up to one. A day that is taken again is published again, under the same instant;
 * days after it that have it among theirs are not.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function publishValuesOf(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<void> {
  const now = Date.now();
  if (!canPublish(date, now)) return;
  const range = { from: addDays(date, 1 - publishedDays), to: date };
  const plan = { intervals: [{ ...range, calendar: null }], previous: [], isCompared: false, span: range };
  const answers = await runBroadQuery(
    { table, workspace, deadline },
    { metrics, plan, today: date, filters: {}, sources: [rollingCounters] },
  );
  const values = answers.flatMap(({ metric, groups }) => {
    const entry = groups[0]?.series[0];
    return entry ? [[metric.id, { value: entry.value }] as const] : [];
  });
  publishValues(workspace.id, date, new Map(values), now);
}
