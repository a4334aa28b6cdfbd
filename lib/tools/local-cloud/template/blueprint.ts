import { LocalCloudError } from "../errors.ts";
import { type ApiBlueprint, readApi } from "./api-blueprint.ts";
import type { Assembly, TemplateResource } from "./assembly.ts";
import { type BucketBlueprint, readBucket } from "./bucket-blueprint.ts";
import {
  type AlarmBlueprint,
  type DashboardBlueprint,
  readAlarm,
  readDashboard,
} from "./dashboard-blueprint.ts";
import { type FunctionBlueprint, readFunction } from "./function-blueprint.ts";
import { resolve } from "./intrinsics.ts";
import { type Endpoints, nameResources } from "./names.ts";
import { type ConsumerBlueprint, type QueueBlueprint, readConsumer, readQueue } from "./queue-blueprint.ts";
import type { ReadingContext } from "./reading-context.ts";
import { readSchedule, type ScheduleBlueprint } from "./schedule-blueprint.ts";
import { readTable, type TableBlueprint } from "./table-blueprint.ts";
import { readTopic, type TopicBlueprint } from "./topic-blueprint.ts";

/** The resources that the local cloud runs: the template with every reference resolved. */
export interface Blueprint {
  readonly functions: readonly FunctionBlueprint[];
  readonly tables: readonly TableBlueprint[];
  readonly queues: readonly QueueBlueprint[];
  readonly buckets: readonly BucketBlueprint[];
  readonly topics: readonly TopicBlueprint[];
  readonly consumers: readonly ConsumerBlueprint[];
  readonly schedules: readonly ScheduleBlueprint[];
  readonly api: ApiBlueprint;
  /** What CloudWatch draws and says: the local cloud shows it, and watches nothing. */
  readonly dashboards: readonly DashboardBlueprint[];
  readonly alarms: readonly AlarmBlueprint[];
}

/**
 * Types that the local cloud leaves out on purpose: they watch or deploy what runs, but nothing that a handler or a
 * client can notice comes from them.
 */
const withoutLocalEffect = [
  /^AWS::Athena::/,
  /^AWS::Glue::/,
  /^AWS::Logs::/,
  /^AWS::CloudWatch::/,
  /^AWS::SNS::(Subscription|TopicPolicy)$/,
  /^AWS::KMS::/,
  /^AWS::SSM::/,
  /^AWS::Backup::/,
  /^AWS::Budgets::/,
  /^AWS::CloudFormation::/,
  /^AWS::ApplicationSignals::/,
  /^AWS::CDK::Metadata$/,
  /^AWS::Lambda::(Permission|Version|Alias|EventInvokeConfig)$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SQS::Queue(Inline)?Policy$/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^Custom::/,
];

const emulated = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::Scheduler::Schedule",
]);

/**
 * Works out from a cloud assembly what to run.
 * @throws LocalCloudError for a resource or a setting that the local cloud would have to emulate and does not know
 */
export function readBlueprint(assembly: Assembly, endpoints: Endpoints): Blueprint {
  refuseUnknownTypes(assembly.resources);
  const names = nameResources(assembly, endpoints);
  const context: ReadingContext = {
    assembly,
    names,
    resources: (type) => assembly.resources.filter((resource) => resource.type === type),
    properties: (resource, schema) => {
      const where = `${resource.type} ${names.short(resource)}`;
      const result = schema.safeParse(resolve(resource.properties, names.references, where));
      if (result.success) return result.data;
      const [issue] = result.error.issues;
      throw new LocalCloudError(
        `${where} is not something the local cloud can run: ${issue?.path.join(".")} ${issue?.message}`,
      );
    },
  };
  return {
    functions: context.resources("AWS::Lambda::Function").map((resource) => readFunction(resource, context)),
    tables: [
      ...context.resources("AWS::DynamoDB::GlobalTable"),
      ...context.resources("AWS::DynamoDB::Table"),
    ].map((resource) => readTable(resource, context)),
    queues: context.resources("AWS::SQS::Queue").map((resource) => readQueue(resource, context)),
    buckets: context.resources("AWS::S3::Bucket").map((resource) => readBucket(resource, context)),
    topics: context.resources("AWS::SNS::Topic").map((resource) => readTopic(resource, context)),
    consumers: context
      .resources("AWS::Lambda::EventSourceMapping")
      .map((resource) => readConsumer(resource, context)),
    schedules: context
      .resources("AWS::Scheduler::Schedule")
      .map((resource) => readSchedule(resource, context)),
    api: readApi(context),
    dashboards: context
      .resources("AWS::CloudWatch::Dashboard")
      .map((resource) => readDashboard(resource, context)),
    alarms: context.resources("AWS::CloudWatch::Alarm").map(readAlarm),
  };
}

function refuseUnknownTypes(resources: readonly TemplateResource[]): void {
  for (const { type, logicalId } of resources) {
    if (emulated.has(type) || withoutLocalEffect.some((pattern) => pattern.test(type))) continue;
    throw new LocalCloudError(
      `The template has ${type} (${logicalId}), which the local cloud does not emulate: teach it in lib/tools/local-cloud/template/blueprint.ts`,
    );
  }
}
