import { describe, expect, it } from "vitest";
import * as z from "zod";
import { constructId } from "../../lib/infrastructure/names.ts";
import { queues, schedules } from "../../lib/schedules.ts";
import { lambdaFunction, oneOrMore, reference, statement, synthesize, text } from "./synthesized.ts";

const template = synthesize();
const deployed = template.all(
  "AWS::SQS::Queue",
  z.looseObject({
    SqsManagedSseEnabled: z.boolean(),
    VisibilityTimeout: z.number().optional(),
    MessageRetentionPeriod: z.number().optional(),
    RedrivePolicy: z.object({ deadLetterTargetArn: text, maxReceiveCount: z.number() }).optional(),
  }),
);
const mappings = template.all(
  "AWS::Lambda::EventSourceMapping",
  z.looseObject({
    EventSourceArn: text,
    FunctionName: reference,
    BatchSize: z.number(),
    FunctionResponseTypes: z.array(z.string()),
    ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
  }),
);
const functions = template.all("AWS::Lambda::Function", lambdaFunction);

function functionId(name: string): string | undefined {
  return functions.find(({ id }) => id.startsWith(`Functions${constructId(name)}Function`))?.id;
}

describe.each(queues)("the queue $name", (row) => {
  const queue = deployed.find(({ id }) => new RegExp(`^Queues${constructId(row.name)}[0-9A-F]{8}$`).test(id));
  const mapping = mappings.find(({ properties }) => properties.EventSourceArn === `\${${queue?.id}.Arn}`);

  it("hides a message for six times as long as its function may run", () => {
    expect(queue?.properties.VisibilityTimeout).toBe(6 * row.needs.timeoutSeconds);
  });

  it("moves a message that keeps failing to a dead-letter queue of its own, for two weeks", () => {
    const target = queue?.properties.RedrivePolicy?.deadLetterTargetArn;
    const deadLetters = deployed.find(({ id }) => `\${${id}.Arn}` === target);
    expect(queue?.properties.RedrivePolicy?.maxReceiveCount).toBe(row.maxReceiveCount);
    expect(deadLetters?.properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
    expect(
      deployed.filter(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn === target),
    ).toHaveLength(1);
  });

  it("starts its function, which reports single failures of a batch", () => {
    expect(mapping?.properties).toMatchObject({
      BatchSize: row.batchSize,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: row.maxConcurrency },
    });
    expect(mapping?.properties.FunctionName.id).toBe(functionId(row.function));
  });
});

it("every queue is encrypted and refuses plain HTTP", () => {
  const policies = template.all(
    "AWS::SQS::QueuePolicy",
    z.looseObject({
      Queues: z.array(reference),
      PolicyDocument: z.looseObject({ Statement: oneOrMore(statement) }),
    }),
  );
  for (const { id, properties } of deployed) {
    expect(properties.SqsManagedSseEnabled).toBe(true);
    const policy = policies.find((candidate) => candidate.properties.Queues.some((queue) => queue.id === id));
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  }
});

describe("the schedules", () => {
  const planned = template.all(
    "AWS::Scheduler::Schedule",
    z.looseObject({
      ScheduleExpression: z.string(),
      ScheduleExpressionTimezone: z.string(),
      FlexibleTimeWindow: z.object({ Mode: z.string() }),
      Target: z.looseObject({
        Arn: text,
        RetryPolicy: z.object({ MaximumEventAgeInSeconds: z.number(), MaximumRetryAttempts: z.number() }),
        DeadLetterConfig: z.object({ Arn: text }),
      }),
    }),
  );

  it("are those of the table: its expression in UTC, to the minute, on its function", () => {
    const found = planned.map(({ properties }) => [properties.ScheduleExpression, properties.Target.Arn]);
    expect(found).toEqual(schedules.map((row) => [row.expression, `\${${functionId(row.function)}.Arn}`]));
    for (const { properties } of planned) {
      expect(properties.ScheduleExpressionTimezone).toBe("UTC");
      expect(properties.FlexibleTimeWindow.Mode).toBe("OFF");
    }
  });

  it("try again for an hour and then keep the run in a dead-letter queue", () => {
    const ids = deployed.map(({ id }) => `\${${id}.Arn}`);
    for (const { properties } of planned) {
      expect(properties.Target.RetryPolicy).toEqual({
        MaximumEventAgeInSeconds: 3600,
        MaximumRetryAttempts: 10,
      });
      expect(ids).toContain(properties.Target.DeadLetterConfig.Arn);
    }
  });
});
