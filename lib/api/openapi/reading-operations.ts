import * as z from "zod";
import { nps } from "../../metrics/nps.ts";
import { catalogueQuerySchema, describeMetric } from "../routes/metrics/handler.ts";
import { metricQuerySchema } from "../routes/metrics/query.ts";
import { reconciliationSchema } from "../routes/reconciliation/handler.ts";
import { reportQuerySchema } from "../routes/report/query.ts";
import { retakeSchema, snapshotQuerySchema } from "../routes/snapshots/handler.ts";
import { type Examples, keyProblems, type Operation, pathId } from "./operation.ts";
import {
  catalogueSchema,
  reconciliationAnswerSchema,
  seriesSchema,
  snapshotsSchema,
  takenSchema,
} from "./reading-answers.ts";

/** What the document says of the routes that answer metrics, and that take and prove what they are made of. */

const value = { value: 53.41610343814282, low: 52.3, high: 54.5, n: 13612, lowSample: false };

const components = { promoters: 8465, passives: 3953, detractors: 1194 };

const trailing = { ...value, components };

const october = { from: "2026-10-01", to: "2026-10-31" };

const seriesExample = {
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
  series: [{ ...october, ...value, components, provisional: true }],
  comparison: [
    {
      from: "2026-09-01",
      to: "2026-09-30",
      value: 51.2,
      n: 12001,
      lowSample: false,
      change: 2.216103438142813,
      changePercent: 4.328327027622681,
      significant: true,
    },
  ],
};

const seriesCsv =
  "metric,from,to,value,low,high,n,components.promoters,components.passives,components.detractors,lowSample,provisional\r\n" +
  "nps,2026-10-01,2026-10-31,53.41610343814282,52.3,54.5,13612,8465,3953,1194,false,true\r\n";

const snapshotExample = {
  timeZone: "Europe/Berlin",
  from: "2026-10-01",
  to: "2026-10-01",
  today: "2026-11-03",
  items: [
    {
      date: "2026-10-01",
      metric: "nps",
      version: 1,
      ...{ value: 50, low: 30.1, high: 65.2, n: 60, lowSample: false },
      components: { promoters: 36, passives: 18, detractors: 6 },
      windows: { 7: trailing, 30: trailing, 90: trailing, 365: trailing },
      revision: 2,
      takenAt: "2026-10-04T00:15:07.120Z",
      restatedBecause: {
        facts: 1,
        ids: ["answer-2026-000123"],
        causes: ["recorded"],
        counters: { "0-10:9": 1 },
      },
    },
  ],
  nextCursor: null,
};

const snapshotCsv =
  "date,metric,version,value,low,high,n,components.promoters,lowSample,revision,takenAt\r\n" +
  "2026-10-01,nps,1,50,30.1,65.2,60,36,false,2,2026-10-04T00:15:07.120Z\r\n";

const week = { from: "2026-10-01", to: "2026-10-07" };

const weekExamples: Examples = { week: { summary: "A week", value: week } };

const reconciled = {
  ...week,
  facts: 4821,
  entities: 812,
  differences: [
    { day: "2026-10-03", family: "nps", segment: "all", counter: "0-10:9", counted: 81, recounted: 82 },
  ],
  differencesTotal: 1,
  histories: [],
  historiesTotal: 0,
  unsettled: 0,
  repaired: 0,
  restatedDays: [],
};

/** By route key. */
export const readingOperations: Readonly<Record<string, Operation>> = {
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
      "Tracked dimensions and single filters are answered from counters; for others the stored facts are counted again (`source`).",
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
  "GET /v1/report": {
    operationId: "renderReport",
    tag: "Metrics",
    summary: "The report as a page",
    description: [
      "Every metric with its chart, its 95 % interval and sample size, what changed since the period before and whether that is more than",
      "chance explains, the days that were corrected, and the newest comments by score group. One HTML file that needs nothing else: save it",
      "and open, print or mail it. Without `from` the range is the 90 days up to `to`; without `to` it ends today. It can be grouped",
      "or filtered by one dimension that the workspace tracks.",
    ].join(" "),
    query: reportQuerySchema,
    takesFilters: true,
    answers: {
      200: {
        description: "The page",
        mediaType: "text/html",
        schema: z.string(),
        examples: {
          page: {
            summary: "The beginning of a report",
            value:
              '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Customer experience, 1 Oct 2026 – 31 Oct 2026</title>',
          },
        },
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/snapshots": {
    operationId: "listSnapshots",
    tag: "Snapshots",
    summary: "The daily snapshots",
    description: [
      "What was said of each closed day, by day and metric, with the same over the trailing 7, 30, 90 and 365 days. A day that",
      "changed afterwards has a new revision that says why; `revisions=all` shows the earlier ones as well. A page of large items can be",
      "shorter than `limit` and have a next one. As CSV the components of the windows are columns where one `metric` is asked for.",
    ].join(" "),
    query: snapshotQuerySchema,
    answers: {
      200: {
        description: "Snapshots, the earliest day first",
        schema: snapshotsSchema,
        examples: { restated: { summary: "A day that a late answer changed", value: snapshotExample } },
        csv: snapshotCsv,
      },
    },
    problems: [...keyProblems, 400],
  },
  "POST /v1/snapshots": {
    operationId: "takeSnapshots",
    tag: "Snapshots",
    summary: "Take the snapshots of closed days now",
    description:
      "The same result as the schedule's, which takes them by itself within the hour. Taking a snapshot twice changes nothing.",
    body: { schema: retakeSchema, examples: weekExamples },
    answers: {
      200: {
        description: "What was taken",
        schema: takenSchema,
        examples: {
          taken: {
            summary: "A week, three of whose snapshots had changed",
            value: { ...week, days: 7, taken: 66, restated: 3, unchanged: 8 },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
  "POST /v1/reconciliation": {
    operationId: "reconcile",
    tag: "Reconciliation",
    summary: "Count the stored facts of some days again",
    description:
      "Reports each counter that is not what the facts say. With `repair` it puts them right, and past days get new snapshot revisions.",
    body: {
      schema: reconciliationSchema,
      examples: {
        ...weekExamples,
        repair: { summary: "Put right what differs", value: { ...week, repair: true } },
      },
    },
    answers: {
      200: {
        description: "What was found, and what was put right",
        schema: reconciliationAnswerSchema,
        examples: { found: { summary: "One counter differs by one", value: reconciled } },
      },
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
};
