import * as z from "zod";
import { type Day, isDay } from "../lib/domain/calendar/days.ts";
import { languageOf } from "../lib/domain/language/language.ts";
import { type Workspace, workspaceIdSchema } from "../lib/domain/workspace/settings.ts";
import { judgeAlertsOf } from "../lib/jobs/alerts.ts";
import { consumer } from "../lib/jobs/consumer.ts";
import { measureCustomers } from "../lib/jobs/customer-effects.ts";
import { writeDueDigest } from "../lib/jobs/digests.ts";
import { publishGoalsOf } from "../lib/jobs/goals.ts";
import { publishValuesOf } from "../lib/jobs/values.ts";
import { announceGoals } from "../lib/jobs/webhooks/goals.ts";
import { handOver } from "../lib/jobs/webhooks/hand-over.ts";
import { tellAlert } from "../lib/report/alert-telling.ts";
import { readDigest } from "../lib/report/data/digest.ts";
import { dataOfDigest, tellDigest } from "../lib/report/digest.ts";
import { defaultFiles } from "../lib/store/files/bucket.ts";
import { readWorkspace } from "../lib/store/settings/workspaces.ts";
import { lastClosedDay, maxDaysAtOnce } from "../lib/store/snapshots/snapshot-plan.ts";
import { type TakenDay, takeDays } from "../lib/store/snapshots/snapshots.ts";
import { defaultTable, type Table } from "../lib/store/table/client.ts";
import type { Deadline } from "../lib/store/table/retries.ts";
import { logger } from "../lib/telemetry/logger.ts";
import { publishCount } from "../lib/telemetry/metrics.ts";
import { operational } from "../lib/telemetry/names.ts";

const messageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  /** In order. */
  dates: z.array(z.string().refine(isDay, "must be a day, YYYY-MM-DD")).max(maxDaysAtOnce),
  /** Whether to measure afterwards what the customers do to the variance of metrics; `partly` while other messages close days. */
  customers: z.enum(["wholly", "partly"]).optional(),
});

/** Takes the snapshots of some days of a workspace. Where it fails half-way, the next delivery finds the first days taken. */
export const handler = consumer(messageSchema, async ({ workspace: id, dates, customers }, deadline) => {
  const table = defaultTable();
  const workspace = await readWorkspace(table, id);
  // A workspace that has been removed needs no snapshot.
  if (!workspace) return;
  const failures: unknown[] = [];
  let rest: readonly Day[] = dates;
  const take = async () => {
    for await (const day of takeDays(table, workspace, rest, deadline, defaultFiles())) {
      rest = rest.slice(1);
      await publish(table, workspace, day, deadline);
    }
  };
  // A day that fails holds up none of the others.
  while (rest.length > 0) {
    const tried = rest;
    try {
      await take();
    } catch (error) {
      failures.push(error);
      if (rest === tried) rest = rest.slice(1);
    }
  }
  if (failures.length > 0) throw failures[0];
  await tellOf(table, id, deadline);
  const files = defaultFiles();
  if (customers === undefined || !files) return;
  const last = lastClosedDay(Date.now(), workspace.timeZone);
  await measureCustomers(table, files, workspace, last, { isPartial: customers === "partly", deadline });
});

/** Judges the alerts, and writes the digest that is due. On all days that are closed: also when a day was closed again, since late facts can say something else of it. */
async function tellOf(table: Table, id: string, deadline: Deadline): Promise<void> {
  const workspace = await readWorkspace(table, id);
  const through = workspace?.snapshotsThrough;
  if (!workspace || through === undefined) return;
  const language = languageOf(workspace.language);
  await judgeAlertsOf({ table, workspace, deadline }, through, (news, type) => {
    return { ...tellAlert(news, type, language), link: pageAt("/alerts") };
  });
  await writeDueDigest({ table, workspace, deadline }, through, async (day) => {
    const digest = await readDigest({ table, workspace, deadline }, day, language);
    return { data: dataOfDigest(digest), telling: { ...tellDigest(digest, language), link: pageAt("/") } };
  });
}

/** The address of a page, where the deployment knows its own. */
function pageAt(path: string): string | undefined {
  const address = process.env["PAGES_ADDRESS"];
  return address === undefined ? undefined : `${address}${path}`;
}

async function publish(table: Table, workspace: Workspace, day: TakenDay, deadline: Deadline): Promise<void> {
  const { date, taken, restated, unchanged, entries } = day;
  publishCount(operational.snapshotsTaken, 1);
  logger.info("snapshot", { workspace: workspace.id, date, taken, restated, unchanged });
  await handOver(entries);
  await handOver(await announceGoals(table, workspace, date, deadline));
  if (!workspace.publishToCloudWatch) return;
  // Also of a day that is unchanged: its message may come again because this failed.
  await publishValuesOf(table, workspace, date, deadline);
  await publishGoalsOf(table, workspace, date, deadline);
}
