import { daysToTell, quietWorkspaces, quietYears, seriesKinds } from "./quiet-years.ts";

/** Measures alerts: how often they are raised for nothing, and how soon for something. */

/** A simulated share may be beyond its bound by so many standard errors. */
const errors = 3;

/** The bounds: in months in which nothing changes at most so many alerts, and a drop of one standard deviation is told within so many days at the median. */
const [mostAlarms, mostDays] = [0.05, 8];

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
  const error = errors * Math.sqrt((mostAlarms * (1 - mostAlarms)) / years);
  const hold = (what: string, share: number) => {
    if (share > mostAlarms + error) outside.push(`${what}: ${(100 * share).toFixed(1)} %`);
  };
  print(
    "daily series",
    "raised in the last month of a quiet year",
    "in any month",
    "a drop is told on day (median)",
  );
  print("---", "---", "---", "---");
  for (const [at, kind] of seriesKinds.entries()) {
    const { lastMonth, anyMonth } = quietYears(kind, years, seed + at);
    const told = daysToTell(kind, Math.ceil(years / 5), seed + 100 + at);
    hold(`alerts, ${kind.name}, last month`, lastMonth / years);
    hold(`alerts, ${kind.name}, any month`, anyMonth);
    if (at === 0 && told > mostDays) outside.push(`alerts, ${kind.name}: told on day ${told}`);
    print(kind.name, `${((100 * lastMonth) / years).toFixed(1)} %`, `${(100 * anyMonth).toFixed(1)} %`, told);
  }
  const workspaces = Math.ceil(years / 25);
  const share = quietWorkspaces(20, workspaces, seed);
  print(
    `20 alerts of a workspace, judged together (${workspaces} workspaces)`,
    `${(100 * share).toFixed(1)} %`,
    "",
    "",
  );
  if (share > mostAlarms + errors * Math.sqrt((mostAlarms * (1 - mostAlarms)) / workspaces)) {
    outside.push(`20 alerts of a workspace: ${(100 * share).toFixed(1)} %`);
  }
  return outside;
}
