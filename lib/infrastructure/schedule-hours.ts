const hoursOfUnit: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };

/**
 * How many hours at most pass between two runs of a schedule that runs at least once a day; undefined for one that
 * runs less often.
 * @throws Error where it is no expression of EventBridge Scheduler's that repeats
 */
export function hoursBetweenRuns(expression: string): number | undefined {
  const [, kind, text = ""] = /^(cron|rate)\((.+)\)$/.exec(expression) ?? [];
  const fields = text.split(" ");
  if (kind === "rate")
    return daily(Number(fields[0]) * (hoursOfUnit[fields[1]?.replace(/s$/, "") ?? ""] ?? 0));
  if (kind === undefined || fields.length !== 6) {
    throw new Error(`${expression} is no schedule that repeats`);
  }
  const [, hour = "", ...days] = fields;
  if (days.some((field) => field !== "*" && field !== "?")) return undefined;
  if (hour === "*") return 1;
  return Number(/^(?:\*|0)\/(\d+)$/.exec(hour)?.[1] ?? 24);
}

function daily(hours: number): number | undefined {
  return hours <= 24 ? hours : undefined;
}
