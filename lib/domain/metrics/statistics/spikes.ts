/** Days that stand out of a series of counts, robustly: the spikes themselves do not raise the bar. */

/** So many days at least, or nothing can be called usual. */
const minDays = 7;

/** Makes the median absolute deviation a standard deviation where values are normal (Hampel 1974). */
const consistency = 1.4826;

/** Above which count a day is a spike: see `spikeThreshold`. */
const deviations = 3;

function median(values: readonly number[]): number {
  // Numbers in an array of their own are sorted without a comparison that is called.
  const sorted = Float64Array.from(values).sort();
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The count above which a day is a spike: median + 3·s, where s is the greatest of 1.4826·MAD (F. R. Hampel 1974, "The influence
 * curve and its role in robust estimation"), the root of the median (how much a count scatters by itself: Poisson), and 1.
 * `null` for fewer than 7 days.
 * @param counts of consecutive days
 */
export function spikeThreshold(counts: readonly number[]): number | null {
  if (counts.length < minDays) return null;
  const usual = median(counts);
  const deviation = consistency * median(counts.map((count) => Math.abs(count - usual)));
  return usual + deviations * Math.max(deviation, Math.sqrt(usual), 1);
}
