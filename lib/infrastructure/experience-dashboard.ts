import { Duration, Stack } from "aws-cdk-lib";
import {
  Metric as CloudWatchMetric,
  CustomWidget,
  Dashboard,
  GraphWidget,
  PeriodOverride,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { type AnyMetric, areaNames, areas, type Unit } from "../domain/metrics/metric.ts";
import {
  goalName,
  goalValueName,
  namespace,
  publishedDays,
  publishedName,
  workspaceDimension,
  workspaceGoalsMissed,
} from "../telemetry/names.ts";
import type { Api } from "./api.ts";
import type { Handler } from "./function.ts";
import type { Settings } from "./settings.ts";

/** The contents of the dashboard. */
export interface ExperienceDashboardProps {
  readonly metrics: readonly AnyMetric[];
  readonly api: Api;
  /** The function that draws segments. */
  readonly widget: Handler;
  readonly settings: Settings;
}

const dashboardColumns = 24;
const graphsPerRow = 3;

const axisLabels: Readonly<Record<Unit, string>> = {
  points: "points",
  percent: "%",
  score: "score",
  count: "count",
  money: "amount",
  seconds: "seconds",
};

/** One graph a metric of the registry, but for those that are off the dashboard and have no goal on it, some with their goals, for one workspace. */
export class ExperienceDashboard extends Dashboard {
  /** @throws Error where the setting names a goal's metric that does not exist */
  constructor(scope: Construct, id: string, { metrics, api, widget, settings }: ExperienceDashboardProps) {
    super(scope, id, {
      dashboardName: `${Stack.of(scope).stackName}-experience`,
      defaultInterval: Duration.days(90),
      // The values are published once a day: a longer range must not merge days, nor a shorter one look for hours.
      periodOverride: PeriodOverride.INHERIT,
    });
    const { dashboardWorkspace: workspace, dashboardGoals: goals } = settings;
    const unknown = goals.find((goal) => !metrics.some(({ id: known }) => known === goal));
    if (unknown !== undefined) throw new Error(`The context dashboardGoals: there is no metric ${unknown}`);
    this.addWidgets(
      new TextWidget({
        width: dashboardColumns,
        height: 3,
        markdown: [
          `# Customer experience of the workspace ${workspace}`,
          `Graphs: each day's value over the ${publishedDays} days up to it, published when the day is snapshotted: a picture, not the ledger. Segments, further`,
          `down, are drawn from the table with their sample sizes and intervals. Corrected days and comments: [the API](${api.url}/v1/openapi.json),`,
          "for example `GET /v1/report`.",
        ].join("\n"),
      }),
    );
    const graphs = [
      ...metrics
        .filter(({ id: metric, isOffDashboard = false }) => !isOffDashboard || goals.includes(metric))
        .map((metric) => graphOf(metric, workspace, goals.includes(metric.id))),
      missedGoals(workspace),
    ];
    for (let first = 0; first < graphs.length; first += graphsPerRow) {
      this.addWidgets(...graphs.slice(first, first + graphsPerRow));
    }
    for (const area of areas) {
      const own = metrics.filter((metric) => metric.area === area);
      if (own.length > 0) this.addWidgets(segmentsOf(areaNames[area], own, widget, settings));
    }
  }
}

const size = { width: dashboardColumns / graphsPerRow, height: 6 };

function published(metricName: string, label: string, workspace: string): CloudWatchMetric {
  return new CloudWatchMetric({
    namespace,
    metricName,
    dimensionsMap: { [workspaceDimension]: workspace },
    label,
    // A value that is published twice is still one value: a sum would double it.
    statistic: Stats.MAXIMUM,
    period: Duration.days(1),
  });
}

/** A goal, what it is judged by, and the metric itself share one axis. */
function graphOf({ id, name, unit, better }: AnyMetric, workspace: string, drawsGoal: boolean): GraphWidget {
  return new GraphWidget({
    title: name,
    ...size,
    left: [
      published(publishedName(id), `over ${publishedDays} days`, workspace),
      ...(drawsGoal
        ? [
            published(goalValueName(id), "over the goal's window", workspace),
            published(goalName(id), "goal", workspace),
          ]
        : []),
    ],
    leftYAxis: { label: `${axisLabels[unit]} (${better} is better)`, showUnits: false },
  });
}

function missedGoals(workspace: string): GraphWidget {
  return new GraphWidget({
    title: "Goals certainly missed",
    ...size,
    left: [published(workspaceGoalsMissed, "goals", workspace)],
    leftYAxis: { label: "goals", showUnits: false, min: 0 },
    leftAnnotations: [{ value: 1, label: "alarm" }],
  });
}

/** Draws metrics by segment: what CloudWatch has no series of. Called with the permissions of whoever looks. */
function segmentsOf(
  title: string,
  metrics: readonly AnyMetric[],
  widget: Handler,
  { dashboardWorkspace: workspace, dashboardGroupBy: groupBy }: Settings,
): CustomWidget {
  return new CustomWidget({
    title: `${title}, by ${groupBy}`,
    functionArn: widget.function.functionArn,
    params: { workspace, groupBy, metrics: metrics.map(({ id }) => id) },
    width: dashboardColumns,
    height: metrics.length > graphsPerRow ? 16 : 9,
    updateOnResize: false,
  });
}
