import * as z from "zod";

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

/** A counter, or the difference of two: whole, of any size. */
export const counterSum = z
  .union([z.int(), z.string()])
  .meta({ description: "A whole number, as text where a JSON number would not be exact" });
