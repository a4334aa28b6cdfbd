import { countDays, type Day } from "../calendar/days.ts";
import type { AnyMetric, Benchmark } from "./metric.ts";
import { betterIn } from "./range.ts";

/** Published figures that a value can be held against: whether it is good. */

/** A figure beside a value. */
export interface BenchmarkReading extends Pick<Benchmark, "low" | "high" | "of" | "source"> {
  /** On which side of it the value is. */
  readonly side: "below" | "within" | "above";
  /** Whether that is the better side; `null` within it. */
  readonly isBetter: boolean | null;
}

/** The days of a month, and of a year. */
export const monthDays = [28, 31] as const;
export const yearDays = [365, 366] as const;

/** The metric's published figures for intervals of this length, with the side on which the value lies; none without a value. */
export function benchmarksOf(
  metric: AnyMetric,
  convention: string,
  { from, to, value }: { readonly from: Day; readonly to: Day; readonly value: number | string | null },
): BenchmarkReading[] {
  const [usual = ""] = metric.conventions ?? [];
  if (value === null || convention !== usual) return [];
  const length = countDays(from, to);
  const isOf = ({ days }: Benchmark) => !days || (length >= days[0] && length <= days[1]);
  return (metric.benchmarks ?? []).filter(isOf).map(({ low, high, of, source }) => {
    const side = Number(value) < low ? "below" : Number(value) > high ? "above" : "within";
    const better = betterIn(metric, convention) === "higher" ? "above" : "below";
    return { low, high, of, source, side, isBetter: side === "within" ? null : side === better };
  });
}
