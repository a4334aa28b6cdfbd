import * as z from "zod";
import { verdicts } from "../../../domain/metrics/verdict.ts";
import { dayParameter } from "../../pipeline/parameters.ts";

/** The figures of which answers about metrics are made. */

export const value = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A number, or a decimal string for money; null where the denominator is 0" });

/** A bound, or another figure that may be missing. */
export const bound = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A bound of the 95 % interval, or null" });

/** The figures behind a value. */
export const components = z.record(z.string(), value).meta({
  description: "What the value was computed from",
  example: { promoters: 8465, passives: 3953, detractors: 1194 },
});

/** A value with its evidence. */
export const measurement = {
  value,
  low: bound,
  high: bound,
  n: z.number().meta({ description: "Size of the sample" }),
  lowSample: z.boolean().meta({
    description:
      "Whether there are too few data to rely on the value: n is below the metric's minimum, the values are too skewed, or there are too few customers or days for how much they differ",
  }),
};

/** The earlier interval of a comparison, and the change since. */
export const comparedFields = {
  from: dayParameter,
  to: dayParameter,
  value,
  n: z.number(),
  lowSample: z.boolean(),
  days: z.int().meta({ description: "How many days it is about" }),
  daysKnown: z.int().meta({
    description:
      "On how many of them anything could be counted: those from the first fact on that this metric counts",
  }),
  change: value.meta({ description: "The series' value less this one" }),
  changeLow: bound.meta({
    description:
      "The 95 % interval of the change; null where nothing tells how far it can be off. It can leave out 0 where the verdict is `within-noise`: it is of one change and one look, while a verdict needs p < 1 % over all that are judged together",
  }),
  changeHigh: bound.meta({ description: "The other end" }),
  changePercent: z.number().nullable(),
  pValue: z.number().nullable().meta({
    description:
      "How probable so large a difference is if nothing changed (two-sided); null where the data allow no test. Counts and sums are tested as processes: against how much their days usually differ",
  }),
  significant: z.boolean().nullable().meta({
    description:
      "Whether the change is more than chance explains, at 1 % over all comparisons of the answer (Benjamini & Hochberg 1995), so that it also holds for who looks every day; false where the data are too few or too early, null where there is no test",
  }),
  verdict: z.enum(verdicts).meta({
    description:
      "better, worse: certain; changed: the same of a volume, of which more is neither; within-noise: chance does as much, as p < 1 % is asked for, also where changeLow and changeHigh leave out 0; too-small: certain, and below the workspace's smallestChanges; too-few: a low sample, or too few days; too-early: its cohort had no time yet; no-baseline: nothing was recorded before; partial-baseline: a total of days of which only daysKnown are known",
  }),
};

/** A counter, or the difference of two: whole, of any size. */
export const counterSum = z
  .union([z.int(), z.string()])
  .meta({ description: "A whole number, as text where a JSON number would not be exact" });
