import { describe, expect, it } from "vitest";
import { KeyLimiter, type LimitedKey, windowSeconds } from "../../../../lib/api/pipeline/key-limiter.ts";
import type { NewUsage, Usage, UsagePeriod, UsedTotals } from "../../../../lib/store/settings/key-usage.ts";
import { seededRandom } from "../../domain/metrics/statistics/random.ts";

/** The item of a key, as the table keeps it. */
class Item {
  window = -1;
  day = -1;
  totals: { window: Usage; day: Usage } = { window: nothing, day: nothing };
  writes = 0;

  readonly report = async (
    { window, day, unitsPerWindow }: UsagePeriod,
    usage: NewUsage,
  ): Promise<UsedTotals> => {
    this.writes += 1;
    if (window > this.window || this.window > window + 6) {
      const passed = window - this.window;
      const units = passed < 0 ? 0 : Math.max(0, this.totals.window.units - passed * unitsPerWindow);
      this.totals.window = { requests: 0, units };
      this.window = window;
    }
    if (day !== this.day) this.totals.day = nothing;
    this.day = day;
    const ofDay = { ...usage, units: usage.unitsOfDay };
    this.totals = { window: plus(this.totals.window, usage), day: plus(this.totals.day, ofDay) };
    return this.totals;
  };
}

const nothing: Usage = { requests: 0, units: 0 };

function plus(one: Usage, other: Usage): Usage {
  return { requests: one.requests + other.requests, units: one.units + other.units };
}

const start = Date.parse("2026-10-01T12:00:00Z");

function keyWith(limits: Partial<LimitedKey> = {}): LimitedKey {
  return {
    ...{ workspace: "shop", keyId: "3f9a01c2b4d5", requestsPerSecond: 500, requestsPerDay: null },
    ...{ unitsPerSecond: 100_000, unitsPerDay: null },
    ...limits,
  };
}

/** Some processes that share the item of a key, and a clock. */
function processes(count: number) {
  const item = new Item();
  const clock = { now: start };
  const limiters = Array.from(
    { length: count },
    () => new KeyLimiter({ report: item.report, now: () => clock.now }),
  );
  return { item, clock, limiters };
}

/** How many of so many requests are taken, each by a process that chance chooses, where each uses so many units. */
async function takenOf(
  requests: number,
  limiters: readonly KeyLimiter[],
  key: LimitedKey,
  units = 0,
): Promise<number> {
  const random = seededRandom(7);
  let taken = 0;
  for (let request = 0; request < requests; request += 1) {
    const limiter = limiters[Math.floor(random() * limiters.length)];
    if ((await limiter?.take(key)) !== undefined) continue;
    limiter?.charge(key, units);
    taken += 1;
  }
  return taken;
}

describe("a key's requests", () => {
  it("cost no write while there are few", async () => {
    const { item, limiters } = processes(1);
    expect(await takenOf(20, limiters, keyWith())).toBe(20);
    expect(item.writes).toBe(0);
  });

  it.each([1, 5, 20])(
    "cost about one write in fifty where there are many, in %i processes",
    async (count) => {
      const { item, limiters } = processes(count);
      // What lies unused in one process is missing in another when four fifths of the limit are reached.
      expect(await takenOf(4_000, limiters, keyWith())).toBeGreaterThanOrEqual(count === 20 ? 3_960 : 4_000);
      expect(item.writes).toBeLessThan(4_000 / 45);
    },
  );

  it("are refused past the limit, exactly, in one process", async () => {
    const { limiters } = processes(1);
    expect(await takenOf(7_000, limiters, keyWith())).toBe(5_000);
  });

  it.each([4, 40])("are refused past the limit to 10 %%, in %i processes", async (count) => {
    const { limiters } = processes(count);
    const taken = await takenOf(12_000, limiters, keyWith());
    expect(taken).toBeGreaterThan(4_500);
    // Beyond the limit by what each process takes without asking.
    expect(taken).toBeLessThanOrEqual(5_000 + 20 * count);
  });

  it("are counted one by one where few are allowed", async () => {
    const { limiters } = processes(4);
    expect(await takenOf(100, limiters, keyWith({ requestsPerSecond: 1 }))).toBe(10);
  });

  it("that are refused cost no writes", async () => {
    const { item, limiters } = processes(4);
    const key = keyWith({ requestsPerSecond: 1 });
    await takenOf(100, limiters, key);
    const { writes } = item;
    expect(await takenOf(1_000, limiters, key)).toBe(0);
    expect(item.writes).toBe(writes);
  });

  it("are taken again in the next window, and the answer says in how many seconds", async () => {
    const { clock, limiters } = processes(1);
    const [limiter] = limiters;
    const key = keyWith({ requestsPerSecond: 0.1 });
    clock.now = start + 2_500;
    expect(await limiter?.take(key)).toBeUndefined();
    expect(await limiter?.take(key)).toBe(8);
    clock.now = start + windowSeconds * 1000 - 1;
    expect(await limiter?.take(key)).toBe(1);
    clock.now += 1;
    expect(await limiter?.take(key)).toBeUndefined();
  });

  it("leave other keys theirs", async () => {
    const { limiters } = processes(1);
    const key = keyWith({ requestsPerSecond: 0.1 });
    await takenOf(5, limiters, key);
    const other = new Item();
    const limiter = new KeyLimiter({ report: other.report, now: () => start });
    expect(await limiter.take(key)).toBeUndefined();
    expect(await limiter.take({ ...key, keyId: "another" })).toBe(10);
  });

  it("are taken again after a clock was days ahead and goes right", async () => {
    const { clock, limiters } = processes(1);
    const [limiter] = limiters;
    const key = keyWith({ requestsPerSecond: 0.1 });
    clock.now = start + 3 * 86_400_000;
    await takenOf(5, limiters, key);
    clock.now = start;
    const item = new Item();
    expect(await new KeyLimiter({ report: item.report, now: () => start }).take(key)).toBeUndefined();
    expect(await limiter?.take(key)).toBeUndefined();
  });
});

