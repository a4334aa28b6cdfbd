import type { Watch } from "./course.ts";
import type { Judging } from "./episodes.ts";

/** How soon an alert is raised, and how often for nothing. `npm run calibrate -- --only alerts` measures it. */

/** The sensitivities, the least sensitive first. */
export const sensitivities = ["low", "default", "high"] as const;

/** How soon an alert is raised. */
export type Sensitivity = (typeof sensitivities)[number];

/** In how many of a hundred months, or 30 weeks, in which nothing changes an alert by itself is raised at most. */
export const falseAlarms: Readonly<Record<Sensitivity, number>> = { low: 0.01, default: 0.05, high: 0.2 };

/** The level at which the alerts of a workspace are judged together. */
export const levelTogether = falseAlarms.default;

/** How courses of days are judged: nothing is told before there are four days of each weekday and one more. Nearly all have to be alike: they have levels by weekday, and tell a change sooner by them. */
export function dailyJudging(watch: Watch, sensitivity: Sensitivity = "default"): Judging {
  return { watch, level: falseAlarms[sensitivity], minPoints: 28, minAlike: 0.95, settlesAfter: 28 };
}

/** How courses of weeks are judged: a quarter of a year is known before anything is told. */
export function weeklyJudging(watch: Watch, sensitivity: Sensitivity = "default"): Judging {
  return { watch, level: falseAlarms[sensitivity], minPoints: 12, minAlike: 0.5, settlesAfter: 8 };
}
