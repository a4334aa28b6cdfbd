import { Queue } from "aws-cdk-lib/aws-sqs";
import { expect, it } from "vitest";
import * as z from "zod";
import { constructId } from "../../lib/infrastructure/names.ts";
import { queues, schedules } from "../../lib/schedules.ts";
import { makeApp, synthesize } from "./synthesized.ts";

const template = synthesize();

it("the outputs say where the API, the table, the dashboards and the alarms are, and what the runbook's commands name", () => {
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(template.json["Outputs"])).sort()).toEqual(
    [
      "AlarmTopicArn",
      "ApiUrl",
      "ExperienceDashboardUrl",
      "OperationsDashboardUrl",
      ...schedules.map((row) => `${constructId(row.function)}Function`),
      ...[...queues.map(({ name }) => name), "schedules"].map((name) => `${constructId(name)}DeadLettersUrl`),
      "TableName",
    ].sort(),
  );
});

it("the template is bound to no account or region", () => {
  expect(makeApp().stack.environment).toBe("aws://unknown-account/unknown-region");
  expect(JSON.stringify(template.json)).not.toMatch(/\b\d{12}\b/);
});

it("the template needs no custom resources, nested stacks or metadata", () => {
  const unwanted = [...template.types].filter((type) =>
    /^Custom::|CustomResource|CloudFormation::Stack|CDK::Metadata/.test(type),
  );
  expect(unwanted).toEqual([]);
});

it("synthesizing passes CloudFormation's and AwsSolutions' rules", () => {
  expect(() => makeApp({}, true).app.synth()).not.toThrow();
});

it("synthesizing fails where a resource breaks a rule", () => {
  const { app, stack } = makeApp({}, true);
  new Queue(stack, "Unprotected");
  expect(() => app.synth()).toThrow(/AwsSolutions-SQS3[\s\S]*AwsSolutions-SQS4/);
});

it("every acknowledged rule has its reason", () => {
  const { stack } = makeApp();
  const acknowledged = stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
    .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string()).parse(data)));
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const [rule, reason] of acknowledged) {
    expect(rule).toMatch(/AwsSolutions-[A-Z0-9]+$/);
    expect(reason.length).toBeGreaterThan(20);
  }
});
