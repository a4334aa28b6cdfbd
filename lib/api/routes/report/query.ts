import * as z from "zod";
import { type DayRange, granularities, splitIntoIntervals } from "../../../domain/calendar/intervals.ts";
import { dimensionNameSchema } from "../../../domain/facts/base.ts";
import type { Filters } from "../../../domain/facts/characteristics.ts";
import { languageTags } from "../../../domain/language/tags.ts";
import { defaultInterval } from "../../../report/interval.ts";
import type { ReportInterval } from "../../../report/model.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";
import { rangeParameters } from "../../pipeline/range.ts";
import { conventionParameter, metricQuerySchema } from "../metrics/query.ts";

/** The query of the report. */

const { groupBy, compare, currency } = metricQuerySchema.shape;

/** The query parameters of `GET /v1/report`, beside `filter.<dimension>`. */
export const reportQuerySchema = z.strictObject({
  ...rangeParameters,
  interval: z
    .enum([...granularities, "total"], { error: `must be one of ${granularities.join(", ")}, total` })
    .optional()
    .meta({ description: "How far apart the points of the charts are; chosen by the length when absent" }),
  groupBy: groupBy.meta({
    description: "A dimension that the workspace tracks: a line for each of its largest values",
  }),
  compare: compare.meta({
    description:
      "What the whole period is compared with; `previous` when absent. `none`, or as many days before it, the same a year earlier, or as many days from a named day on",
  }),
  currency,
  convention: conventionParameter.meta({
    description:
      "A convention, for the metrics that have it; the others, and all when absent, are shown by the workspace's. What has other answers, such as NPS asked on 1–10, has a card of its own as soon as there is one.",
  }),
  language: z
    .enum(languageTags, { error: `must be one of ${languageTags.join(", ")}` })
    .optional()
    .meta({ description: "The language of its texts, numbers and days (BCP 47); English when absent" }),
  survival: z
    .union([z.literal("all"), dimensionNameSchema])
    .optional()
    .meta({
      description:
        "Also after how long customers leave (`GET /v1/survival`): `all` as one, or told apart by a dimension of the fact with which they were won",
      example: "plan",
    }),
  comments: z
    .string()
    .regex(/^(\d|10)$/, "must be a whole number from 0 to 10")
    .transform(Number)
    .optional()
    .meta({
      description: "At most so many of the newest comments for each score group: 3 when absent, 0 for none",
      example: "0",
    }),
});

/** A parsed query. */
export interface ReportQuery extends z.output<typeof reportQuerySchema> {
  /** The values that facts must have. */
  readonly filters: Filters;
}

/** At most so many points are drawn in a chart: with a line for each group, and with one line. */
const maxPoints = { grouped: 100, whole: 400 };

/**
 * Parses what is asked of the report.
 * @throws HttpProblem 400 that names each parameter that is wrong or unknown
 */
export function parseReportQuery(query: Readonly<Record<string, string>>): ReportQuery {
  const { dimensions: filters, rest } = splitDimensions(query);
  const { compare: kind = "previous", ...parameters } = parseQuery(reportQuerySchema, rest);
  return { ...parameters, compare: kind, filters };
}

/**
 * How far apart the points of a chart are: as asked for, else so that there are some ten to fifty of them.
 * @throws HttpProblem 400 when that gives more points than a chart can show
 */
export function chooseInterval(
  { interval, groupBy: dimension }: Pick<ReportQuery, "interval" | "groupBy">,
  range: DayRange,
): ReportInterval {
  if (interval === undefined) return defaultInterval(range);
  const most = dimension === undefined ? maxPoints.whole : maxPoints.grouped;
  const points = splitIntoIntervals(range, interval).length;
  if (points > most) {
    throw invalidParameter(
      "interval",
      `makes ${points} points a chart: at most ${most}; ask for a longer one`,
    );
  }
  return interval;
}
