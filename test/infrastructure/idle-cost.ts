import * as z from "zod";
import { hoursBetweenRuns } from "../../lib/infrastructure/schedule-hours.ts";
import type { Synthesized } from "./synthesized.ts";

/**
 * What a month costs in which nobody uses the deployment: one workspace without facts that does not publish, in us-east-1,
 * by the list prices of November 2026. Each price with the page that it is from.
 */
const prices = {
  /** aws.amazon.com/cloudwatch/pricing: each metric of a standard-resolution alarm, also inside metric math. */
  alarmMetric: 0.1,
  /** aws.amazon.com/cloudwatch/pricing */
  compositeAlarm: 0.5,
  /** aws.amazon.com/cloudwatch/pricing: each dashboard. */
  dashboard: 3,
  /** aws.amazon.com/cloudwatch/pricing: each custom metric, prorated by the hours in which it was sent. */
  customMetric: 0.3,
  /** aws.amazon.com/cloudwatch/pricing: a GB of logs taken in; a GB kept for a month. */
  logGigabyte: 0.5,
  logGigabyteKept: 0.03,
  /** aws.amazon.com/sqs/pricing: standard queues. */
  sqsRequest: 0.4e-6,
  /** aws.amazon.com/eventbridge/pricing: Scheduler. */
  scheduledRun: 1e-6,
  /** aws.amazon.com/lambda/pricing: arm64. */
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: 0.0000133334,
  /** aws.amazon.com/dynamodb/pricing/on-demand */
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
} as const;

/** aws.amazon.com/free: free for good, for the whole account, and so perhaps used up by something else. */
const free = {
  alarmMetrics: 10,
  /** Of at most 50 metrics. */
  dashboards: 3,
  metricsOfFreeDashboard: 50,
  customMetrics: 10,
  sqsRequests: 1_000_000,
} as const;

const hoursOfMonth = 730;
const secondsOfMonth = hoursOfMonth * 3600;

/**
 * "Using Lambda with Amazon SQS": Lambda polls an empty queue with five connections, each of which waits 20 seconds,
 * the longest that SQS allows. Neither a setting of the queue nor the batching window makes that less.
 */
const pollsOfQueue = (5 * secondsOfMonth) / 20;

/** What a job queue costs: its polling, and the alarm on its dead letters. */
export const costOfQueue = pollsOfQueue * prices.sqsRequest + prices.alarmMetric;

/** Assumed of a run that finds nothing to do. */
const run = { seconds: 0.5, logKilobytes: 3 } as const;

/** `docs/operations.md`: a snapshot of a day without facts. */
const snapshot = { readUnits: 62, writeUnits: 38 } as const;

/** Resources that cost something while nobody uses them. */
const priced = new Set([
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Scheduler::Schedule",
]);

/** Resources that cost nothing by being there. */
const costless = new Set([
  // Athena is billed by what a question reads, the catalogue from a million tables on.
  "AWS::Athena::WorkGroup",
  "AWS::Glue::Database",
  "AWS::Glue::Table",
  "AWS::IAM::ManagedPolicy",
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::ApiMapping",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::DomainName",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  // CodeDeploy is free where it deploys to Lambda.
  "AWS::CodeDeploy::Application",
  "AWS::CodeDeploy::DeploymentGroup",
  // On demand; its storage and backups are of what was sent.
  "AWS::DynamoDB::GlobalTable",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::Alias",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Version",
  "AWS::Logs::LogGroup",
  // Its metric is a custom one while it is sent, which is while something fails.
  "AWS::Logs::MetricFilter",
  // Its storage is of what was sent.
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
]);

/** Types of resources of which nobody has said what they cost. */
export function unknownTypes(template: Synthesized): string[] {
  return [...template.types].filter((type) => !priced.has(type) && !costless.has(type));
}

/** The metrics that the alarms watch. */
export function alarmMetrics(template: Synthesized): number {
  const metric = z.looseObject({ MetricStat: z.unknown().optional() });
  return template
    .all("AWS::CloudWatch::Alarm", z.looseObject({ Metrics: z.array(metric) }))
    .flatMap(({ properties }) => properties.Metrics)
    .filter(({ MetricStat }) => MetricStat !== undefined).length;
}

/** What is billed in a month, in dollars. */
export interface IdleCost {
  readonly alarms: number;
  readonly dashboards: number;
  readonly metrics: number;
  readonly polling: number;
  /** The schedules: their runs, reads and writes, and logs. */
  readonly runs: number;
}

/** The dollars of a month. */
export function totalOf(cost: IdleCost): number {
  return Object.values(cost).reduce((sum: number, dollars: number) => sum + dollars, 0);
}

/** How many metrics each dashboard draws. */
export function drawnMetrics(template: Synthesized, text: z.ZodType<string>): number[] {
  const graph = z.looseObject({
    properties: z.looseObject({ metrics: z.array(z.unknown()).default([]) }),
  });
  return template
    .all("AWS::CloudWatch::Dashboard", z.looseObject({ DashboardBody: text }))
    .map(({ properties }) => JSON.parse(properties.DashboardBody) as unknown)
    .map((body) => z.object({ widgets: z.array(graph) }).parse(body))
    .map(({ widgets }) => widgets.reduce((sum, { properties }) => sum + properties.metrics.length, 0));
}

/** The cost of a month without use, without AWS's free tier or with all of it. */
export function idleCost(template: Synthesized, drawn: readonly number[], withFreeTier: boolean): IdleCost {
  const count = (type: string) => template.all(type, z.unknown()).length;
  const beyond = (amount: number, freely: number) => Math.max(0, amount - (withFreeTier ? freely : 0));
  const freeDashboards = drawn.filter((metrics) => metrics <= free.metricsOfFreeDashboard).length;
  const runs = template
    .all("AWS::Scheduler::Schedule", z.looseObject({ ScheduleExpression: z.string() }))
    .reduce((sum, { properties }) => {
      return sum + hoursOfMonth / (hoursBetweenRuns(properties.ScheduleExpression) ?? 24);
    }, 0);
  // SnapshotsTaken, in the one hour of each day in which the workspace's day is snapshotted.
  const metricMonths = 1 / 24;
  const logGigabytes = (runs * run.logKilobytes) / 1024 ** 2;
  const days = hoursOfMonth / 24;
  return {
    alarms:
      beyond(alarmMetrics(template), free.alarmMetrics) * prices.alarmMetric +
      count("AWS::CloudWatch::CompositeAlarm") * prices.compositeAlarm,
    dashboards: beyond(drawn.length, Math.min(free.dashboards, freeDashboards)) * prices.dashboard,
    metrics: beyond(metricMonths, free.customMetrics) * prices.customMetric,
    polling:
      beyond(count("AWS::Lambda::EventSourceMapping") * pollsOfQueue, free.sqsRequests) * prices.sqsRequest,
    runs:
      runs * (prices.scheduledRun + prices.lambdaRequest + run.seconds * prices.lambdaGigabyteSecond) +
      days * (snapshot.readUnits * prices.readUnit + snapshot.writeUnits * prices.writeUnit) +
      logGigabytes * (prices.logGigabyte + prices.logGigabyteKept),
  };
}
