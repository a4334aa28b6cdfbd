import * as z from "zod";
import { textSchema } from "../../../domain/facts/base.ts";
import { noValue } from "../../../store/records/dimensions.ts";
import { otherValue } from "../../../store/records/value-list.ts";

/** The body that changes the values of a dimension. */

const valueSchema = textSchema(100).refine(
  (value) => value !== otherValue && value !== noValue,
  `must not be ${otherValue} or ${noValue}`,
);

const valuesSchema = z.array(valueSchema).max(100, "must have at most 100 values").optional();

/** The body of `PATCH /v1/dimensions/{id}`. */
export const dimensionChangeSchema = z
  .strictObject({
    pin: valuesSchema.meta({
      description:
        "Values that count by name from now on and stay, also those that were removed or merged before",
      example: ["web"],
    }),
    remove: valuesSchema.meta({
      description: `Values that count as \`${otherValue}\`, with all that was counted under them`,
      example: ["xxx-1"],
    }),
    merge: z
      .array(
        z
          .strictObject({ from: valueSchema, into: valueSchema })
          .refine(({ from, into }) => from !== into, { path: ["into"], message: "must be another value" }),
      )
      .max(100, "must have at most 100 values")
      .optional()
      .meta({
        description: "Values that count as another one, with all that was counted under them",
        example: [{ from: "Web", into: "web" }],
      }),
  })
  .refine((change) => Object.keys(change).length > 0, "must pin, remove or merge something")
  .meta({ id: "DimensionChange" });
