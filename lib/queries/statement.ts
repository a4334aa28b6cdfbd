import { addDays, type Day, earlierDay } from "../domain/calendar/days.ts";
import { dayOf } from "../domain/calendar/zones.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { readMarkedDays } from "../store/counters/stale-marks.ts";
import type { QueryContext } from "./context.ts";
import type { Question } from "./query.ts";
import type { CountersByMetric, SourcedCounters } from "./source.ts";

/** Which days have been stated as they are now: what is not is provisional. */

/** How far the days of a workspace are stated. */
export interface Statement {
  /** Every day up to this one that is not stale is stated; `undefined` for none. */
  readonly through: Day | undefined;
  /** Days that changed after they were stated, or were never stated and have facts. */
  readonly staleDays: ReadonlySet<Day>;
}

/**
 * Up to which day all that is not stale is stated; `undefined` for none. Each day from the workspace's first on has to have its snapshot.
 * On days before that there were no facts when the workspace was made, and what came later has marked its day until that had a
 * snapshot: once the first run of snapshots is over they are stated, and those without facts need none.
 */
export function statedThrough({
  snapshotsThrough,
  snapshotsTo,
  createdAt,
  timeZone,
}: Workspace): Day | undefined {
  if (snapshotsThrough !== undefined || snapshotsTo === undefined) return snapshotsThrough;
  return addDays(dayOf(Date.parse(createdAt), timeZone), -1);
}

/** The part of a question that decides which marks are read. */
type Asked = Pick<Question, "filters" | "plan">;

/**
 * Reads what is stated of the counters of each metric. Counters of everything carry the marks of changed days; those of a part of it
 * do not, and the marks are read once for all metrics.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readStatements(
  { table, workspace }: QueryContext,
  counters: CountersByMetric,
  question: Asked,
): Promise<ReadonlyMap<AnyMetric, Statement>> {
  const through = statedThrough(workspace);
  const { from, to } = question.plan.span;
  const isNeeded = [...counters.values()].some((read) => !carriesMarks(read, question));
  const marks =
    isNeeded && through !== undefined && through >= from
      ? await readMarkedDays(table, workspace.id, { from, to: earlierDay(to, through) })
      : undefined;
  const statementOf = (metric: AnyMetric, read: SourcedCounters): Statement => {
    if (carriesMarks(read, question)) {
      const days = read.groups.flatMap(({ counters: { stale } }) => stale.map(({ day }) => day));
      return { through, staleDays: new Set(days) };
    }
    if (through === undefined || !marks) return { through, staleDays: new Set() };
    const isWhole = marks.through === earlierDay(to, through);
    const families = familiesOf(metric);
    const changed = [...marks.families].filter(([, marked]) => families.some((family) => marked.has(family)));
    return { through: isWhole ? through : marks.through, staleDays: new Set(changed.map(([day]) => day)) };
  };
  return new Map([...counters].map(([metric, read]) => [metric, statementOf(metric, read)]));
}

function carriesMarks({ source }: SourcedCounters, { filters }: Asked): boolean {
  return source === "counters" && Object.keys(filters).length === 0;
}
