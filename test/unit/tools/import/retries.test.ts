import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Stopped } from "../../../../lib/tools/import/problems.ts";
import {
  backoffMilliseconds,
  defaultRetries,
  retryAfterMilliseconds,
  wait,
} from "../../../../lib/tools/import/retries.ts";

describe("waiting before another try", () => {
  it("is random below a bound that doubles, up to a cap", () => {
    const bounds = [1, 2, 3, 6, 7, 8].map((attempt) => backoffMilliseconds(defaultRetries, attempt, () => 1));
    expect(bounds).toEqual([500, 1000, 2000, 16_000, 20_000, 20_000]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const pause = backoffMilliseconds(defaultRetries, attempt, () => random);
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(20_000);
        },
      ),
    );
  });

  it("honours Retry-After in seconds and as a date", () => {
    const now = Date.parse("2024-05-01T10:00:00Z");
    expect(retryAfterMilliseconds("3", now)).toBe(3000);
    expect(retryAfterMilliseconds("Wed, 01 May 2024 10:00:05 GMT", now)).toBe(5000);
    expect(retryAfterMilliseconds("Wed, 01 May 2024 09:00:00 GMT", now)).toBe(0);
    expect(retryAfterMilliseconds("soon", now)).toBeUndefined();
    expect(retryAfterMilliseconds(null, now)).toBeUndefined();
  });

  it("ends at once when the import is stopped", async () => {
    const stop = new AbortController();
    const waiting = wait(60_000, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(Stopped);
    await expect(wait(60_000, stop.signal)).rejects.toThrow(Stopped);
  });
});
