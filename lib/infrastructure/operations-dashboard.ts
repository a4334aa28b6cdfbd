import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Api } from "./api.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import {
  errorsOf,
  operationalMaximum,
  operationalSum,
  tableSums,
  throttlesOf,
  waitingIn,
} from "./operational-metrics.ts";
import type { JobQueues } from "./queues.ts";
import type { UsedTable } from "./table.ts";

/** What the dashboard draws. */
export interface OperationsDashboardProps {
  readonly alarms: Alarms;
  readonly api: Api;
  readonly functions: Functions;
  readonly jobs: Jobs;
  readonly queues: JobQueues;
  readonly table: UsedTable;
}

const dashboardColumns = 24;

/** The state of the deployment, from the request down to the table. */
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
    this.#addRow(functionGraphs(props));
    this.#addRow(tableGraphs(props));
    this.#addRow(queueGraphs(props));
  }

  #addRow(graphs: readonly Graph[]): void {
    const width = dashboardColumns / graphs.length;
    this.addWidgets(
      ...graphs.map((graph) => new GraphWidget({ ...graph, left: [...graph.left], width, height: 6 })),
    );
  }
}

interface Graph {
  readonly title: string;
  readonly left: readonly IMetric[];
  readonly leftYAxis: { readonly label: string; readonly showUnits: false; readonly min: 0 };
}

function graph(title: string, unit: string, left: readonly IMetric[]): Graph {
  return { title, left, leftYAxis: { label: unit, showUnits: false, min: 0 } };
}

function requestGraphs({ api: { api } }: OperationsDashboardProps): Graph[] {
  return [
    graph("Requests", "requests", [api.metricCount({ label: "requests" })]),
    graph("Requests answered with an error", "requests", [
      api.metricClientError({ label: "4xx" }),
      api.metricServerError({ label: "5xx" }),
    ]),
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
      operationalSum("workspacesPlanned", "workspaces planned", Duration.hours(1)),
      operationalMaximum("goalsMissed", "goals that a workspace certainly misses"),
    ]),
  ];
}

function functionGraphs({ functions: { all } }: OperationsDashboardProps): Graph[] {
  return [
    graph(
      "Function errors",
      "errors",
      all.map((handler) => errorsOf(handler)),
    ),
    graph(
      "Function throttles",
      "calls",
      all.map((handler) => throttlesOf(handler)),
    ),
    graph(
      "Function duration, p95",
      "milliseconds",
      all.map(({ name, function: target }) => target.metricDuration({ label: name, statistic: Stats.p(95) })),
    ),
    graph(
      "Function concurrency",
      "running at once",
      all.map(({ name, function: target }) =>
        target.metric("ConcurrentExecutions", { label: name, statistic: Stats.MAXIMUM }),
      ),
    ),
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
    graph("Dead letters", "messages", [
      ...queues.all.map(({ row, deadLetters }) => waitingIn(deadLetters, row.name)),
      waitingIn(jobs.scheduleDeadLetters, "schedules"),
    ]),
  ];
}
