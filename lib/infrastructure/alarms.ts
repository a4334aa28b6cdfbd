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
import type { Api } from "./api.ts";
import type { Handler } from "./function.ts";
import type { Functions } from "./functions.ts";
import type { Jobs } from "./jobs.ts";
import { constructId } from "./names.ts";
import {
  errorsOf,
  operationalMaximum,
  operationalSum,
  sumOf,
  tableSums,
  throttlesOf,
  waitingIn,
} from "./operational-metrics.ts";
import type { JobQueues } from "./queues.ts";
import type { Settings } from "./settings.ts";
import type { UsedTable } from "./table.ts";

/** What is watched. */
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

/** CloudWatch adds up to ten metrics in one alarm. */
const metricsPerAlarm = 10;

/** The alarms, and the topic that they are sent to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = this.#addTopic(props.settings);
    const action = new SnsAction(this.topic);
    this.all = rowsOf(props).map((row) => {
      const alarm = this.#addAlarm(row);
      alarm.addAlarmAction(action);
      return alarm;
    });
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
  const { http, jobs } = props.functions;
  return [
    apiRow(props),
    ...summed(http, "request-errors", errorsOf, quarterHour, 5, "Functions that answer requests failed"),
    ...summed(http, "request-throttles", throttlesOf, quarterHour, 10, "Lambda refused to answer requests"),
    ...summed(jobs, "job-errors", errorsOf, hour, 3, "Background functions failed"),
    ...summed(jobs, "job-throttles", throttlesOf, hour, 10, "Lambda refused to run background functions"),
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

/** One alarm for up to ten functions: which of them it was, the operations dashboard shows. */
function summed(
  handlers: readonly Handler[],
  name: string,
  metricOf: (handler: Handler, period: Duration) => IMetric,
  period: Duration,
  threshold: number,
  means: string,
): AlarmRow[] {
  const groups = Math.ceil(handlers.length / metricsPerAlarm);
  return Array.from({ length: groups }, (_, index) => {
    const group = handlers.slice(index * metricsPerAlarm, (index + 1) * metricsPerAlarm);
    return {
      name: index === 0 ? name : `${name}-${index + 1}`,
      section: name,
      means: `${means} ${threshold} times or more in ${period.toMinutes()} minutes.`,
      metric: sumOf(
        group.map((handler) => metricOf(handler, period)),
        name,
        period,
      ),
      threshold,
    };
  });
}
