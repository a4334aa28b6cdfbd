import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { schedules } from "../schedules.ts";
import type { Api } from "./api.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import {
  failureSum,
  operationalMaximum,
  operationalSum,
  runsOf,
  sumOf,
  tableSums,
  waitingIn,
} from "./operational-metrics.ts";
import type { JobQueues } from "./queues.ts";
import { hoursBetweenRuns } from "./schedule-hours.ts";
import type { UsedTable } from "./table.ts";

/** What is watched, and from when on it rings. */

/** The resources that are watched. */
export interface Watched {
  readonly api: Api;
  readonly functions: Functions;
  readonly jobs: Jobs;
  readonly queues: JobQueues;
  readonly table: UsedTable;
}

/** An alarm. */
export interface AlarmRow {
  /** Ends the alarm's name; several alarms can share a section of the runbook. */
  readonly name: string;
  /** The section of docs/operations.md that says what to do. */
  readonly section: string;
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly below?: boolean;
  readonly periods?: number;
  /** How many of the periods must be beyond the threshold; all of them when absent. */
  readonly datapoints?: number;
  readonly missing?: TreatMissingData;
}

const fiveMinutes = Duration.minutes(5);
const quarterHour = Duration.minutes(15);
const hour = Duration.hours(1);

/** From so much on an alarm rings. Graphs draw the same. */
export const thresholds = {
  /** Requests answered with 5xx, in 15 minutes. */
  failedRequests: 5,
  /** Runs of background functions that failed, in an hour. */
  failedRuns: 3,
  /** Milliseconds that nine of ten requests are faster than. */
  latency: 3_000,
  /** Requests in five minutes, from which on latency says something. */
  requestsForLatency: 20,
  /** Reads and writes that the table and its indexes refused, in five minutes. */
  throttles: 50,
} as const;

/** All alarms, in the order of the runbook. */
export function alarmRows(watched: Watched): AlarmRow[] {
  return [
    apiRow(watched),
    latencyRow(watched),
    ...failureRows,
    ...scheduleRows(watched),
    ...deadLetterRows(watched),
    tableRow(watched),
    snapshotsRow,
    factsRow,
    goalsRow,
  ];
}

/** A share, so that one bad minute of a busy day wakes nobody; and a count, so that one bad request does not either. */
function apiRow({ api: { api } }: Watched): AlarmRow {
  const { failedRequests } = thresholds;
  return {
    name: "api-server-errors",
    section: "api-server-errors",
    means: `In 15 minutes the API answered ${failedRequests} requests or more, and 1 % or more, with a 5xx status.`,
    metric: new MathExpression({
      expression: `IF(errors >= ${failedRequests}, 100 * errors / requests, 0)`,
      usingMetrics: {
        errors: api.metricServerError({ period: quarterHour }),
        requests: api.metricCount({ period: quarterHour }),
      },
      label: "Requests answered with 5xx (%)",
      period: quarterHour,
    }),
    threshold: 1,
  };
}

/** One in ten, for a quarter of an hour, where there are enough requests to tell: a single slow one or a cold start wakes nobody. */
function latencyRow({ api: { api } }: Watched): AlarmRow {
  const { latency, requestsForLatency } = thresholds;
  return {
    name: "slow-requests",
    section: "slow-requests",
    means: `For 15 minutes one request in ten took ${latency / 1_000} seconds or longer.`,
    metric: new MathExpression({
      expression: `IF(requests >= ${requestsForLatency}, latency, 0)`,
      usingMetrics: {
        latency: api.metricLatency({ period: fiveMinutes, statistic: Stats.p(90) }),
        requests: api.metricCount({ period: fiveMinutes }),
      },
      label: "Latency of the slowest tenth (ms)",
      period: fiveMinutes,
    }),
    threshold: latency,
    periods: 3,
  };
}

