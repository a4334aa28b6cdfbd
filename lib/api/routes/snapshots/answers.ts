import * as z from "zod";
import { lateCauses } from "../../../domain/metrics/restated-day.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { components, counterSum, measurement } from "../metrics/measurement.ts";

/** Snapshots as they are answered. */

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

/** The result of taking snapshots. */
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
