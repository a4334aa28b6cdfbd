import { addDays, countDays, earlierDay } from "../../../domain/calendar/days.ts";
import type { DayRange } from "../../../domain/calendar/intervals.ts";
import { isStalled } from "../../../jobs/reconciliations.ts";
import type { ReconciliationJob } from "../../../store/reconciliation/stored-job.ts";
import type { ReconciliationSummary } from "../../../store/reconciliation/summary.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import { exactNumber } from "../../pipeline/exact-number.ts";
import type { reconciliationAnswerSchema, reconciliationJobSchema } from "./answers.ts";

/** Reconciliations as they are answered. */

type ReconciliationAnswer = AnswerOf<typeof reconciliationAnswerSchema>;

/** The findings for a range. */
export function presentFound({ from, to }: DayRange, found: ReconciliationSummary): ReconciliationAnswer {
  return { from, to, ...found, differences: found.differences.map(presentDifference) };
}

/** How a reconciliation in steps stands. @param now milliseconds since 1970-01-01T00:00:00Z */
export function presentJob(job: ReconciliationJob, now: number): AnswerOf<typeof reconciliationJobSchema> {
  const { id, from, to, repair, startedAt, steppedAt, next, isDone, found } = job;
  return {
    ...{ id, repair, startedAt, steppedAt },
    state: isDone ? "done" : isStalled(job, now) ? "stalled" : "running",
    days: countDays(from, to),
    daysDone: countDays(from, earlierDay(to, addDays(next, -1))),
    found: presentFound({ from, to }, found),
  };
}

function presentDifference(
  difference: ReconciliationSummary["differences"][number],
): ReconciliationAnswer["differences"][number] {
  const { when, family, segment, counter, counted, recounted } = difference;
  return {
    ...(when.length === 4 ? { year: when } : { day: when }),
    ...{ family, segment, counter },
    counted: exactNumber(BigInt(counted)),
    recounted: exactNumber(BigInt(recounted)),
  };
}
