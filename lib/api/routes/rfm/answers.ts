import * as z from "zod";
import { rfmSegments } from "../../../domain/metrics/lifetime/rfm.ts";
import { dayParameter } from "../../pipeline/parameters.ts";

/** Segments by recency, frequency and money as they are answered. */

const segment = z.enum(rfmSegments);

/** The sizes of all segments, and who moved between them. */
export const rfmSchema = z
  .object({
    on: dayParameter,
    since: dayParameter,
    customers: z.int().meta({ description: "In all segments" }),
    items: z.array(
      z
        .object({
          segment,
          customers: z.int().meta({ description: "before + won + entered − left" }),
          share: z.number().meta({ description: "Of all of them, in per cent" }),
          money: z.object({ amount: z.string(), currency: z.string() }).meta({
            description:
              "What they have spent so far, in the workspace's currency; refunds are not taken off",
          }),
          before: z.int().meta({ description: "On the earlier day" }),
          won: z.int().meta({ description: "Who bought for the first time since" }),
          entered: z.int().meta({ description: "Who came from other segments" }),
          left: z.int().meta({ description: "Who went to other segments" }),
        })
        .meta({ id: "RfmSegment" }),
    ),
    movements: z.array(z.object({ from: segment.nullable(), to: segment, customers: z.int() })).meta({
      description:
        "How many went from where to where, those who stayed included; `from` is null for who had not bought by the earlier day",
    }),
    through: dayParameter.meta({ description: "The last day that is in it" }),
    changedDays: z.int().meta({
      description: "Closed days of which the latest changes are not in it yet: within the hour they are",
    }),
  })
  .meta({ id: "Rfm" });
