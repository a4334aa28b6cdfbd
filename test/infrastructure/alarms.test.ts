import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { tableSchema } from "../../lib/store/table/keys.ts";
import { namespace, operational, service } from "../../lib/telemetry/names.ts";
import { lambdaFunction, oneOrMore, statement, synthesize, text } from "./synthesized.ts";

const metricStat = z.looseObject({
  Metric: z.looseObject({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: text })).optional(),
  }),
  Period: z.number(),
  Stat: z.string(),
});
const template = synthesize();
const alarms = template
  .all(
    "AWS::CloudWatch::Alarm",
    z.looseObject({
      AlarmName: z.string(),
      AlarmDescription: z.string(),
      AlarmActions: z.array(text),
      TreatMissingData: z.string(),
      ComparisonOperator: z.string(),
      EvaluationPeriods: z.number(),
      DatapointsToAlarm: z.number(),
      Threshold: z.number(),
      Metrics: z.array(z.looseObject({ MetricStat: metricStat.optional() })),
    }),
  )
  .map(({ properties }) => ({
    ...properties,
    watched: properties.Metrics.flatMap(({ MetricStat }) => MetricStat ?? []),
  }));
const functions = template.all("AWS::Lambda::Function", lambdaFunction);
const [topic] = template.all("AWS::SNS::Topic", z.looseObject({}));

function named(name: string) {
  return alarms.find(({ AlarmName }) => AlarmName === `CxMetrics-${name}`);
}

/** Functions whose metric of a name some alarm watches. */
function watchedFunctions(metricName: string): string[] {
  return alarms
    .flatMap(({ watched }) => watched)
    .filter(({ Metric }) => Metric.Namespace === "AWS/Lambda" && Metric.MetricName === metricName)
    .flatMap(({ Metric }) => Metric.Dimensions?.map(({ Value }) => Value) ?? []);
}

it.each(["Errors", "Throttles"])("%s of every function are watched, each by one alarm", (metricName) => {
  expect(watchedFunctions(metricName).sort()).toEqual(functions.map(({ id }) => `\${${id}}`).sort());
});

it("the API's server errors are watched", () => {
  expect(
    named("api-server-errors")
      ?.watched.map(({ Metric }) => Metric.MetricName)
      .sort(),
  ).toEqual(["5xx", "Count"]);
});

it("no alarm adds more metrics than CloudWatch takes", () => {
  for (const alarm of alarms) expect(alarm.watched.length).toBeLessThanOrEqual(10);
});

it("every dead-letter queue raises an alarm with its first message", () => {
  const queues = template.all("AWS::SQS::Queue", z.looseObject({ RedrivePolicy: z.unknown().optional() }));
  const deadLetters = queues.filter(({ properties }) => properties.RedrivePolicy === undefined);
  const watching = alarms.filter(({ AlarmName }) => AlarmName.startsWith("CxMetrics-dead-letters-"));
  const watched = watching.flatMap((alarm) => alarm.watched.flatMap(({ Metric }) => Metric.Dimensions ?? []));
  expect(watched.map(({ Value }) => Value).sort()).toEqual(
    deadLetters.map(({ id }) => `\${${id}.QueueName}`).sort(),
  );
  for (const alarm of watching) expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
});

it("throttles of the table and of each of its indexes are watched, since DynamoDB counts them apart", () => {
  const watched = named("table-throttles")?.watched.map(({ Metric }) => [
    Metric.MetricName,
    Metric.Dimensions?.find(({ Name }) => Name === "GlobalSecondaryIndexName")?.Value,
  ]);
  const targets = [undefined, ...tableSchema.indexes.map(({ name }) => name)];
  expect(watched).toEqual(
    ["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((name) => targets.map((index) => [name, index])),
  );
});

it("26 hours without a snapshot raise an alarm, also when nothing at all is reported", () => {
  const alarm = named("no-snapshots");
  expect(alarm).toMatchObject({
    EvaluationPeriods: 26,
    DatapointsToAlarm: 26,
    Threshold: 1,
    ComparisonOperator: "LessThanThreshold",
    TreatMissingData: "breaching",
  });
  expect(alarm?.watched).toEqual([
    {
      Metric: {
        Namespace: namespace,
        MetricName: operational.snapshotsTaken,
        Dimensions: [{ Name: "service", Value: service }],
      },
      Period: 3600,
      Stat: "Sum",
    },
  ]);
});

it("a goal that is certainly missed raises an alarm, one for all workspaces, which does not ring again each day", () => {
  const alarm = named("goals-missed");
  expect(alarm).toMatchObject({
    EvaluationPeriods: 2,
    DatapointsToAlarm: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
  });
  expect(alarm?.watched).toEqual([
    {
      Metric: {
        Namespace: namespace,
        MetricName: operational.goalsMissed,
        Dimensions: [{ Name: "service", Value: service }],
      },
      Period: 86_400,
      Stat: "Maximum",
    },
  ]);
});

it("all other alarms stay silent where there is no traffic", () => {
  const others = alarms.filter((alarm) => alarm !== named("no-snapshots"));
  expect(new Set(others.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(["notBreaching"]));
});

describe("every alarm", () => {
  const runbook = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const sections = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .trim()
      .replace(/ /g, "-"),
  );

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    "%s says what it means and points to a section of the runbook",
    (_, { AlarmDescription }) => {
      const section = AlarmDescription.match(/\. What to do: docs\/operations\.md#([a-z-]+)$/)?.[1];
      expect(sections).toContain(section);
    },
  );

  it("is sent to the topic, which CloudWatch may publish to", () => {
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([`\${${topic?.id}}`]);
    const [policy] = template.all(
      "AWS::SNS::TopicPolicy",
      z.looseObject({ PolicyDocument: z.looseObject({ Statement: oneOrMore(statement) }) }),
    );
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Action: ["sns:Publish"],
        Principal: { Service: "cloudwatch.amazonaws.com" },
      }),
    );
  });
});

it("alarms are mailed only where the deployment names an address", () => {
  const subscriptions = (context: Record<string, unknown>) =>
    synthesize(context)
      .all("AWS::SNS::Subscription", z.looseObject({}))
      .map(({ properties }) => properties);
  expect(subscriptions({})).toEqual([]);
  expect(subscriptions({ alarmEmail: "operator@example.com" })).toEqual([
    expect.objectContaining({ Protocol: "email", Endpoint: "operator@example.com" }),
  ]);
});
