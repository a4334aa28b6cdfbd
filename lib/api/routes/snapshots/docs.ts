import * as z from "zod";
import { lateCauses } from "../../../store/counters/late.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { components, counterSum, measurement } from "../metrics/measurement.ts";
import { retakeSchema, snapshotQuerySchema } from "./handler.ts";

/** What the OpenAPI document says of snapshots. */

const trailing = z.object({
  ...measurement,
  components,
  method: z.string().optional(),
  remarks: z.array(z.string()).optional(),
});

/** The daily snapshots. */
export const snapshotsSchema = z
  .object({
    timeZone: z.string(),
    from: dayParameter,
    to: dayParameter,
    today: dayParameter,
    items: z.array(
      z
        .object({
          date: dayParameter,
          metric: z.string(),
          version: z.int(),
          ...measurement,
          components,
          method: z.string().optional(),
          currency: z
            .string()
            .optional()
            .meta({ description: "Of money: what the workspace's was when the snapshot was taken" }),
          convention: z
            .string()
            .optional()
            .meta({ description: "Where the metric has several: which one it was taken by" }),
          windows: z
            .object({ 7: trailing, 30: trailing, 90: trailing, 365: trailing })
            .optional()
            .meta({ description: "The same over the trailing days; not on earlier revisions" }),
          revision: z.int(),
          takenAt: z.string(),
          restatedBecause: z
            .object({
              facts: z.int().meta({ description: "How many facts changed what the metric counts" }),
              ids: z.array(z.string()).meta({ description: "The first 100 of them" }),
              causes: z
                .array(z.enum(lateCauses))
                .meta({ description: "What happened since the revision before" }),
              counters: z
                .record(z.string(), counterSum)
                .meta({ description: "By how much each counter differs from the revision before" }),
            })
            .optional()
            .meta({ description: "Why there is a new revision" }),
        })
        .meta({ id: "Snapshot" }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "SnapshotList" });

/** What taking snapshots did. */
export const takenSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    days: z.int(),
    taken: z.int().meta({ description: "Snapshots taken for the first time" }),
    restated: z.int().meta({ description: "Snapshots with a new revision" }),
    unchanged: z.int(),
  })
  .meta({ id: "SnapshotsTaken" });

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
