import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";
import { seriesSchema } from "../metrics/answers.ts";

/** Several metrics as they are answered. */

/** The series of several metrics, in the order in which they were asked for. */
export const manySeriesSchema = z
  .object({
    timeZone: z.string(),
    from: dayParameter,
    to: dayParameter,
    interval: z.string(),
    items: z.array(seriesSchema),
  })
  .meta({ id: "ManySeries" });
