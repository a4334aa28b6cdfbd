import * as z from "zod";
import { LocalCloudError } from "../errors.ts";
import type { TemplateResource } from "./assembly.ts";
import { functionArnIn } from "./function-blueprint.ts";
import type { ReadingContext } from "./reading-context.ts";

/** An SQS queue. */
export interface QueueBlueprint {
  readonly name: string;
  readonly physicalName: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  /** Where messages go that were received `maxReceiveCount` times and never deleted. */
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
}

/** A Lambda function that consumes a queue. */
export interface ConsumerBlueprint {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maxConcurrency: number;
  /** Whether the function says which messages of a batch failed; else an error fails them all. */
  readonly reportsItemFailures: boolean;
}

const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  DelaySeconds: z.number().default(0),
  MessageRetentionPeriod: z.number().default(345_600),
  FifoQueue: z.literal(false, "FIFO queues are not emulated").default(false),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().default(1000) }).optional(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  FilterCriteria: z.undefined("filters are not emulated").optional(),
});

/** Reads an `AWS::SQS::Queue`. */
export function readQueue(resource: TemplateResource, context: ReadingContext): QueueBlueprint {
  const properties = context.properties(resource, queueSchema);
  const { names } = context;
  const redrive = properties.RedrivePolicy;
  return {
    name: names.short(resource),
    physicalName: names.physical(resource),
    arn: names.arn(resource),
    url: names.references.ref(resource.logicalId) ?? "",
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    delaySeconds: properties.DelaySeconds,
    retentionSeconds: properties.MessageRetentionPeriod,
    redrive: redrive && {
      deadLetterArn: redrive.deadLetterTargetArn,
      maxReceiveCount: redrive.maxReceiveCount,
    },
  };
}

/**
 * Reads an `AWS::Lambda::EventSourceMapping`.
 * @throws LocalCloudError when its source is not a queue
 */
export function readConsumer(resource: TemplateResource, context: ReadingContext): ConsumerBlueprint {
  const properties = context.properties(resource, mappingSchema);
  const where = context.names.short(resource);
  if (!properties.EventSourceArn.startsWith("arn:aws:sqs:")) {
    throw new LocalCloudError(`The event source of ${where} is not a queue, and only queues are emulated`);
  }
  return {
    queueArn: properties.EventSourceArn,
    functionArn: targetArn(properties.FunctionName, context, where),
    batchSize: properties.BatchSize,
    batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
    maxConcurrency: properties.Enabled ? (properties.ScalingConfig?.MaximumConcurrency ?? 1000) : 0,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  };
}

/** An event source mapping may name its function by ARN or by name. */
function targetArn(target: string, context: ReadingContext, where: string): string {
  const byName = context
    .resources("AWS::Lambda::Function")
    .find((resource) => context.names.physical(resource) === target);
  const arn = functionArnIn(target) ?? (byName && context.names.arn(byName));
  if (arn === undefined)
    throw new LocalCloudError(`${where} points at ${target}, which is no function of the template`);
  return arn;
}
