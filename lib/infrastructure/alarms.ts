import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { schedules } from "../schedules.ts";
import type { Api } from "./api.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import { constructId } from "./names.ts";
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
import type { Settings } from "./settings.ts";
import type { UsedTable } from "./table.ts";

/** The resources that are watched. */
export interface AlarmsProps {
  readonly api: Api;
  readonly functions: Functions;
  readonly jobs: Jobs;
  readonly queues: JobQueues;
  readonly table: UsedTable;
  readonly settings: Settings;
}

interface AlarmRow {
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

const requestAlarms: ReadonlySet<string> = new Set(["api-server-errors", "request-failures"]);

/** The alarms, and the topic that they are sent to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Alarm[];
  /** Those that ring when a new version answers requests badly. */
  readonly ofRequests: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = this.#addTopic(props.settings);
    const action = new SnsAction(this.topic);
    const added = rowsOf(props).map((row) => {
      const alarm = this.#addAlarm(row);
      alarm.addAlarmAction(action);
      // Whoever was woken is told when it is over, too.
      alarm.addOkAction(action);
      return { row, alarm };
    });
    this.all = added.map(({ alarm }) => alarm);
    this.ofRequests = added.filter(({ row }) => requestAlarms.has(row.name)).map(({ alarm }) => alarm);
  }

  #addTopic({ alarmEmail }: Settings): Topic {
    const topic = new Topic(this, "Topic", {
      displayName: `${Stack.of(this).stackName} alarms`,
      enforceSSL: true,
    });
    // A topic with a policy of its own lets nobody else publish, CloudWatch included.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsPublish",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
  }

  #addAlarm(row: AlarmRow): Alarm {
    const periods = row.periods ?? 1;
    return new Alarm(this, constructId(row.name), {
      alarmName: `${Stack.of(this).stackName}-${row.name}`,
      alarmDescription: `${row.means} What to do: docs/operations.md#${row.section}`,
      metric: row.metric,
      threshold: row.threshold,
      comparisonOperator: row.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: row.datapoints ?? periods,
      treatMissingData: row.missing ?? TreatMissingData.NOT_BREACHING,
    });
  }
}

const fiveMinutes = Duration.minutes(5);
const quarterHour = Duration.minutes(15);
const hour = Duration.hours(1);

function rowsOf(props: AlarmsProps): AlarmRow[] {
  return [
    apiRow(props),
    ...failureRows,
    ...scheduleRows(props),
    ...deadLetterRows(props),
    tableRow(props),
    {
      name: "no-snapshots",
      section: "no-snapshots",
      means: "No snapshot has been taken for 26 hours.",
      metric: operationalSum("snapshotsTaken", "Snapshots taken", hour),
      threshold: 1,
      below: true,
      periods: 26,
      missing: TreatMissingData.BREACHING,
    },
    goalsRow,
  ];
}

/** One metric for all functions, as CloudWatch bills each that an alarm looks at. Which function it was, its log says. */
const failureRows: readonly AlarmRow[] = [
  {
    name: "request-failures",
    section: "request-failures",
    means: "In 15 minutes 5 requests or more failed: a function or the authorizer failed or could not run.",
    metric: failureSum("requestFailures", "Failed requests", quarterHour),
    threshold: 5,
  },
  {
    name: "job-failures",
    section: "job-failures",
    means: "In an hour 3 runs or more of background functions failed.",
    metric: failureSum("jobFailures", "Failed runs of background functions", hour),
    threshold: 3,
  },
];

/** A schedule that starts nothing leaves no error behind: switched off, refused, or its role gone. */
function scheduleRows({ functions }: AlarmsProps): AlarmRow[] {
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

/** A share, so that one bad minute of a busy day wakes nobody; and a count, so that one bad request does not either. */
function apiRow({ api: { api } }: AlarmsProps): AlarmRow {
  return {
    name: "api-server-errors",
    section: "api-server-errors",
    means: "In 15 minutes the API answered 5 requests or more, and 1 % or more, with a 5xx status.",
    metric: new MathExpression({
      expression: "IF(errors >= 5, 100 * errors / requests, 0)",
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

function deadLetterRows({ queues, jobs }: AlarmsProps): AlarmRow[] {
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
function tableRow({ table }: AlarmsProps): AlarmRow {
  return {
    name: "table-throttles",
    section: "table-throttles",
    means:
      "The table and its indexes refused 50 reads and writes or more in each of three periods of 5 minutes.",
    metric: sumOf(
      [
        ...tableSums(table, "ReadThrottleEvents", "reads"),
        ...tableSums(table, "WriteThrottleEvents", "writes"),
      ],
      "Throttled requests",
      fiveMinutes,
    ),
    threshold: 50,
    periods: 3,
  };
}
