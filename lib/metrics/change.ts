import type { AnyMetric, Measurement } from "./metric.ts";
import { formatMinor, parseAmount } from "./money.ts";
import { compareSamples } from "./sample.ts";
import { percent } from "./statistics/fraction.ts";

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

function moneyChanges(earlier: string, later: string): Pick<Change, "change" | "changePercent"> {
  const [from, to] = inUnits([earlier, later]);
  return { change: moneyChange(earlier, later), changePercent: percent(to - from, from < 0n ? -from : from) };
}

/** Decimal strings as whole numbers of the same unit. */
function inUnits([one, other]: readonly [string, string]): readonly [bigint, bigint] {
  const decimals = decimalsOf([one, other]);
  return [parseAmount(one, decimals), parseAmount(other, decimals)];
}

function decimalsOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.split(".")[1]?.length ?? 0));
}

/** The exact difference of two decimal strings: the later less the earlier. */
export function moneyChange(earlier: string, later: string): string {
  const [from, to] = inUnits([earlier, later]);
  return formatMinor(to - from, decimalsOf([earlier, later]));
}
