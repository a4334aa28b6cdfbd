import { Duration, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { schedules } from "../schedules.ts";
import type { Functions } from "./functions.ts";
import { constructId } from "./names.ts";
import { DeadLetterQueue, type JobQueues } from "./queues.ts";

export interface JobsProps {
  readonly functions: Functions;
  readonly queues: JobQueues;
}

/** Starts the background functions: by the schedule table and by the queues. */
export class Jobs extends Construct {
  /** Runs that Scheduler could not start. */
  readonly scheduleDeadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { functions, queues }: JobsProps) {
    super(scope, id);
    this.scheduleDeadLetters = new DeadLetterQueue(this, "ScheduleDeadLetters");
    Validations.of(this.scheduleDeadLetters).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is the dead-letter queue of the schedules, which the rule does not look at.",
    });
    this.#addSchedules(functions);
    for (const { row, queue } of queues.all) {
      functions.named(row.function).function.addEventSource(
        new SqsEventSource(queue, {
          batchSize: row.batchSize,
          maxConcurrency: row.maxConcurrency,
          reportBatchItemFailures: true,
        }),
      );
    }
  }

  /**
   * Schedules as plain resources: the higher-level target would let its role invoke every version and alias of the
   * function, with a wildcard.
   */
  #addSchedules(functions: Functions): void {
    const role = new Role(this, "ScheduleRole", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "Lets the schedules start their functions",
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: "KeepFailedRuns",
        actions: ["sqs:SendMessage"],
        resources: [this.scheduleDeadLetters.queueArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        sid: "StartFunctions",
        actions: ["lambda:InvokeFunction"],
        resources: schedules.map((schedule) => functions.named(schedule.function).function.functionArn),
      }),
    );
    for (const schedule of schedules) {
      const resource = new CfnSchedule(this, `${constructId(schedule.function)}Schedule`, {
        description: schedule.description,
        scheduleExpression: schedule.expression,
        scheduleExpressionTimezone: "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: functions.named(schedule.function).function.functionArn,
          roleArn: role.roleArn,
          input: "{}",
          retryPolicy: { maximumEventAgeInSeconds: Duration.hours(1).toSeconds(), maximumRetryAttempts: 10 },
          deadLetterConfig: { arn: this.scheduleDeadLetters.queueArn },
        },
      });
      resource.node.addDependency(role);
    }
  }
}
