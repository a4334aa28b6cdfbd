import type { AnyMetric, Measurement } from "./metric.ts";
import { moneyChanges } from "./money.ts";
import { compareSamples } from "./sample.ts";

/** How a value differs from the one it is compared with. */
export interface Change {
  /** The value less the earlier one, in the metric's unit (money as decimal string); `null` where either is missing. */
  readonly change: number | string | null;
  /** In per cent of the earlier value's size; `null` where that is 0 or missing. */
  readonly changePercent: number | null;
  /**
   * Whether the difference is more than chance explains (two-sided test at 5 %); `null` for metrics that are counted and
   * not sampled, for those whose periods are not independent samples, and where either period has no data.
   */
  readonly significant: boolean | null;
}

/** Compares two measurements of one metric. */
export function changeBetween(metric: AnyMetric, earlier: Measurement, later: Measurement): Change {
  const test = compareSamples(later.sample, earlier.sample);
  const significant = test === undefined || earlier.n === 0 || later.n === 0 ? null : test.significant;
  if (earlier.value === null || later.value === null) {
    return { change: null, changePercent: null, significant };
  }
  if (metric.unit === "money") {
    return { ...moneyChanges(String(earlier.value), String(later.value)), significant };
  }
  const [from, to] = [Number(earlier.value), Number(later.value)];
  return {
    change: to - from,
    changePercent: from === 0 ? null : (100 * (to - from)) / Math.abs(from),
    significant,
  };
}
