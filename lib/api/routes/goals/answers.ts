import * as z from "zod";
import { goalStates } from "../../../domain/goals/evaluate.ts";
import { storedGoalSchema } from "../../../domain/goals/goal.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { bound, comparedFields, measurement, value } from "../metrics/measurement.ts";

/** Goals as they are answered. */

const reading = z.object({
  from: dayParameter,
  to: dayParameter,
  ...measurement,
  method: z.string().optional(),
});

/** A goal, and where it stands. */
export const standingSchema = z
  .object({
    id: z.string(),
    goal: z.object(storedGoalSchema.shape).meta({ description: "As it was set" }),
    unit: z.string().optional(),
    better: z.enum(["higher", "lower"]).optional(),
    currency: z.string().optional(),
    convention: z.string().optional(),
    state: z.enum(goalStates).meta({
      description:
        "met: at the target or better. Else, until the due date, on-track: at the line (`expected`) or better. Else off-track. unknown: see `reason`",
    }),
    by: value.meta({
      description:
        "How much better the value is than `target` where the goal is met, else than `expected`; negative where it is worse; null while unknown",
    }),
    certain: z.boolean().nullable().meta({
      description:
        "Whether the whole 95 % interval, and not just the value, is on the side that the state says; null while unknown, and where a sampled value has no interval",
    }),
    final: z.boolean().meta({ description: "Whether the due date is over" }),
    reason: z.string().optional().meta({ description: "Why the state is unknown" }),
    target: bound.meta({
      description: "What the target comes to; null where it follows from an unknown base",
    }),
    expected: bound.meta({
      description:
        "Where the value should be today: on the straight line from the base's last day to the due date, never beyond the target",
    }),
    window: z.int().meta({ description: "Days that `current` and `base` are measured over" }),
    current: reading.nullable().meta({
      description: "The value over the window up to today, or up to the due date once that is over",
    }),
    base: reading.nullable().meta({ description: "The value over the base period, as its facts are now" }),
    comparison: z.object(comparedFields).nullable().meta({
      description:
        "How `current` differs from `base`, as in every comparison of two periods; null while `current` has days of the base. Goals of one answer are judged together",
    }),
    remarks: z.array(z.string()).optional(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "Goal" });

/** A page of goals. */
export const goalsSchema = z
  .object({ items: z.array(standingSchema), nextCursor: z.string().nullable() })
  .meta({ id: "GoalList" });

/** The result of deleting a goal. */
export const deletedGoalSchema = z
  .object({ id: z.string(), status: z.enum(["deleted"]) })
  .meta({ id: "DeletedGoal" });
