import { Duration, Stack } from "aws-cdk-lib";
import {
  Metric as CloudWatchMetric,
  Dashboard,
  GraphWidget,
  PeriodOverride,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { AnyMetric, Unit } from "../metrics/metric.ts";
import { namespace, publishedName, workspaceDimension } from "../telemetry/names.ts";
import type { Api } from "./api.ts";
import type { Settings } from "./settings.ts";

/** What the dashboard draws. */
export interface ExperienceDashboardProps {
  readonly metrics: readonly AnyMetric[];
  readonly api: Api;
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

/** One graph a metric of the registry, for one workspace. */
export class ExperienceDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { metrics, api, settings }: ExperienceDashboardProps) {
    super(scope, id, {
      dashboardName: `${Stack.of(scope).stackName}-experience`,
      defaultInterval: Duration.days(90),
      // The values are published once a day: a longer range must not merge days, nor a shorter one look for hours.
      periodOverride: PeriodOverride.INHERIT,
    });
    const workspace = settings.dashboardWorkspace;
    this.addWidgets(
      new TextWidget({
        width: dashboardColumns,
        height: 3,
        markdown: [
          `# Customer experience of the workspace ${workspace}`,
          "One value a day, published when the day is snapshotted: a picture, not the ledger. Sample sizes, intervals,",
          `segments and corrected days: [the API](${api.api.apiEndpoint}/v1/openapi.json), for example`,
          "`GET /v1/metrics/nps?from=…&to=…`.",
        ].join("\n"),
      }),
    );
    for (let first = 0; first < metrics.length; first += graphsPerRow) {
      const row = metrics.slice(first, first + graphsPerRow);
      this.addWidgets(...row.map((metric) => graphOf(metric, workspace)));
    }
  }
}

function graphOf(metric: AnyMetric, workspace: string): GraphWidget {
  return new GraphWidget({
    title: metric.name,
    width: dashboardColumns / graphsPerRow,
    height: 6,
    left: [
      new CloudWatchMetric({
        namespace,
        metricName: publishedName(metric.id),
        dimensionsMap: { [workspaceDimension]: workspace },
        label: metric.name,
        // A value that is published twice is still one value: a sum would double it.
        statistic: Stats.MAXIMUM,
        period: Duration.days(1),
      }),
    ],
    leftYAxis: { label: `${axisLabels[metric.unit]} (${metric.better} is better)`, showUnits: false },
  });
}
