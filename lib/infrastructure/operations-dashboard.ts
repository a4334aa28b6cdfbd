import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  PeriodOverride,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { schedules } from "../schedules.ts";
import { thresholds } from "./alarm-rows.ts";
import type { Alarms } from "./alarms.ts";
import type { Api } from "./api.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import {
  failureSum,
  operationalMaximum,
  operationalSum,
  runsOf,
  tableSums,
  waitingIn,
} from "./operational-metrics.ts";
import type { JobQueues } from "./queues.ts";
import type { Settings } from "./settings.ts";
import type { UsedTable } from "./table.ts";

/** The contents of the dashboard. */
export interface OperationsDashboardProps {
  readonly alarms: Alarms;
  readonly api: Api;
  readonly functions: Functions;
  readonly jobs: Jobs;
  readonly queues: JobQueues;
  readonly table: UsedTable;
  readonly settings: Settings;
}

const dashboardColumns = 24;

/**
 * The state of the deployment, from the request down to the table. It draws at most 50 metrics, as many as a free
 * dashboard may have: what there is of each function comes from the logs, which are searched while somebody looks.
 */
export class OperationsDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id, {
      dashboardName: `${Stack.of(scope).stackName}-operations`,
      defaultInterval: Duration.days(1),
      // Else a longer range would sum over longer periods than the alarms do, whose thresholds are drawn.
      periodOverride: PeriodOverride.INHERIT,
    });
    this.addWidgets(
      new TextWidget({
        width: dashboardColumns,
        height: 2,
        markdown: `# Operations of ${Stack.of(scope).stackName}\nWhat to do about an alarm stands in the runbook: ${props.settings.runbookUrl}#alarms`,
      }),
    );
    this.addWidgets(
      new AlarmStatusWidget({
        title: "Alarms",
        width: dashboardColumns,
        height: 3,
        alarms: [...props.alarms.all],
      }),
    );
    this.#addRow(requestGraphs(props));
    this.#addRow(factGraphs());
    this.#addRow(failureGraphs());
    this.#addRow(jobGraphs(props));
    this.#addFunctionTables(props);
    this.#addRow(tableGraphs(props));
    this.#addRow(queueGraphs(props));
  }

  #addRow(graphs: readonly Graph[]): void {
    const width = dashboardColumns / graphs.length;
    this.addWidgets(
      ...graphs.map((graph) => new GraphWidget({ ...graph, left: [...graph.left], width, height: 6 })),
    );
  }

  #addFunctionTables({ functions: { all } }: OperationsDashboardProps): void {
    const table = (title: string, queryLines: string[]) =>
      new LogQueryWidget({
        title,
        view: LogQueryVisualizationType.TABLE,
        logGroupNames: all.map(({ log }) => log.logGroupName),
        queryLines: ['filter type = "platform.report"', ...queryLines],
        width: dashboardColumns / 2,
        height: 7,
      });
    this.addWidgets(
      table("Runs that failed, by function", [
        'filter record.status != "success"',
        "stats count(*) as failed by @log, record.status",
        "sort failed desc",
      ]),
      table("Duration in milliseconds and memory in megabytes, by function", [
        "stats count(*) as runs, pct(record.metrics.durationMs, 95) as p95, max(record.metrics.durationMs) as longest," +
          " max(record.metrics.maxMemoryUsedMB) as used, max(record.metrics.memorySizeMB) as given by @log",
        "sort p95 desc",
      ]),
    );
  }
}

interface Graph {
  readonly title: string;
  readonly left: readonly IMetric[];
  readonly leftYAxis: { readonly label: string; readonly showUnits: false; readonly min: 0 };
  /** Where an alarm rings. */
  readonly leftAnnotations?: Threshold[];
}

interface Threshold {
  readonly value: number;
  readonly label: string;
}

function graph(title: string, unit: string, left: readonly IMetric[], threshold?: Threshold): Graph {
  const axis = { label: unit, showUnits: false, min: 0 } as const;
  return { title, left, leftYAxis: axis, ...(threshold ? { leftAnnotations: [threshold] } : {}) };
}

const quarterHour = Duration.minutes(15);
const hour = Duration.hours(1);

