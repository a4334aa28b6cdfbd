import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { snapshotsSchema, takenSchema } from "./answers.ts";
import { retakeSchema, snapshotQuerySchema } from "./handler.ts";

/** OpenAPI operations of snapshots. */

const trailingExample = {
  ...{ value: 53.41610343814282, low: 52.3, high: 54.5, n: 13612, lowSample: false },
  components: { promoters: 8465, passives: 3953, detractors: 1194 },
};

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
      windows: { 7: trailingExample, 30: trailingExample, 90: trailingExample, 365: trailingExample },
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

/** By route key. */
export const snapshotOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/snapshots": {
    operationId: "listSnapshots",
    tag: "Snapshots",
    summary: "The daily snapshots",
    description: [
      "What was said of each closed day, by day and metric, with the same over the trailing 7, 30, 90 and 365 days. A day that",
      "changed afterwards has a new revision that says why; `revisions=all` shows the earlier ones as well. A page of large items, or of many metrics,",
      "can be shorter than `limit` and have a next one. As CSV the components of the windows are columns where one `metric` is asked for.",
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
    body: { schema: retakeSchema, examples: { week: { summary: "A week", value: week } } },
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
};
