import type { DayRange } from "../domain/calendar/intervals.ts";

/** The lines of a chart. */

/** One point of a line. */
export interface ChartPoint {
  /** Its place in time, as a number of days: fractions are parts of a day. */
  readonly at: number;
  /** `null` leaves a gap. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the value may still change, or covers only a part of its interval: drawn hollow. */
  readonly isOpen: boolean;
  /** Whether there are too few data for its band to decide how high the chart is. */
  readonly isLowSample: boolean;
  /** Its days. */
  readonly days: DayRange;
  /** Its days, value, interval and sample size in a line. */
  readonly text: string;
}

export interface ChartLine {
  /** Absent where there is only one. */
  readonly label?: string;
  readonly points: readonly ChartPoint[];
}