/** One metric for all functions, as CloudWatch bills each that an alarm looks at. Which function it was, its log says. */
const failureRows: readonly AlarmRow[] = [
  {
    name: "request-failures",
    section: "request-failures",
    means: `In 15 minutes ${thresholds.failedRequests} requests or more failed: a function or the authorizer failed or could not run.`,
    metric: failureSum("requestFailures", "Failed requests", quarterHour),
    threshold: thresholds.failedRequests,
  },
  {
    name: "job-failures",
    section: "job-failures",
    means: `In an hour ${thresholds.failedRuns} runs or more of background functions failed.`,
    metric: failureSum("jobFailures", "Failed runs of background functions", hour),
    threshold: thresholds.failedRuns,
  },
];

/** A schedule that starts nothing leaves no error behind: switched off, refused, or its role gone. */
function scheduleRows({ functions }: Watched): AlarmRow[] {
  return schedules.flatMap(({ function: name, expression }) => {
    const hours = hoursBetweenRuns(expression);
    if (hours === undefined) return [];
    const periods = Math.ceil(hours) + 2;
    return {
      name: `stopped-${name}`,
      section: "stopped",
      means: `${name} has not run for ${periods} hours.`,
      metric: runsOf(functions.named(name), hour),
      threshold: 1,
      below: true,
      periods,
      missing: TreatMissingData.BREACHING,
    };
  });
}

function deadLetterRows({ queues, jobs }: Watched): AlarmRow[] {
  const deadLetters = [
    ...queues.all.map(({ row, deadLetters }) => ({ name: row.name, queue: deadLetters })),
    { name: "schedules", queue: jobs.scheduleDeadLetters },
  ];
  return deadLetters.map(({ name, queue }) => ({
    name: `dead-letters-${name}`,
    section: "dead-letters",
    means: `The dead-letter queue of ${name} holds work that failed for good.`,
    metric: waitingIn(queue, name),
    threshold: 1,
  }));
}

/** An on-demand table refuses requests for a moment while it grows; the functions try those again by themselves. */
function tableRow({ table }: Watched): AlarmRow {
  return {
    name: "table-throttles",
    section: "table-throttles",
    means: `The table and its indexes refused ${thresholds.throttles} reads and writes or more in each of three periods of 5 minutes.`,
    metric: sumOf(
      [
        ...tableSums(table, "ReadThrottleEvents", "reads"),
        ...tableSums(table, "WriteThrottleEvents", "writes"),
      ],
      "Throttled requests",
      fiveMinutes,
    ),
    threshold: thresholds.throttles,
    periods: 3,
  };
}

const snapshotsRow: AlarmRow = {
  name: "no-snapshots",
  section: "no-snapshots",
  means: "No snapshot has been taken for 26 hours.",
  metric: operationalSum("snapshotsTaken", "Snapshots taken", hour),
  threshold: 1,
  below: true,
  periods: 26,
  missing: TreatMissingData.BREACHING,
};

/** The number comes once an hour, minutes earlier or later: over two hours there is always one. */
const factsRow: AlarmRow = {
  name: "facts-stopped",
  section: "facts-stopped",
  means:
    "A workspace gets no responses or no events any more, though it usually does at this weekday and hour.",
  metric: operationalMaximum("factsStopped", "Kinds of facts that stopped coming", hour),
  threshold: 1,
  periods: 2,
  datapoints: 1,
};

/**
 * The number comes once a day, minutes earlier or later: over two days there is always one, so that the alarm does not
 * ring again each morning. Where there are no goals any more, none comes, and the alarm is over.
 */
const goalsRow: AlarmRow = {
  name: "goals-missed",
  section: "goals-missed",
  means:
    "On one of the last two days a workspace certainly missed a goal: its value and the whole 95 % interval were on the wrong side.",
  metric: operationalMaximum("goalsMissed", "Goals certainly missed"),
  threshold: 1,
  periods: 2,
  datapoints: 1,
};
