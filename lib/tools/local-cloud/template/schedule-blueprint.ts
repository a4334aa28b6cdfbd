import * as z from "zod";
import { LocalCloudError } from "../errors.ts";
import type { TemplateResource } from "./assembly.ts";
import { functionArnIn } from "./function-blueprint.ts";
import type { ReadingContext } from "./reading-context.ts";

/** An EventBridge Scheduler schedule that starts a Lambda function. */
export interface ScheduleBlueprint {
  readonly name: string;
  readonly arn: string;
  /** `cron(…)` or `rate(…)`. */
  readonly expression: string;
  /** IANA time zone of a `cron(…)` expression. */
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly functionArn: string;
  /** The event as JSON text; undefined where the schedule gives none. */
  readonly input: string | undefined;
}

const schema = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Target: z.looseObject({ Arn: z.string(), Input: z.string().optional() }),
});

/**
 * Reads an `AWS::Scheduler::Schedule`.
 * @throws LocalCloudError when its target is not a Lambda function
 */
export function readSchedule(resource: TemplateResource, context: ReadingContext): ScheduleBlueprint {
  const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = context.properties(
    resource,
    schema,
  );
  const name = context.names.short(resource);
  const functionArn = functionArnIn(Target.Arn);
  if (functionArn === undefined) {
    throw new LocalCloudError(
      `The schedule ${name} starts ${Target.Arn}, and only Lambda functions are emulated`,
    );
  }
  return {
    name,
    arn: context.names.arn(resource),
    expression: ScheduleExpression,
    timeZone: ScheduleExpressionTimezone,
    enabled: State === "ENABLED",
    functionArn,
    input: Target.Input,
  };
}
