import { addDays, type Day, earlierDay } from "../calendar/days.ts";
import { dayOf } from "../calendar/zones.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { readMarkedDays } from "../store/counters/stale-marks.ts";
import type { Workspace } from "../workspace/settings.ts";
import type { QueryContext } from "./context.ts";
import type { Question } from "./query.ts";
import type { SourcedCounters } from "./source.ts";

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
 * snapshot: up to the latest snapshot they are stated, and those without facts need none.
 */
export function statedThrough({
  snapshotsThrough,
  snapshotsTo,
  createdAt,
  timeZone,
}: Workspace): Day | undefined {
  if (snapshotsThrough !== undefined || snapshotsTo === undefined) return snapshotsThrough;
  return earlierDay(snapshotsTo, addDays(dayOf(Date.parse(createdAt), timeZone), -1));
}

/**
 * What is stated of a metric's counters. The marks of changed days are on the counters of everything: a question about a part of it
 * looks for them in the index.
 */
export async function readStatement(
  { table, workspace }: QueryContext,
  metric: AnyMetric,
  { groups, source }: SourcedCounters,
  { filters, plan: { span: range } }: Pick<Question, "filters" | "plan">,
): Promise<Statement> {
  const through = statedThrough(workspace);
  if (source === "counters" && Object.keys(filters).length === 0) {
    return {
      through,
      staleDays: new Set(groups.flatMap(({ counters }) => counters.stale.map(({ day }) => day))),
    };
  }
  if (through === undefined || through < range.from) return { through, staleDays: new Set() };
  const stated = { from: range.from, to: earlierDay(range.to, through) };
  const marked = await readMarkedDays(table, workspace.id, new Set(familiesOf(metric)), stated);
  const isWhole = marked.through === stated.to;
  return { through: isWhole ? through : marked.through, staleDays: marked.days };
}
