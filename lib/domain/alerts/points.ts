import { dayNumber } from "../calendar/days.ts";
import type { Measured } from "../metrics/series.ts";
import type { DatedPoint } from "./course.ts";

/** From what a metric says of days to the points of a course, on a scale on which usual days are about alike. */

/** What the values of a course are: how they are made comparable, and how their chart is drawn. */
export type CourseKind =
  /** Shares, means and scores of cases: by their true numbers (p charts). */
  | "rate"
  /** Numbers of things: on the scale of their square root (u charts). */
  | "count"
  /** Amounts (XmR charts). */
  | "amount"
  /** Balances and prices: by how much they change (XmR charts of the differences). */
  | "level";

/** The points of a course, and what they are. */
export interface Course {
  readonly kind: CourseKind;
  readonly points: readonly DatedPoint[];
  /** From the scale of the points back to the metric's unit; absent for levels, whose points are changes. */
  readonly shownOf?: (value: number) => number;
}

/** Each weekday has a level of its own. */
const daysPerWeek = 7;

/** Amounts are about logarithmic from so many usual ones on, and below about as they are: a day without any is not further out than it is. */
const linearShare = 1;

function kindOf(measured: readonly Measured[]): CourseKind {
  const sample = measured.find(({ measurement }) => measurement.sample)?.measurement.sample;
  switch (sample?.kind) {
    case "net-promoter":
    case "proportion":
    case "mean":
      return "rate";
    case "process":
      return sample.isCount ? "count" : "amount";
    case "estimate":
    case "quotient":
      return "amount";
    default:
      return "level";
  }
}

/**
 * Makes the points of a course. Days of which nothing is known have none; neither have the days before the first on which anything happened.
 * @param measured days or weeks that follow each other
 * @param isWeekly whether they are weeks, which have no weekday
 */
export function courseOf(measured: readonly Measured[], isWeekly: boolean): Course {
  const kind = kindOf(measured);
  const known = measured.flatMap(({ interval: { from }, measurement }) => {
    const value = measurement.value === null ? Number.NaN : Number(measurement.value);
    return Number.isFinite(value) ? [{ day: from, shown: value, n: measurement.n }] : [];
  });
  const began = kind === "rate" ? known.filter(({ n }) => n > 0) : sinceAnything(known);
  const scale = scaleOf(
    kind,
    began.map(({ shown }) => shown),
  );
  const points = began.map(({ day, shown, n }, at) => ({
    ...{ day, shown, phase: isWeekly ? 0 : dayNumber(day) % daysPerWeek },
    value: kind === "level" ? shown - (began[at - 1]?.shown ?? Number.NaN) : scale.to(shown),
    weight: kind === "rate" ? n : 1,
  }));
  if (kind === "level") return { kind, points: points.slice(1) };
  return { kind, points, shownOf: scale.back };
}

/** Without the days before the first on which anything happened. */
function sinceAnything<Known extends { readonly shown: number }>(known: readonly Known[]): readonly Known[] {
  const first = known.findIndex(({ shown }) => shown !== 0);
  return first === -1 ? [] : known.slice(first);
}

interface CourseScale {
  readonly to: (value: number) => number;
  readonly back: (value: number) => number;
}

function scaleOf(kind: CourseKind, values: readonly number[]): CourseScale {
  // F. J. Anscombe 1948, Biometrika 35, 246–254: about the same variance whatever the mean.
  if (kind === "count") {
    const to = (value: number) => Math.sqrt(Math.max(0, value) + 3 / 8);
    return { to, back: (root) => Math.max(0, Math.max(0, root) ** 2 - 3 / 8) };
  }
  if (kind !== "amount") return { to: (value) => value, back: (value) => value };
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 1;
  const unit = linearShare * usual;
  return { to: (value) => Math.asinh(value / unit), back: (value) => unit * Math.sinh(value) };
}
