import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "../../../../lib/tools/local-cloud/http/token-bucket.ts";

describe("a token bucket", () => {
  it("gives as many at once as the burst says, then as many a second as the rate says", () => {
    let now = 1000;
    const bucket = new TokenBucket(2, 3, () => now);
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
    now += 499;
    expect(bucket.take()).toBe(false);
    now += 1;
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });

  it("holds no more than the burst, however long nobody asks", () => {
    let now = 0;
    const bucket = new TokenBucket(100, 2, () => now);
    now += 86_400_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });

  it("never gives more than burst plus rate times the time that went by", () => {
    const asks = fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        asks,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (waits, rate, burst) => {
          let now = 0;
          const bucket = new TokenBucket(rate, burst, () => now);
          let given = 0;
          for (const wait of waits) {
            now += wait;
            if (bucket.take()) given++;
          }
          return given <= burst + (now / 1000) * rate + 1e-6;
        },
      ),
    );
  });
});
