import { addDays, countDays, type Day, earlierDay } from "../../domain/calendar/days.ts";
import type { Files } from "../files/bucket.ts";
import type { StoreContext } from "../table/context.ts";
import { isTooMuch, StoreError } from "../table/errors.ts";
import { maxReconciled } from "./reading.ts";
import { InterruptedReconciliation, reconcile } from "./reconciliation.ts";
import { noteStep, type ReconciliationJob } from "./stored-job.ts";
import { emptySummary, summaryOf, together } from "./summary.ts";
import { reconcileYears } from "./years.ts";

/** Reconciling a range of days in steps, each of as many days as can be looked at at once. */

/** The context of a step. */
export interface StepContext extends StoreContext {
  /** Where the files of days go whose snapshots are taken again. */
  readonly files?: Files | undefined;
}

/** A single day may have so many times as many facts as days that are looked at together: nothing can divide it. */
const factorOfOneDay = 5;

/** With less time than this a day that was not looked at to its end is begun again. */
const minMillisecondsOfOneDay = 600_000;

/** A step that had fewer facts than this part of the most is followed by one of twice as many days. */
const smallPart = 1 / 4;
const maxDays = 366;

/** How many facts one look at some days may read. */
export function factsAtOnce(): number {
  return Number(process.env["RECONCILED_AT_ONCE"] || maxReconciled);
}

/**
 * Makes one step.
 * @returns the job as it is after it; `undefined` where another run was faster
 * @throws StoreError `unavailable` when the deadline passes: the step is made again
 */
export async function stepOn(
  context: StepContext,
  job: ReconciliationJob,
): Promise<ReconciliationJob | undefined> {
  const { table, workspace, deadline } = context;
  const milliseconds = deadline.remaining();
  if (job.next > job.to) {
    const { isWhole, ...years } = await reconcileYears(context, job, job.repair);
    const found = together(job.found, { ...emptySummary, ...years });
    return noteStep(table, workspace.id, job, { ...job, isDone: isWhole, found });
  }
  const last = earlierDay(job.to, addDays(job.next, job.days - 1));
  const looked = await look(context, job, last);
  if (looked instanceof InterruptedReconciliation) {
    // Nothing of what it put right is found again: it is kept, and the same days are looked at once more.
    const found = together(job.found, summaryOf(looked.done));
    return noteStep(table, workspace.id, job, { ...job, found });
  }
  if (looked === "too much") {
    if (job.next < last) {
      return noteStep(table, workspace.id, job, { ...job, days: Math.ceil(countDays(job.next, last) / 2) });
    }
    // A day that a whole run has no time for is skipped. If only the rest of a run was too short, the next run tries it again.
    if (deadline.remaining() <= 0 && milliseconds < minMillisecondsOfOneDay)
      throw new StoreError("unavailable", "there was not enough time for a day");
    const skipped = { ...emptySummary, skippedDays: [job.next] };
    return noteStep(table, workspace.id, job, after(last, job.days, together(job.found, skipped)));
  }
  const days = looked.facts < smallPart * factsAtOnce() ? Math.min(maxDays, 2 * job.days) : job.days;
  return noteStep(table, workspace.id, job, after(last, days, together(job.found, looked)));
}

function after(last: Day, days: number, found: ReconciliationJob["found"]) {
  return { next: addDays(last, 1), days, isDone: false, found };
}

/** Reconciles the days of a step; the totals of years come last. */
async function look(context: StepContext, { next: from, repair }: ReconciliationJob, to: Day) {
  const { table, workspace, deadline, files } = context;
  const facts = factsAtOnce() * (from === to ? factorOfOneDay : 1);
  const options = { facts, years: new Set<string>(), files };
  try {
    return summaryOf(await reconcile(table, workspace, { from, to }, repair, deadline, options));
  } catch (error) {
    if (error instanceof InterruptedReconciliation) return error;
    if (isTooMuch(error)) return "too much";
    throw error;
  }
}
