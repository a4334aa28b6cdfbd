import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../calendar/days.ts";
import { totalSegment } from "../metrics/counting.ts";
import type { AnyMetric, Measurement } from "../metrics/metric.ts";
import { periodOf } from "../metrics/period.ts";
import { metrics } from "../metrics/registry.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";
import type { Table } from "./client.ts";
import { readMetricCounters, type StaleMark } from "./counters.ts";
import { snapshotDayKey, snapshotKey, snapshotRevisionKey } from "./keys.ts";
import { backOff, type Deadline } from "./retries.ts";
import { readSnapshot, type Snapshot } from "./snapshot-items.ts";
import { advance, lastClosedDay } from "./snapshot-plan.ts";

/**
 * Snapshots: what each metric said of a closed day. Taking one twice, late or at the same time as another changes
 * nothing; only a day whose counters have changed gets a new revision.
 */

/** What became of a day's snapshots. */
export interface TakenDay {
  readonly date: Day;
  /** Metrics snapshotted for the first time, changed by a new revision, and found as they were. */
  readonly taken: number;
  readonly restated: number;
  readonly unchanged: number;
  /** What each metric said, by id. */
  readonly measurements: ReadonlyMap<string, Measurement>;
}

/**
 * Takes the snapshots of a closed day: every metric, in the workspace's currency.
 * @throws RangeError when the day is not over
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function takeDay(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<TakenDay> {
  if (date > lastClosedDay(Date.now(), workspace.timeZone)) throw new RangeError(`${date} is not over yet`);
  const results = await Promise.all(
    metrics.map(async (metric) => ({
      metric,
      ...(await takeMetric(table, workspace, metric, date, deadline)),
    })),
  );
  await clearMarks(
    table,
    results.flatMap(({ stale }) => stale).filter((mark) => mark.day === date),
  );
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: { ...snapshotDayKey(workspace.id, date), takenAt: new Date().toISOString() },
    }),
  );
  await advance(table, workspace);
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return {
    date,
    taken: count("taken"),
    restated: count("restated"),
    unchanged: count("unchanged"),
    measurements: new Map(results.map(({ metric, measurement }) => [metric.id, measurement])),
  };
}

interface TakenMetric {
  readonly outcome: "taken" | "restated" | "unchanged";
  readonly measurement: Measurement;
  readonly stale: readonly StaleMark[];
}

async function takeMetric(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  date: Day,
  deadline: Deadline,
): Promise<TakenMetric> {
  const range = { from: date, to: date };
  const scope = { segment: totalSegment, currency: workspace.currency, range };
  for (let attempt = 1; ; attempt += 1) {
    const before = await readSnapshot(table, workspace.id, metric.id, date);
    const counters = await readMetricCounters(table, workspace.id, metric, scope, deadline);
    const period = periodOf(counters.timelineOf, { ...range, calendar: "day" });
    const measurement = metric.compute(period, metricSettings(workspace, metric.id));
    const counts = counters.countsOn(date);
    const { stale } = counters;
    if (before && sameCounts(before.counts, counts)) return { outcome: "unchanged", measurement, stale };
    if (await write(table, workspace.id, metric, { date, counts, measurement, before })) {
      return { outcome: before ? "restated" : "taken", measurement, stale };
    }
    // Another run wrote this day in between: look again at what there is to do.
    await backOff(attempt, deadline, undefined);
  }
}

interface NewRevision {
  readonly date: Day;
  readonly counts: Readonly<Record<string, bigint>>;
  readonly measurement: Measurement;
  readonly before: Snapshot | undefined;
}

async function write(
  table: Table,
  workspace: string,
  metric: AnyMetric,
  { date, counts, measurement, before }: NewRevision,
): Promise<boolean> {
  const { value, low, high, n, components, method } = measurement;
  const isFirst = "attribute_not_exists(pk)";
  const isUnchanged = "revision = :seen";
  const item = {
    ...snapshotKey(workspace, metric.id, date),
    metric: metric.id,
    date,
    version: metric.version,
    ...{ value, low, high, n, components, method, counts },
    revision: (before?.revision ?? 0) + 1,
    takenAt: new Date().toISOString(),
    ...(before ? { restatedBecause: { counters: changesBetween(before.counts, counts) } } : {}),
  };
  const archive = before && {
    Put: {
      TableName: table.name,
      Item: { ...before, ...snapshotRevisionKey(workspace, metric.id, date, before.revision) },
    },
  };
  const put = {
    TableName: table.name,
    Item: item,
    ...(before
      ? { ConditionExpression: isUnchanged, ExpressionAttributeValues: { ":seen": before.revision } }
      : { ConditionExpression: isFirst }),
  };
  try {
    if (archive)
      await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, archive] }));
    else await table.client.send(new PutCommand(put));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException || isOvertaken(error)) return false;
    throw error;
  }
}

function isOvertaken(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === "ConditionalCheckFailed" || Code === "TransactionConflict",
    )
  );
}

function sameCounts(a: Readonly<Record<string, bigint>>, b: Readonly<Record<string, bigint>>): boolean {
  return Object.keys(changesBetween(a, b)).length === 0;
}

function changesBetween(
  before: Readonly<Record<string, bigint>>,
  after: Readonly<Record<string, bigint>>,
): Record<string, bigint> {
  const counters = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...counters]
      .map((counter) => [counter, (after[counter] ?? 0n) - (before[counter] ?? 0n)] as const)
      .filter(([, change]) => change !== 0n),
  );
}

/** Takes the marks off counter items that nobody has written since they were read. */
async function clearMarks(table: Table, marks: readonly StaleMark[]): Promise<void> {
  const unique = new Map(marks.map((mark) => [`${mark.key.pk}\n${mark.key.sk}`, mark]));
  // A counter that two metrics read at different moments: the lower number of writes is the one both have seen.
  for (const mark of marks) {
    const id = `${mark.key.pk}\n${mark.key.sk}`;
    const known = unique.get(id);
    if (known && mark.writes < known.writes) unique.set(id, mark);
  }
  await Promise.all([...unique.values()].map((mark) => clearMark(table, mark)));
}

async function clearMark(table: Table, { key, writes }: StaleMark): Promise<void> {
  const isUntouched = "#writes = :seen";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: "REMOVE gsi1pk, gsi1sk",
        ConditionExpression: isUntouched,
        ExpressionAttributeNames: { "#writes": "w" },
        ExpressionAttributeValues: { ":seen": writes },
      }),
    );
  } catch (error) {
    // A fact arrived after the reading: its mark stays for the next run.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
