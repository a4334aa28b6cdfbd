import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { constructId } from "../../lib/infrastructure/names.ts";
import { hoursBetweenRuns } from "../../lib/infrastructure/schedule-hours.ts";
import { backgroundFunctions, schedules } from "../../lib/schedules.ts";
import { tableSchema } from "../../lib/store/table/keys.ts";
import { countedFromLogs, namespace, operational, service } from "../../lib/telemetry/names.ts";
import { lambdaFunction, oneOrMore, reference, statement, synthesize, text } from "./synthesized.ts";

const metricStat = z.looseObject({
  Metric: z.looseObject({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: text })).optional(),
  }),
  Period: z.number(),
  Stat: z.string(),
});
const runbookUrl = "https://docs.example.com/cx-metrics/operations.html";
const template = synthesize({ runbookUrl });
const alarms = template
  .all(
    "AWS::CloudWatch::Alarm",
    z.looseObject({
      AlarmName: z.string(),
      AlarmDescription: z.string(),
      AlarmActions: z.array(text),
      OKActions: z.array(text),
      TreatMissingData: z.string(),
      ComparisonOperator: z.string(),
      EvaluationPeriods: z.number(),
      DatapointsToAlarm: z.number(),
      Threshold: z.number(),
      Metrics: z.array(
        z.looseObject({
          Id: z.string(),
          Expression: z.string().optional(),
          MetricStat: metricStat.optional(),
        }),
      ),
    }),
  )
  .map(({ properties }) => ({
    ...properties,
    watched: properties.Metrics.flatMap(({ MetricStat }) => MetricStat ?? []),
  }));
const functions = template.all("AWS::Lambda::Function", lambdaFunction);
const filters = template.all(
  "AWS::Logs::MetricFilter",
  z.looseObject({
    LogGroupName: reference,
    MetricTransformations: z.array(z.looseObject({ MetricName: z.string(), MetricValue: z.string() })),
  }),
);
const logOfStage = template
  .all("AWS::Logs::LogGroup", z.looseObject({ LogGroupName: text }))
  .find(({ properties }) => properties.LogGroupName.endsWith("/access"));
const [topic] = template.all("AWS::SNS::Topic", z.looseObject({}));

function functionIdOf(name: string): string | undefined {
  return functions.find(({ id }) => id.startsWith(`Functions${constructId(name)}Function`))?.id;
}

function logIdOf(name: string): string | undefined {
  return functions.find(({ id }) => id === functionIdOf(name))?.properties.LoggingConfig.LogGroup.id;
}

/** The log groups from which a metric is counted. */
function counting(metricName: string): string[] {
  return filters
    .filter(({ properties }) =>
      properties.MetricTransformations.some(({ MetricName }) => MetricName === metricName),
    )
    .map(({ properties }) => properties.LogGroupName.id);
}

function named(name: string) {
  return alarms.find(({ AlarmName }) => AlarmName === `CxMetrics-${name}`);
}

it("failed requests are counted from the access log, and five in 15 minutes raise an alarm", () => {
  expect(counting(countedFromLogs.requestFailures)).toEqual([logOfStage?.id]);
  expect(named("request-failures")).toMatchObject({ Threshold: 5, EvaluationPeriods: 1 });
  expect(named("request-failures")?.watched).toEqual([
    {
      Metric: { Namespace: namespace, MetricName: countedFromLogs.requestFailures },
      Period: 900,
      Stat: "Sum",
    },
  ]);
});

it("failed runs of every background function are counted from its log, and three in an hour raise an alarm", () => {
  const logs = backgroundFunctions.map(([name]) => logIdOf(name));
  expect(counting(countedFromLogs.jobFailures).sort()).toEqual(logs.sort());
  expect(named("job-failures")).toMatchObject({ Threshold: 3, EvaluationPeriods: 1 });
  expect(named("job-failures")?.watched).toEqual([
    { Metric: { Namespace: namespace, MetricName: countedFromLogs.jobFailures }, Period: 3600, Stat: "Sum" },
  ]);
});

it("counting from logs writes no point while nothing fails, so that it costs nothing", () => {
  for (const { properties } of filters) {
    for (const transformation of properties.MetricTransformations) {
      expect(transformation.MetricValue).toBe("1");
      expect(transformation).not.toHaveProperty("DefaultValue");
      expect(transformation).not.toHaveProperty("Dimensions");
    }
  }
});

it.each(schedules.map((row) => [row.function, row.expression] as const))(
  "%s not being started raises an alarm, also when nothing at all is reported",
  (name, expression) => {
    const periods = Math.ceil(Number(hoursBetweenRuns(expression))) + 2;
    const alarm = named(`stopped-${name}`);
    expect(alarm).toMatchObject({
      EvaluationPeriods: periods,
      DatapointsToAlarm: periods,
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
    });
    expect(alarm?.watched).toEqual([
      {
        Metric: {
          Namespace: "AWS/Lambda",
          MetricName: "Invocations",
          Dimensions: [{ Name: "FunctionName", Value: `\${${functionIdOf(name)}}` }],
        },
        Period: 3600,
        Stat: "Sum",
      },
    ]);
  },
);

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

