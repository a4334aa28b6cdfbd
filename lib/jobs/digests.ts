import { addDays, type Day } from "../domain/calendar/days.ts";
import { intervalEnd, intervalStart } from "../domain/calendar/intervals.ts";
import type { PlainAnnouncement, Telling } from "../domain/webhooks/announcement.ts";
import { subscribersOf } from "../domain/webhooks/subscription.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { announce } from "../store/outbox/outbox.ts";
import { noteDigest } from "../store/settings/digests.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import type { StoreContext } from "../store/table/context.ts";
import { logger } from "../telemetry/logger.ts";
import { handOver } from "./webhooks/hand-over.ts";

/** Digests: written when the day, or the week, that they are about has closed. */

/** What a digest says: for programs, and in words. */
export interface WrittenDigest {
  readonly data: Readonly<Record<string, unknown>>;
  readonly telling: Telling;
}

/** So many tries, where others change the workspace meanwhile. */
const maxTries = 5;

/**
 * The last day of the digest that is due; `undefined` where none is, since nobody wants one, all are written, or nobody hears of it.
 * @param closedThrough every day up to this one is closed
 */
export function dueDigest(workspace: Workspace, closedThrough: Day): Day | undefined {
  const { digest, digestedThrough = "", subscriptions = {}, digestTopic } = workspace;
  const subscribers = subscribersOf(subscriptions, announcementOf({ data: {}, telling: nothingSaid }));
  const isHeard = digestTopic || subscribers.length > 0;
  if (digest === "off" || !isHeard) return undefined;
  const isWeekOver = intervalEnd("week", closedThrough) === closedThrough;
  const lastSunday = isWeekOver ? closedThrough : addDays(intervalStart("week", closedThrough), -1);
  const through = digest === "weekly" ? lastSunday : closedThrough;
  return digestedThrough < through ? through : undefined;
}

const nothingSaid: Telling = { title: "", lines: [] };

function announcementOf({ data, telling }: WrittenDigest): PlainAnnouncement {
  return { type: "digest.ready", at: Date.now(), data, telling };
}

/**
 * Writes the digest that is due, once: what tells of it is in the transaction that notes it.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function writeDueDigest(
  context: StoreContext & { readonly workspace: Workspace },
  closedThrough: Day,
  write: (through: Day) => Promise<WrittenDigest>,
): Promise<void> {
  const { table } = context;
  let { workspace } = context;
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const through = dueDigest(workspace, closedThrough);
    if (through === undefined) return;
    const announcement = announcementOf(await write(through));
    const announced = announce({ tableName: table.name, workspace }, announcement, {
      topic: workspace.digestTopic,
    });
    if (await noteDigest(table, workspace.id, through, announced.actions)) {
      await handOver(announced.entries);
      logger.info("digest", { workspace: workspace.id, date: through, told: announced.entries.length });
      return;
    }
    const now = await readWorkspace(table, workspace.id);
    if (!now) return;
    workspace = now;
  }
  throw new Error("the workspace was changed faster than its digest can be written");
}
