import { describe, expect, it } from "vitest";
import { spikeThreshold } from "../../../../../lib/domain/metrics/statistics/spikes.ts";

describe("the count above which a day is a spike", () => {
  it("is three robust standard deviations above the median, from 1.4826 times the median deviation", () => {
    // Median 100; deviations 30, 20, 10, 0, 10, 20, 900, sorted 0, 10, 10, 20, 20, 30, 900: median 20.
    expect(spikeThreshold([70, 120, 110, 100, 90, 80, 1000])).toBeCloseTo(100 + 3 * 1.4826 * 20, 10);
  });

  it("takes the mean of the two in the middle for an even number of days", () => {
    // Median of 10, 20, 30, 40, 60, 70, 80, 90: 50; deviations 40, 30, 20, 10, 10, 20, 30, 40: median 25.
    expect(spikeThreshold([90, 10, 80, 20, 70, 30, 60, 40])).toBeCloseTo(50 + 3 * 1.4826 * 25, 10);
  });

  it("leaves counts that are usually alike the scatter of counts, the root of the median", () => {
    expect(spikeThreshold([64, 64, 64, 64, 64, 64, 64])).toBe(64 + 3 * 8);
  });

  it("is never closer than three to the median, even where usually nothing happens", () => {
    expect(spikeThreshold([0, 0, 0, 0, 0, 0, 50])).toBe(3);
  });

  it("is not raised by the spikes themselves", () => {
    const usual = [9, 11, 10, 9, 11, 10, 10, 9, 11];
    expect(spikeThreshold([...usual, 10_000])).toBe(spikeThreshold([...usual, 20]));
  });

  it("is not told from fewer than seven days", () => {
    expect(spikeThreshold([5, 5, 5, 5, 5, 5])).toBeNull();
    expect(spikeThreshold([])).toBeNull();
    expect(spikeThreshold([5, 5, 5, 5, 5, 5, 5])).not.toBeNull();
  });
});