/** A metric of our own, of all workspaces, as an alarm watches it. */
const ownMetric = (MetricName: string, Period: number, Stat: string) => ({
  Metric: { Namespace: namespace, MetricName, Dimensions: [{ Name: "service", Value: service }] },
  ...{ Period, Stat },
});

it("alarms on the table end by themselves: DynamoDB reports no throttles as nothing, which such an alarm takes for no change", () => {
  const onTable = alarms.filter(({ watched }) =>
    watched.some(({ Metric }) => Metric.Namespace === "AWS/DynamoDB"),
  );
  expect(onTable.length).toBeGreaterThan(0);
  for (const { Metrics } of onTable) {
    const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? "";
    const unfilled = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).filter(
      ({ Id }) => !expression.includes(`FILL(${Id},0)`),
    );
    expect(unfilled).toEqual([]);
  }
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
  expect(alarm?.watched).toEqual([ownMetric(operational.snapshotsTaken, 3600, "Sum")]);
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
  expect(alarm?.watched).toEqual([ownMetric(operational.goalsMissed, 86_400, "Maximum")]);
});

it("a workspace whose facts stopped coming raises an alarm, one for all workspaces", () => {
  const alarm = named("facts-stopped");
  expect(alarm).toMatchObject({
    EvaluationPeriods: 2,
    DatapointsToAlarm: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
  });
  expect(alarm?.watched).toEqual([ownMetric(operational.factsStopped, 3600, "Maximum")]);
});

it("one slow request in ten for a quarter of an hour raises an alarm, where there are enough to tell", () => {
  const alarm = named("slow-requests");
  expect(alarm).toMatchObject({ Threshold: 3000, EvaluationPeriods: 3, DatapointsToAlarm: 3 });
  expect(alarm?.watched.map(({ Metric, Stat, Period }) => [Metric.MetricName, Stat, Period])).toEqual([
    ["Latency", "p90", 300],
    ["Count", "SampleCount", 300],
  ]);
  const expressions = alarm?.Metrics.flatMap(({ Expression }) => Expression ?? []);
  expect(expressions).toEqual(["IF(requests >= 20, latency, 0)"]);
});

it("all other alarms stay silent where there is no traffic", () => {
  const absence = new Set([
    "CxMetrics-no-snapshots",
    ...schedules.map((row) => `CxMetrics-stopped-${row.function}`),
  ]);
  const others = alarms.filter(({ AlarmName }) => !absence.has(AlarmName));
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
    "%s says what it means and names the full address of a section of the runbook",
    (_, { AlarmDescription }) => {
      const [, address, section] = AlarmDescription.match(/\. What to do: ([^#\s]+)#([a-z-]+)$/) ?? [];
      expect(address).toBe(runbookUrl);
      expect(sections).toContain(section);
      // CloudWatch takes no more.
      expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
    },
  );

  it("stands in the runbook's table of faults and the alarms that see them, and no other does", () => {
    const table = runbook.slice(runbook.indexOf("Which alarm detects which fault:"), runbook.indexOf("### "));
    const named = [...table.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, section]) => section);
    const sectionOf = ({ AlarmDescription }: { AlarmDescription: string }) =>
      AlarmDescription.split("#").at(-1);
    expect([...new Set(named)].sort()).toEqual([...new Set(alarms.map(sectionOf))].sort());
  });

  it("has a section that says what it means, who notices, what to look at and when it is over, and how bad it is", () => {
    const urgency = runbook.slice(runbook.indexOf("How bad it is"), runbook.indexOf("Which alarm detects"));
    for (const { AlarmDescription } of alarms) {
      const section = AlarmDescription.split("#").at(-1) ?? "";
      const text = (runbook.split(`\n### ${section}\n`)[1]?.split("\n### ")[0] ?? "").replaceAll("\n", " ");
      for (const part of ["**Means**", "**Who notices**", "**First look**", "**Over**"]) {
        expect(text, section).toContain(part);
      }
      expect(urgency).toMatch(new RegExp(`\\| \\[${section}\\]\\(#${section}\\) \\| (now|today|news)`));
    }
  });

  it("is sent to the topic, which CloudWatch may publish to", () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toEqual([`\${${topic?.id}}`]);
      expect(OKActions, "who was woken is told when it is over").toEqual(AlarmActions);
    }
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

it.each(["operations.md", "ftp://docs.example.com/", "https://docs.example.com/#alarms", "https://a b/"])(
  "an address of the runbook that is none is refused: %s",
  (address) => {
    expect(() => synthesize({ runbookUrl: address })).toThrow("The context runbookUrl must be an address");
  },
);

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
