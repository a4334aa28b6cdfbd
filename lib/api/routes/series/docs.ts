import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { seriesExample } from "../metrics/docs.ts";
import { manySeriesSchema } from "./answers.ts";
import { seriesQuerySchema } from "./handler.ts";

/** OpenAPI operations of several metrics at once. */

const { from, to, interval, timeZone } = seriesExample;

const csv =
  "metric,group,from,to,value,low,high,n,lowSample,provisional,unit,currency\r\n" +
  "nps,,2026-10-01,2026-10-31,53.41610343814282,52.3,54.5,13612,false,true,points,\r\n" +
  "sales,,2026-10-01,2026-10-31,81204.11,,,913,false,true,money,EUR\r\n";

/** By route key. */
export const seriesOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/series": {
    operationId: "readSeries",
    tag: "Metrics",
    summary: "Several metrics over the same days",
    description: [
      "Each entry of `items` is what `GET /v1/metrics/{id}` answers with the same parameters, in the order of `metrics`; counters that metrics share are read once.",
      "As CSV one row for each metric, group and interval, with the same columns always.",
    ].join(" "),
    query: seriesQuerySchema,
    takesFilters: true,
    answers: {
      200: {
        description: "One series for each metric",
        schema: manySeriesSchema,
        examples: {
          one: { summary: "One metric", value: { timeZone, from, to, interval, items: [seriesExample] } },
        },
        csv,
      },
    },
    problems: [...keyProblems, 400],
  },
};
