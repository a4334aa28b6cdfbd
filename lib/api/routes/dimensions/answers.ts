import * as z from "zod";
import { claimDays } from "../../../store/records/value-list.ts";
import { dayParameter } from "../../pipeline/parameters.ts";

/** The values of a dimension as they are answered. */
export const dimensionSchema = z
  .object({
    name: z.string(),
    trackedSince: z
      .string()
      .nullable()
      .meta({ description: "null where it is tracked since the workspace was made" }),
    named: z.int().meta({ description: "How many values count by name and stay" }),
    maxNamed: z.int(),
    values: z.array(
      z.object({
        value: z.string(),
        status: z.enum(["named", "claimed", "ended", "removed", "merged"]).meta({
          description: `\`claimed\`: only public keys have sent it, so that it counts by name for ${claimDays} days; \`ended\`: these are over`,
        }),
        countsAs: z.string(),
        until: dayParameter.nullable().meta({ description: "The last day of a claim" }),
      }),
    ),
  })
  .meta({ id: "Dimension", description: "The values of a dimension" });
