import { Queue } from "aws-cdk-lib/aws-sqs";
import { expect, it } from "vitest";
import * as z from "zod";
import { constructId } from "../../lib/infrastructure/names.ts";
import { queues, schedules } from "../../lib/schedules.ts";
import { makeApp, type Synthesized, synthesize } from "./synthesized.ts";

const template = synthesize();

function outputsOf({ json }: Synthesized): string[] {
  return Object.keys(z.record(z.string(), z.unknown()).parse(json["Outputs"]));
}

it("the outputs say where the API, the table and the alarms are, and what the runbook's commands name", () => {
  expect(outputsOf(template).sort()).toEqual(
    [
      "AlarmTopicArn",
      "AnalystPolicyArn",
      "ApiUrl",
      "ArchiveBucketName",
      ...schedules.map((row) => `${constructId(row.function)}Function`),
      ...[...queues.map(({ name }) => name), "schedules"].map((name) => `${constructId(name)}DeadLettersUrl`),
      "TableName",
    ].sort(),
  );
});

it("the outputs say where the dashboards are, where there are any", () => {
  const more = outputsOf(synthesize({ dashboards: "both" })).filter(
    (name) => !outputsOf(template).includes(name),
  );
  expect(more.sort()).toEqual(["ExperienceDashboardUrl", "OperationsDashboardUrl"]);
});

it("AWS refuses to delete the stack, unless the deployment says otherwise", () => {
  expect(makeApp().stack.terminationProtection).toBe(true);
  expect(makeApp({ terminationProtection: "false" }).stack.terminationProtection).toBe(false);
  expect(() => makeApp({ terminationProtection: "no" })).toThrow(
    "terminationProtection must be true or false",
  );
});

it("everything is tagged with the product's name, and with what the deployment adds", () => {
  expect(makeApp().stack.tags.tagValues()).toEqual({ application: "cx-metrics" });
  expect(makeApp({ tags: "team=insights, cost-center=42" }).stack.tags.tagValues()).toEqual({
    application: "cx-metrics",
    team: "insights",
    "cost-center": "42",
  });
  expect(() => makeApp({ tags: "team" })).toThrow("tags must be written as name=value");
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

it.each([
  ["", {}],
  [
    ", with everything that can be chosen",
    {
      dashboards: "both",
      rollout: "canary",
      alarmEmail: "operator@example.com",
      domainName: "metrics.example.com",
      certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/one",
    },
  ],
])("synthesizing passes CloudFormation's and AwsSolutions' rules%s", (_, context) => {
  expect(() => makeApp(context, true).app.synth()).not.toThrow();
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
    expect(rule).toMatch(/AwsSolutions-[A-Z0-9]+(\[Resource::[^\]]+\])?$/);
    expect(reason.length).toBeGreaterThan(20);
  }
});