describe("a key's requests of a day", () => {
  it("are refused past the limit until the day ends, however slowly they come", async () => {
    const { clock, limiters } = processes(2);
    const key = keyWith({ requestsPerSecond: 50, requestsPerDay: 300 });
    let taken = 0;
    for (let window = 0; window < 100; window += 1) {
      taken += await takenOf(5, limiters, key);
      clock.now += windowSeconds * 1000;
    }
    // Beyond the limit by what each process makes without telling.
    expect(taken).toBeGreaterThanOrEqual(280);
    expect(taken).toBeLessThanOrEqual(300 + 20 * 2);
    const untilMidnight = (Date.parse("2026-10-02T00:00:00Z") - clock.now) / 1000;
    expect(await limiters[0]?.take(key)).toBe(untilMidnight);
    clock.now = Date.parse("2026-10-02T00:00:00Z");
    expect(await limiters[0]?.take(key)).toBeUndefined();
  });
});

describe("a key's units", () => {
  it("that are few cost no write", async () => {
    const { item, limiters } = processes(1);
    expect(await takenOf(20, limiters, keyWith({ unitsPerSecond: 1_000 }), 20)).toBe(20);
    expect(item.writes).toBe(0);
  });

  it("are refused past the limit, in one process, whatever the number of requests", async () => {
    const { limiters } = processes(1);
    expect(await takenOf(100, limiters, keyWith({ unitsPerSecond: 1_000 }), 2_000)).toBe(5);
  });

  it("of all processes count together: each lets through one dear request that it does not know of", async () => {
    const { limiters } = processes(4);
    const taken = await takenOf(200, limiters, keyWith({ unitsPerSecond: 1_000 }), 2_000);
    expect(taken).toBeGreaterThanOrEqual(5);
    expect(taken).toBeLessThanOrEqual(5 + 4);
  });

  it("that were used beyond the limit are paid by later windows, and the answer says how long", async () => {
    const { clock, limiters } = processes(1);
    const [limiter] = limiters;
    const key = keyWith({ unitsPerSecond: 1_000 });
    expect(await limiter?.take(key)).toBeUndefined();
    limiter?.charge(key, 34_000);
    // Three windows of 10,000 are over; what is left fits into the next.
    expect(await limiter?.take(key)).toBe(30);
    clock.now += 29_000;
    expect(await limiter?.take(key)).toBe(1);
    clock.now += 1_000;
    expect(await limiter?.take(key)).toBeUndefined();
  });

  it("that were used beyond the limit are known to a process that begins, once it asks", async () => {
    const { clock, item, limiters } = processes(1);
    const [limiter] = limiters;
    const key = keyWith({ requestsPerSecond: 1, unitsPerSecond: 1_000 });
    await limiter?.take(key);
    limiter?.charge(key, 34_000);
    expect(await limiter?.take(key)).toBe(30);
    clock.now += 10_000;
    const other = new KeyLimiter({ report: item.report, now: () => clock.now });
    expect(await other.take(key)).toBe(20);
  });

  it("of a day are refused past the limit until the day ends", async () => {
    const { clock, limiters } = processes(1);
    const [limiter] = limiters;
    const key = keyWith({ unitsPerSecond: 1_000, unitsPerDay: 5_000 });
    await limiter?.take(key);
    limiter?.charge(key, 5_000);
    expect(await limiter?.take(key)).toBe(43_200);
    clock.now = Date.parse("2026-10-02T00:00:00Z");
    expect(await limiter?.take(key)).toBeUndefined();
  });
});
