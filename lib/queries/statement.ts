import { addDays, type Day, earlierDay } from "../calendar/days.ts";
import { dayOf } from "../calendar/zones.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { type MarkedDays, readMarkedDays } from "../store/counters/stale-marks.ts";
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

/** What a question is about, as far as it matters here. */
type Asked = Pick<Question, "filters" | "plan">;

/** Whether the counters that were read carry the marks of changed days: those of everything do. */
function carriesMarks({ source }: SourcedCounters, { filters }: Asked): boolean {
  return source === "counters" && Object.keys(filters).length === 0;
}

/**
 * Reads the marks of changed days that a question about a part of everything needs, once for all of its metrics.
 * @returns `undefined` where none are needed
 */
export async function readMarks(
  { table, workspace }: QueryContext,
  counters: Iterable<SourcedCounters>,
  question: Asked,
): Promise<MarkedDays | undefined> {
  const through = statedThrough(workspace);
  const { from, to } = question.plan.span;
  const isNeeded = [...counters].some((read) => !carriesMarks(read, question));
  if (!isNeeded || through === undefined || through < from) return undefined;
  return readMarkedDays(table, workspace.id, { from, to: earlierDay(to, through) });
}

/**
 * What is stated of a metric's counters.
 * @param marks what `readMarks` found
 */
export function statementOf(
  workspace: Workspace,
  metric: AnyMetric,
  read: SourcedCounters,
  question: Asked,
  marks: MarkedDays | undefined,
): Statement {
  const through = statedThrough(workspace);
  if (carriesMarks(read, question)) {
    const days = read.groups.flatMap(({ counters }) => counters.stale.map(({ day }) => day));
    return { through, staleDays: new Set(days) };
  }
  if (through === undefined || marks === undefined) return { through, staleDays: new Set() };
  const families = familiesOf(metric);
  const changed = [...marks.families].filter(([, marked]) => families.some((family) => marked.has(family)));
  const isWhole = marks.through === earlierDay(question.plan.span.to, through);
  return { through: isWhole ? through : marks.through, staleDays: new Set(changed.map(([day]) => day)) };
}
