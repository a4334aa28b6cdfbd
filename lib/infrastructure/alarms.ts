import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { type AlarmRow, alarmRows, type Watched } from "./alarm-rows.ts";
import { constructId } from "./names.ts";
import type { Settings } from "./settings.ts";

const requestAlarms: ReadonlySet<string> = new Set(["api-server-errors", "request-failures"]);

/** The alarms, and the topic that they are sent to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly #runbookUrl: string;
  readonly #added: { readonly row: AlarmRow; readonly alarm: Alarm }[] = [];

  /** The topic alone: functions publish to it that are watched themselves. */
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.#runbookUrl = settings.runbookUrl;
    this.topic = this.#addTopic(settings);
  }

  /** Adds the alarms. */
  watch(watched: Watched): void {
    const action = new SnsAction(this.topic);
    for (const row of alarmRows(watched)) {
      const alarm = this.#addAlarm(row);
      alarm.addAlarmAction(action);
      // Whoever was woken is told when it is over, too.
      alarm.addOkAction(action);
      this.#added.push({ row, alarm });
    }
  }

  get all(): readonly Alarm[] {
    return this.#added.map(({ alarm }) => alarm);
  }

  /** Those that ring when a new version answers requests badly. */
  get ofRequests(): readonly Alarm[] {
    return this.#added.filter(({ row }) => requestAlarms.has(row.name)).map(({ alarm }) => alarm);
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
      alarmDescription: `${row.means} What to do: ${this.#runbookUrl}#${row.section}`,
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
