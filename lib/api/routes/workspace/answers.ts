import * as z from "zod";
import { settingsSchema } from "../../../domain/workspace/settings.ts";
import { dayParameter } from "../../pipeline/parameters.ts";

/** The settings as they are answered. */

export const workspaceSchema = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    ...settingsSchema.shape,
    trackedSince: z.record(z.string(), z.string()).meta({
      description: "For dimensions that are tracked since later than the workspace was made: the instant",
    }),
    ordersLinkedSince: z.string().nullable().meta({
      description:
        "Since when answers are linked with orders (`linkOrders`): the instant; null where they are not",
    }),
    snapshotsFrom: dayParameter.nullable().meta({
      description: "The earliest day that has a snapshot: days before it have no facts",
    }),
    snapshotsThrough: dayParameter.nullable(),
    recount: z
      .object({
        state: z.enum(["complete", "running", "stalled"]).meta({
          description:
            "`stalled`: no step for a quarter of an hour; the hourly run begins it again, and so does the same change",
        }),
        since: z.string().nullable().meta({ description: "When the settings changed that it follows" }),
        entities: z
          .array(z.string())
          .meta({ description: "What is still to be counted, for example `customer`" }),
      })
      .meta({ description: "Counting customers, carts and others again by settings that have changed" }),
    effects: z
      .array(z.string())
      .optional()
      .meta({ description: "After a change: from when on it holds, and what stays as it was" }),
  })
  .meta({ id: "Workspace" });