function requestGraphs({ api: { api } }: OperationsDashboardProps): Graph[] {
  return [
    graph("Requests", "requests", [api.metricCount({ label: "requests" })]),
    // What clients do wrong would hide what is wrong here.
    graph("Requests refused (4xx)", "requests", [api.metricClientError({ label: "4xx" })]),
    graph(
      "Requests that failed (5xx)",
      "requests in 15 minutes",
      [api.metricServerError({ label: "5xx", period: quarterHour })],
      { value: thresholds.failedRequests, label: "alarm, where they are 1 % of all as well" },
    ),
    graph(
      "Latency",
      "milliseconds",
      [
        api.metricLatency({ label: "p50", statistic: Stats.p(50) }),
        api.metricLatency({ label: "p90", statistic: Stats.p(90) }),
        api.metricLatency({ label: "p99", statistic: Stats.p(99) }),
      ],
      { value: thresholds.latency, label: "alarm: p90 for 15 minutes" },
    ),
  ];
}

function factGraphs(): Graph[] {
  return [
    graph("Facts by outcome", "facts", [
      operationalSum("factsRecorded", "recorded"),
      operationalSum("factsDuplicate", "duplicate"),
      operationalSum("factsConflict", "conflict"),
      operationalSum("factsInvalid", "invalid"),
    ]),
    graph(
      "Facts that stopped coming",
      "kinds of facts of workspaces",
      [operationalMaximum("factsStopped", "stopped", hour)],
      { value: 1, label: "alarm" },
    ),
    graph("Transactions tried again", "transactions", [
      operationalSum("transactionRetries", "tried again"),
      operationalSum("shardHops", "of these on other shards"),
    ]),
  ];
}

function failureGraphs(): Graph[] {
  const ofAccount = (metricName: string, label: string, statistic: string) =>
    new Metric({ namespace: "AWS/Lambda", metricName, label, statistic });
  return [
    graph(
      "Failed requests",
      "requests in 15 minutes",
      [failureSum("requestFailures", "requests", quarterHour)],
      { value: thresholds.failedRequests, label: "alarm" },
    ),
    graph(
      "Failed runs of background functions",
      "runs in an hour",
      [failureSum("jobFailures", "runs", hour)],
      { value: thresholds.failedRuns, label: "alarm" },
    ),
    graph("Functions of the whole account", "running at once; refused", [
      ofAccount("ConcurrentExecutions", "running at once", Stats.MAXIMUM),
      ofAccount("Throttles", "refused", Stats.SUM),
    ]),
  ];
}

function jobGraphs({ functions }: OperationsDashboardProps): Graph[] {
  return [
    graph(
      "Runs of schedules",
      "runs in an hour",
      schedules.map(({ function: name }) => runsOf(functions.named(name), hour)),
      { value: 1, label: "alarm: below it for three hours" },
    ),
    graph(
      "Snapshots taken",
      "snapshots in an hour",
      [operationalSum("snapshotsTaken", "snapshots taken", hour)],
      { value: 1, label: "alarm: below it for 26 hours" },
    ),
    graph(
      "Goals certainly missed",
      "goals of the workspace that misses most",
      [operationalMaximum("goalsMissed", "goals")],
      { value: 1, label: "alarm" },
    ),
  ];
}

function tableGraphs({ table }: OperationsDashboardProps): Graph[] {
  return [
    graph("Table capacity used", "units", [
      ...tableSums(table, "ConsumedReadCapacityUnits", "read units"),
      ...tableSums(table, "ConsumedWriteCapacityUnits", "write units"),
    ]),
    graph(
      "Table throttles",
      "reads and writes in 5 minutes",
      [
        ...tableSums(table, "ReadThrottleEvents", "reads"),
        ...tableSums(table, "WriteThrottleEvents", "writes"),
      ],
      { value: thresholds.throttles, label: "alarm: all together, three times" },
    ),
  ];
}

function queueGraphs({ queues, jobs }: OperationsDashboardProps): Graph[] {
  return [
    graph(
      "Jobs waiting",
      "messages",
      queues.all.map(({ row, queue }) => waitingIn(queue, row.name)),
    ),
    graph(
      "Age of the oldest job",
      "seconds",
      queues.all.map(({ row, queue }) =>
        queue.metricApproximateAgeOfOldestMessage({ label: row.name, statistic: Stats.MAXIMUM }),
      ),
    ),
    graph(
      "Dead letters",
      "messages",
      [
        ...queues.all.map(({ row, deadLetters }) => waitingIn(deadLetters, row.name)),
        waitingIn(jobs.scheduleDeadLetters, "schedules"),
      ],
      { value: 1, label: "alarm" },
    ),
  ];
}
