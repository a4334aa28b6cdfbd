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

export interface AlarmsProps extends Watched {
  readonly settings: Settings;
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
    const { runbookUrl } = props.settings;
    this.topic = this.#addTopic(props.settings);
    const action = new SnsAction(this.topic);
    const added = alarmRows(props).map((row) => {
      const alarm = this.#addAlarm(row, runbookUrl);
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

  #addAlarm(row: AlarmRow, runbookUrl: string): Alarm {
    const periods = row.periods ?? 1;
    return new Alarm(this, constructId(row.name), {
      alarmName: `${Stack.of(this).stackName}-${row.name}`,
      alarmDescription: `${row.means} What to do: ${runbookUrl}#${row.section}`,
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
