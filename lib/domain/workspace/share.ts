import * as z from "zod";

/** Shared links: a page that can be looked at without a key for so many days. */

/** Days that a link can be good for at most. */
export const maxShareDays = 90;

/** The pages that can be shared. What people wrote, and who they are, is shared by no other. */
const sharedPath = /^\/(?:metrics\/[a-z][a-z0-9-]*|goals)?(?:\?[\x21-\x7e]*)?$/;

/** Whether an address is one of a page that can be shared. */
export function isShareable(path: string): boolean {
  return sharedPath.test(path);
}

/** The body of `POST /v1/shares`. */
export const shareSchema = z
  .strictObject({
    path: z
      .string()
      .max(1_000, "must have at most 1000 characters")
      .regex(sharedPath, "must be the address of the overview, a metric or the goals, from its first / on")
      .meta({
        description: "The page with everything that is chosen in its address",
        example: "/metrics/nps?groupBy=channel",
      }),
    days: z
      .int({ error: "must be a whole number" })
      .min(1, "must be at least 1")
      .max(maxShareDays, `must be at most ${maxShareDays}`)
      .meta({ description: "For how many days the link is good", example: 7 }),
    comments: z
      .boolean({ error: "must be true or false" })
      .default(false)
      .meta({ description: "Whether the page shows what people wrote" }),
  })
  .meta({ id: "ShareDefinition" });

/** A shared page, and for how long. */
export type ShareDefinition = z.output<typeof shareSchema>;
