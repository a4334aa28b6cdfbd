import * as z from "zod";
import { beginning, type Day, isDay } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { chosenIdSchema, dimensionFiltersSchema, textSchema } from "../facts/base.ts";
import type { Filters } from "../facts/characteristics.ts";

/** Annotations: what happened on some days (a release, an outage, a campaign), so that a chart that moves explains itself. */

const daySchema = z
  .string({ error: "must be a day, YYYY-MM-DD" })
  .refine(isDay, "must be a day that exists, YYYY-MM-DD")
  .refine((day) => !isDay(day) || day >= beginning, `must not be before ${beginning}`)
  .meta({ example: "2026-10-01" });

const linkSchema = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
  .max(500, "must have at most 500 characters")
  .meta({ description: "Where one can read more", example: "https://example.com/releases/4.2" });

/** The body of `PUT /v1/annotations/{id}`, and what is stored. */
export const annotationSchema = z
  .strictObject({
    from: daySchema.meta({ description: "The day, or the first of several" }),
    to: daySchema.optional().meta({ description: "The last day; `from` when absent" }),
    text: textSchema(200).meta({ description: "What happened", example: "Release 4.2" }),
    link: linkSchema.optional(),
    dimensions: dimensionFiltersSchema.optional().meta({
      description: "Only what has these dimensions was touched; everything when absent",
      example: { channel: "app" },
    }),
  })
  .refine(({ from, to }) => to === undefined || to >= from, {
    path: ["to"],
    message: "must not be before from",
  })
  .meta({ id: "AnnotationDefinition" });

/** A goal as a client sets it. */
export type AnnotationDefinition = z.output<typeof annotationSchema>;

/** An annotation's id in the client's systems. */
export const annotationIdSchema = chosenIdSchema.meta({
  description: "The annotation's id, chosen by you",
  example: "release-4.2",
});

export interface Annotation {
  readonly id: string;
  readonly definition: AnnotationDefinition;
}

/** The days of an annotation. */
export function daysOf({ from, to = from }: Pick<AnnotationDefinition, "from" | "to">): DayRange {
  return { from, to };
}

/**
 * The annotations that say something of some days and facts, in the order of their days: those that touch the days, unless they are about
 * facts that are filtered out.
 */
export function annotationsOf<One extends Annotation>(
  annotations: readonly One[],
  range: DayRange,
  filters: Filters = {},
): One[] {
  return annotations
    .filter(({ definition }) => {
      const { from, to } = daysOf(definition);
      if (from > range.to || to < range.from) return false;
      return Object.entries(definition.dimensions ?? {}).every(([name, values]) => {
        const wanted = filters[name];
        return wanted === undefined || [values].flat().some((value) => wanted.includes(value));
      });
    })
    .sort((a, b) => compare(a.definition.from, b.definition.from) || compare(a.id, b.id));
}

function compare(a: Day | string, b: Day | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
