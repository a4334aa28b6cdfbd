import { nps } from "../../../domain/metrics/nps.ts";
import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { catalogueSchema, seriesSchema } from "./answers.ts";
import { catalogueQuerySchema, describeMetric } from "./catalogue.ts";
import { metricQuerySchema } from "./query.ts";

/** OpenAPI operations of metrics. */

const october = { from: "2026-10-01", to: "2026-10-31" };

/** A month of a metric, as an example. */
export const seriesExample = {
  metric: nps.id,
  name: nps.name,
  version: nps.version,
  unit: nps.unit,
  better: nps.better,
  formula: nps.formula,
  timeZone: "Europe/Berlin",
  convention: "0-10",
  ...october,
  interval: "month",
  compare: "previous",
  source: "counters",
  series: [
    {
      ...october,
      ...{ value: 53.41610343814282, low: 52.3, high: 54.5, n: 13612, lowSample: false },
      components: { promoters: 8465, passives: 3953, detractors: 1194 },
      provisional: true,
    },
  ],
  comparison: [
    {
      from: "2026-09-01",
      to: "2026-09-30",
      value: 51.2,
      n: 12001,
      lowSample: false,
      ...{ days: 30, daysKnown: 30 },
      ...{ change: 2.216103438142813, changeLow: 0.59, changeHigh: 3.84 },
      changePercent: 4.328327027622681,
      ...{ pValue: 0.0075, significant: true, verdict: "better" },
    },
  ],
};

const seriesCsv =
  "metric,from,to,value,low,high,n,components.promoters,components.passives,components.detractors,lowSample,provisional\r\n" +
  "nps,2026-10-01,2026-10-31,53.41610343814282,52.3,54.5,13612,8465,3953,1194,false,true\r\n";

/** By route key. */
export const metricOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/metrics": {
    operationId: "listMetrics",
    tag: "Metrics",
    summary: "The catalogue of metrics",
    description:
      "Every metric with its formula, interval, conventions and sources, and the dimensions that the workspace tracks.",
    query: catalogueQuerySchema,
    answers: {
      200: {
        description: "The catalogue",
        schema: catalogueSchema,
        examples: {
          catalogue: {
            summary: "The first of the metrics",
            value: {
              items: [{ ...describeMetric(nps, 0), dimensions: ["channel", "touchpoint"] }],
              nextCursor: null,
            },
          },
        },
        csv: "id,name,unit,better,version\r\nnps,Net Promoter Score,points,higher,1\r\n",
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/metrics/{id}": {
    operationId: "readMetric",
    tag: "Metrics",
    summary: "A metric's values over a range of days",
    description: [
      "Computed from the counters: a fact that was acknowledged is in the next answer. Without `from` the range is the 30",
      "days up to `to`; without `to` it ends today. An entry is `provisional` while its interval is not over, not settled or not snapshotted.",
      "Of a range that has not begun nothing is known: counts and sums are 0 and all else is null; `customers` is as many as there are today.",
      "Tracked dimensions and single filters are answered from counters; for all others, and for several dimensions at once, all facts are counted again: of closed days from the files of the archive (`source`).",
    ].join(" "),
    path: pathId("A metric's id", "nps"),
    query: metricQuerySchema,
    takesFilters: true,
    answers: {
      200: {
        description: "One value for each interval, with its evidence",
        schema: seriesSchema,
        examples: { month: { summary: "A month compared with the one before", value: seriesExample } },
        csv: seriesCsv,
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "there is no metric with this id: GET /v1/metrics lists them" },
  },
};
