import * as z from "zod";
import { baseFields, customerIdSchema, dimensionNameSchema, type FactBase, textSchema } from "./base.ts";
import type { FieldError } from "./field-error.ts";

/** Events of a customer's journey. */

/** A stage's name: counters are kept by it, so a colon would end it too early. */
export const stageSchema = textSchema(40).refine((name) => !name.includes(":"), "must not contain a colon");

/** A funnel's name: it stands in query parameters and in counters. */
export const funnelNameSchema = dimensionNameSchema;

/** The stages of a journey in a workspace that names none. */
export const defaultStages = ["awareness", "consideration", "decision", "retention", "advocacy"] as const;

/** The schemas of these events. */
export const journeyEvents = [
  z
    .strictObject({
      type: z.literal("stage.entered"),
      ...baseFields,
      customerId: customerIdSchema,
      stage: stageSchema.meta({
        description: "One of the workspace's `journeyStages`, or a stage of one of its `funnels`",
        example: "consideration",
      }),
    })
    .meta({
      id: "StageEntered",
      description:
        "A customer, or someone who may become one, entered a stage of the journey. The same stage again counts once a journey.",
    }),
] as const;

/** A parsed entry into a stage. */
export interface StageFact extends FactBase {
  readonly type: "stage.entered";
  readonly customerId: string;
  readonly stage: string;
}

/**
 * The errors of a stage.
 * @param stages those of the workspace's journey and of its funnels, where they are known
 */
export function stageErrors(stage: string, stages: readonly string[] | undefined): FieldError[] {
  if (stages === undefined || stages.includes(stage)) return [];
  const detail = `must be one of the workspace's journeyStages or funnels: ${stages.join(", ")}`;
  return [{ pointer: "/stage", detail }];
}
