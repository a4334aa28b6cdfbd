import { Cron } from "croner";
import { LocalCloudError } from "./errors.ts";

/** When a schedule runs. */
export interface ScheduleTimes {
  /** The first time after an instant; undefined when there is none. */
  next(after: Date): Date | undefined;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Understands EventBridge Scheduler's `cron(minutes hours day-of-month month day-of-week year)`, in a time zone, and
 * `rate(value unit)`, counted from the first instant that is asked for.
 * @throws LocalCloudError for anything else
 */
export function parseScheduleExpression(expression: string, timeZone: string): ScheduleTimes {
  const [, kind, text = ""] = /^(cron|rate)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === "rate") return rate(text, expression);
  if (kind === "cron") return cron(text, expression, timeZone);
  throw new LocalCloudError(`The local cloud does not know the schedule ${expression}`);
}

function rate(text: string, expression: string): ScheduleTimes {
  const [, value, unit = ""] = /^(\d+) (minute|hour|day)s?$/.exec(text.trim()) ?? [];
  const milliseconds = Number(value) * (unitMilliseconds[unit] ?? Number.NaN);
  if (!(milliseconds > 0))
    throw new LocalCloudError(`The local cloud does not know the schedule ${expression}`);
  return { next: (after) => new Date(after.getTime() + milliseconds) };
}

function cron(text: string, expression: string, timeZone: string): ScheduleTimes {
  const fields = text.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || dayOfWeek === undefined || (dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw new LocalCloudError(
      `The schedule ${expression} needs six fields, and "?" for one of day-of-month and day-of-week`,
    );
  }
  // `6L` is AWS's word for the last Friday of the month, `6#L` this library's.
  const weekday = dayOfWeek.replaceAll(/(\w)L\b/g, "$1#L");
  try {
    const job = new Cron(["0", minutes, hours, dayOfMonth, month, weekday, year].join(" "), {
      paused: true,
      timezone: timeZone,
      mode: "7-part",
      // AWS counts weekdays from 1 for Sunday, and writes `0/15` for every quarter of an hour.
      alternativeWeekdays: true,
      sloppyRanges: true,
    });
    return { next: (after) => job.nextRun(after) ?? undefined };
  } catch (error) {
    throw new LocalCloudError(`The local cloud does not know the schedule ${expression} in ${timeZone}`, {
      cause: error,
    });
  }
}
