import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Api } from "./api.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import {
  failureSum,
  operationalMaximum,
  operationalSum,
  tableSums,
  waitingIn,
} from "./operational-metrics.ts";
import type { JobQueues } from "./queues.ts";
import type { UsedTable } from "./table.ts";

/** The contents of the dashboard. */
export interface OperationsDashboardProps {
  readonly alarms: Alarms;
  readonly api: Api;
  readonly functions: Functions;
  readonly jobs: Jobs;
  readonly queues: JobQueues;
  readonly table: UsedTable;
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
    });
    this.addWidgets(
      new TextWidget({
        width: dashboardColumns,
        height: 2,
        markdown: `# Operations of ${Stack.of(scope).stackName}\nWhat to do about an alarm: \`docs/operations.md\`, under the alarm's name.`,
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

function requestGraphs({ api: { api } }: OperationsDashboardProps): Graph[] {
  return [
    graph("Requests", "requests", [api.metricCount({ label: "requests" })]),
    // What clients do wrong would hide what is wrong here.
    graph("Requests refused (4xx)", "requests", [api.metricClientError({ label: "4xx" })]),
    graph("Requests that failed (5xx)", "requests", [api.metricServerError({ label: "5xx" })], {
      value: 5,
      label: "alarm: so many in 15 minutes, and 1 %",
    }),
    graph("Latency", "milliseconds", [
      api.metricLatency({ label: "p50", statistic: Stats.p(50) }),
      api.metricLatency({ label: "p95", statistic: Stats.p(95) }),
      api.metricLatency({ label: "p99", statistic: Stats.p(99) }),
    ]),
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
    graph("Transactions tried again", "transactions", [
      operationalSum("transactionRetries", "tried again"),
      operationalSum("shardHops", "of these on other shards"),
    ]),
    graph("Snapshots and goals", "count", [
      operationalSum("snapshotsTaken", "snapshots taken", Duration.hours(1)),
      operationalMaximum("goalsMissed", "goals that a workspace certainly misses"),
    ]),
  ];
}

function failureGraphs(): Graph[] {
  const ofAccount = (metricName: string, label: string, statistic: string) =>
    new Metric({ namespace: "AWS/Lambda", metricName, label, statistic });
  return [
    graph(
      "Failures",
      "failures",
      [failureSum("requestFailures", "requests"), failureSum("jobFailures", "runs of background functions")],
      { value: 3, label: "alarm: 5 requests in 15 minutes, or 3 runs in an hour" },
    ),
    graph("Functions of the whole account", "running at once; refused", [
      ofAccount("ConcurrentExecutions", "running at once", Stats.MAXIMUM),
      ofAccount("Throttles", "refused", Stats.SUM),
    ]),
  ];
}

function tableGraphs({ table }: OperationsDashboardProps): Graph[] {
  return [
    graph("Table capacity used", "units", [
      ...tableSums(table, "ConsumedReadCapacityUnits", "read units"),
      ...tableSums(table, "ConsumedWriteCapacityUnits", "write units"),
    ]),
    graph("Table throttles", "reads and writes", [
      ...tableSums(table, "ReadThrottleEvents", "reads"),
      ...tableSums(table, "WriteThrottleEvents", "writes"),
    ]),
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
