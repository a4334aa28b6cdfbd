import { addDays, type Day, earlierDay, laterDay } from "../../domain/calendar/days.ts";
import { type DayRange, splitIntoIntervals } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { findMetric } from "../../domain/metrics/registry.ts";
import { QueryRefusal } from "../../queries/refusal.ts";
import { readWorkspace } from "../../store/settings/workspaces.ts";
import { maxReadUnits, ReadBudget } from "../../store/table/budget.ts";
import type { Table } from "../../store/table/client.ts";
import { isTooMuch } from "../../store/table/errors.ts";
import type { Deadline } from "../../store/table/retries.ts";
import { type ReportScope, readMetricReports } from "../data/metric-reports.ts";
import { defaultInterval } from "../interval.ts";
import type { ReportInterval } from "../model.ts";
import { darkTheme, lightTheme } from "../theme.ts";
import { renderProblem, renderWidget } from "./markup.ts";
import { type WidgetEvent, widgetDocumentation, widgetEventSchema } from "./parameters.ts";

/** Drawing metrics for a dashboard. */

const defaultDays = 90;
const maxDays = 3_660;
const maxPoints = 400;
const tooDear = "it asks for more than one drawing may read: for a shorter time range, or for fewer metrics";

/**
 * Answers an event of a CloudWatch custom widget with HTML, or with Markdown where it asks for a description. What
 * was asked for and does not exist is told to whoever looks.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function drawWidget(
  table: Table,
  event: unknown,
  now: number,
  deadline: Deadline,
): Promise<string> {
  if (typeof event === "object" && event !== null && "describe" in event) return widgetDocumentation;
  const parsed = widgetEventSchema.safeParse(event);
  if (!parsed.success) {
    return renderProblem(
      parsed.error.issues.map(({ path, message }) => `${path.join(".") || "parameters"}: ${message}`),
    );
  }
  const asked = parsed.data;
  const workspace = await readWorkspace(table, asked.workspace);
  if (!workspace) return renderProblem([`workspace: there is no workspace ${asked.workspace}`]);
  const today = dayOf(now, workspace.timeZone);
  const range = rangeOf(asked, today, workspace.timeZone);
  const interval = intervalOf(asked, range);
  const scope: ReportScope = {
    metrics: asked.metrics.flatMap((id) => findMetric(id) ?? []),
    ...{ range, today, interval, compare: "previous", filters: {} },
  };
  const { groupBy } = asked;
  const isTracked = groupBy === undefined || workspace.trackedDimensions.includes(groupBy);
  const remarks = isTracked
    ? []
    : [`${groupBy} is not tracked by the workspace ${workspace.id}: this is everything as one`];
  const grouped = isTracked && groupBy !== undefined ? { ...scope, groupBy: [groupBy] } : scope;
  const budget = new ReadBudget(maxReadUnits, deadline);
  const context = { table: { ...table, budget, isEventual: true }, workspace, deadline };
  try {
    const metrics = await readMetricReports(context, grouped);
    const theme = asked.widgetContext?.theme === "dark" ? darkTheme : lightTheme;
    return renderWidget({ range, interval, metrics }, theme, remarks);
  } catch (error) {
    if (error instanceof QueryRefusal) return renderProblem([error.message]);
    if (isTooMuch(error)) return renderProblem([tooDear]);
    throw error;
  }
}

/** The dashboard's time range, zoomed in or not, in whole days up to today; 90 days where it says none. */
function rangeOf({ widgetContext }: WidgetEvent, today: Day, timeZone: string): DayRange {
  const { timeRange } = widgetContext ?? {};
  const instants = timeRange?.zoom ?? timeRange;
  if (!instants || instants.start > instants.end) return { from: addDays(today, 1 - defaultDays), to: today };
  const to = earlierDay(dayWithin(instants.end, today, timeZone), today);
  const from = earlierDay(dayWithin(instants.start, today, timeZone), to);
  return { from: laterDay(from, addDays(to, 1 - maxDays)), to };
}

/** The day of an instant; today for one that no calendar has. */
function dayWithin(instant: number, today: Day, timeZone: string): Day {
  const isKnown = instant > Date.UTC(1900, 0, 2) && instant < Date.UTC(3000, 0, 1);
  return isKnown ? dayOf(instant, timeZone) : today;
}

function intervalOf({ interval }: WidgetEvent, range: DayRange): ReportInterval {
  const hasRoom = interval !== undefined && splitIntoIntervals(range, interval).length <= maxPoints;
  return hasRoom ? interval : defaultInterval(range);
}
