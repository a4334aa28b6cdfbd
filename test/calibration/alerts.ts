import { weeklyJudging } from "../../lib/domain/alerts/sensitivity.ts";
import { daysToTell, quietWorkspaces, quietYears, seriesKinds } from "./quiet-years.ts";

/** Measures alerts: how often they are raised for nothing, and how soon for something. */

/** A simulated share may be beyond its bound by so many standard errors. */
const errors = 3;

/** The bound: in months in which nothing changes at most so many alerts. By when a drop is told each kind says. */
const mostAlarms = 0.05;

/** So many drops are told by the day by which the kind says they have to be. */
const half = 0.5;

/** How many days are known when the level drops: nine months, and ten weeks. */
const known = [270, 70] as const;

/**
 * Prints the table of alerts.
 * @param print writes a row
 * @returns what is outside of its bounds
 */
export function calibrateAlerts(
  years: number,
  seed: number,
  print: (...cells: readonly (string | number)[]) => void,
): string[] {
  const outside: string[] = [];
  const hold = (what: string, share: number, of = years, most = mostAlarms) => {
    const error = errors * Math.sqrt((most * (1 - most)) / of);
    if (share > most + error) outside.push(`${what}: ${(100 * share).toFixed(1)} %`);
  };
  print(
    "daily series",
    "raised in the last month of a quiet year",
    "in any month",
    "as weeks: in any 30 weeks",
    "a drop is told on day (median; within 8 days)",
    "after ten weeks",
  );
  print("---", "---", "---", "---", "---", "---");
  for (const [at, kind] of seriesKinds.entries()) {
    const { lastMonth, anyMonth } = quietYears(kind, years, seed + at);
    const told = known.map((days) => daysToTell(kind, Math.ceil(years / 2), seed + 100 + at, days));
    hold(`alerts, ${kind.name}, last month`, lastMonth / years);
    hold(`alerts, ${kind.name}, any month`, anyMonth);
    const courses = Math.ceil(years / 4);
    const weeks =
      kind.mostWeeks === undefined
        ? undefined
        : quietYears(kind, courses, seed + 200 + at, weeklyJudging("below"), true).anyMonth;
    if (weeks !== undefined) hold(`alerts, ${kind.name}, any 30 weeks`, weeks, courses, kind.mostWeeks);
    for (const [when, { median, shareWithin, drops }] of told.entries()) {
      const most = kind.mostDays?.[when] ?? Number.POSITIVE_INFINITY;
      const isLate = shareWithin(most) < half - errors * Math.sqrt((half * half) / drops);
      if (isLate) outside.push(`alerts, ${kind.name}, after ${known[when]} days: told on day ${median}`);
    }
    const alarms = [lastMonth / years, anyMonth, weeks].map((one) =>
      one === undefined ? "" : `${(100 * one).toFixed(1)} %`,
    );
    const days = told.map(({ median, shareWithin }) => `${median} (${Math.round(100 * shareWithin(8))} %)`);
    print(kind.name, ...alarms, ...days);
  }
  const workspaces = Math.ceil(years / 25);
  const share = quietWorkspaces(20, workspaces, seed);
  print(
    `20 alerts of a workspace, judged together (${workspaces} workspaces)`,
    `${(100 * share).toFixed(1)} %`,
    ...["", "", "", ""],
  );
  hold("20 alerts of a workspace", share, workspaces);
  return outside;
}
