import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";

/** The archive's progress as it is answered. */

const span = {
  days: z.int(),
  from: dayParameter.nullable().meta({ description: "The first of them" }),
  to: dayParameter.nullable().meta({ description: "The last of them" }),
};

/** How far the archive has come. */
export const archiveSchema = z
  .object({
    timeZone: z.string(),
    closedThrough: dayParameter.meta({ description: "The last day that is over" }),
    archived: z.object(span).meta({ description: "Days that have files" }),
    waiting: z
      .object({
        ...span,
        changed: z
          .int()
          .meta({ description: "How many of them have files already, older than the day's last change" }),
        complete: z
          .boolean()
          .meta({ description: "Whether these are all: false where there are more than could be counted" }),
      })
      .meta({ description: "Days whose files are to be written. None: the archive is up to date" }),
    nextRun: z.iso.datetime().meta({ description: "When the hourly run looks for days next" }),
  })
  .meta({ id: "ArchiveProgress" });

/** The body of `POST /v1/archive`. */
export const archiveNowSchema = z
  .strictObject({})
  .meta({ id: "ArchiveNow", description: "Nothing: the days follow from what is waiting" });

/** Which days are archived now. */
export const archivingSchema = z
  .object({ ...span, days: z.int().meta({ description: "How many were asked for: at most 1,000" }) })
  .meta({ id: "Archiving" });
