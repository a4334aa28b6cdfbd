import * as z from "zod";
import { type Day, isDay } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { chosenIdSchema, dimensionFiltersSchema, textSchema } from "../facts/base.ts";
import type { Filters } from "../facts/characteristics.ts";
import { currencySchema } from "../facts/money.ts";
import { namesMetric, unknownMetric } from "../metrics/known-metric.ts";
import { windowLengths } from "../metrics/windows.ts";

/** Goals: the value that a metric is to have by a date. */

/** Keeps what follows from a target inside the numbers that are exact. */
const greatest = 1e12;

const figureSchema = z
  .union([z.number().min(-greatest).max(greatest), z.string().regex(/^-?(0|[1-9]\d{0,11})(\.\d{1,8})?$/)], {
    error:
      "must be a number from -1e12 to 1e12; for money a decimal string of at most 12 digits and 8 decimals",
  })
  .meta({ description: "In the metric's unit: a number, or a decimal string for money", example: 50 });

const daySchema = z
  .string({ error: "must be a day, YYYY-MM-DD" })
  .refine(isDay, "must be a day that exists, YYYY-MM-DD")
  .meta({ example: "2026-12-31" });

/** The target: exactly one of the three. */
const targetSchema = z
  .strictObject({
    value: figureSchema.optional(),
    change: figureSchema.optional().meta({
      description:
        "From the base, in the metric's unit (points of a score or a percentage). Never for the worse",
      example: 5,
    }),
    changePercent: z
      .number({ error: "must be a number" })
      .min(-100, "must be from -100 to 10000")
      .max(10_000, "must be from -100 to 10000")
      .optional()
      .meta({ description: "From the base, in per cent of its size. Never for the worse", example: 10 }),
  })
  .refine(
    (target) => Object.values(target).filter((figure) => figure !== undefined).length === 1,
    "must have exactly one of value, change, changePercent",
  );

/** How a goal is written down, whichever metrics there are: what is read back from the store. */
export const storedGoalSchema = z.strictObject({
  metric: z.string({ error: "must be the id of a metric" }),
  name: textSchema(200)
    .optional()
    .meta({ description: "What it is called, for people", example: "Loved by the end of the year" }),
  target: targetSchema,
  dueDate: daySchema.meta({ description: "The last day on which it can be met" }),
  window: z
    .literal(windowLengths, { error: `must be one of ${windowLengths.join(", ")}` })
    .optional()
    .meta({
      description:
        "How many days the value is measured over, up to today or the due date; as many as `base` has, or 30, when absent",
    }),
  base: z.strictObject({ from: daySchema, to: daySchema }).optional().meta({
    description:
      "The days, both included, that a change is counted from and that the line to the target begins with; the window up to the day on which the goal was set when absent",
  }),
  filter: dimensionFiltersSchema.optional().meta({
    description: "Only facts with all of these dimensions: one value of each, or one of several",
    example: { channel: ["web", "app"] },
  }),
  convention: z
    .string({ error: "must be a text" })
    .optional()
    .meta({ description: "One of the metric's conventions; the workspace's or the first when absent" }),
  currency: currencySchema
    .optional()
    .meta({ description: "For money; the workspace's when absent", example: "GBP" }),
});

/** The body of `PUT /v1/goals/{id}`. */
export const goalSchema = storedGoalSchema.refine(namesMetric, unknownMetric).meta({ id: "GoalDefinition" });

/** The values that facts must have for a goal. */
export function filtersOf({ filter = {} }: Pick<GoalDefinition, "filter">): Filters {
  const entries = Object.entries(filter).map(([name, values]) => [name, [values].flat()] as const);
  return Object.fromEntries(entries);
}

/** A goal as a client sets it. */
export type GoalDefinition = z.output<typeof storedGoalSchema>;

/** A goal's id in the client's systems. */
export const goalIdSchema = chosenIdSchema.meta({
  description: "The goal's id, chosen by you",
  example: "nps-2026",
});

/** The scope of a goal, settled when it is set: later changes of the workspace's settings do not move it. */
export interface GoalScope {
  /** How many days its values are measured over. */
  readonly windowDays: number;
  /** The base period: as many days. The line to the target begins with its last day. */
  readonly base: DayRange;
  /** One of the metric's; empty for a metric that has none. */
  readonly convention: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Goal extends GoalScope {
  readonly id: string;
  readonly definition: GoalDefinition;
}

/** Whether a goal is over on a day. */
export function isOver({ definition }: Goal, today: Day): boolean {
  return today > definition.dueDate;
}
