import * as z from "zod";
import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";

/** An SNS topic. */
export interface TopicBlueprint {
  readonly arn: string;
}

const topicSchema = z.object({
  FifoTopic: z.literal(false, "FIFO topics are not emulated").default(false),
});

/**
 * Reads a topic.
 * @throws LocalCloudError for a setting that is not emulated
 */
export function readTopic(resource: TemplateResource, context: ReadingContext): TopicBlueprint {
  context.properties(resource, topicSchema);
  return { arn: context.names.arn(resource) };
}
