import { describe, expect, it } from "vitest";
import { RequestLimiter, windowSeconds } from "../../../../lib/api/pipeline/request-limit.ts";
import type { Lease, RequestWindow } from "../../../../lib/store/settings/request-leases.ts";
import { seededRandom } from "../../metrics/statistics/random.ts";

/** The item of a key, as the table keeps it. */
class Item {
  window = -1;
  taken = 0;
  writes = 0;

  readonly lease = async ({ window, limit }: RequestWindow, wanted: number): Promise<Lease> => {
    this.writes += 1;
    if (window > this.window) {
      this.window = window;
      this.taken = 0;
    }
    const granted = Math.max(0, Math.min(wanted, limit - this.taken));
    this.taken += wanted;
    return { granted, left: Math.max(0, limit - this.taken) };
  };
}

const key = { workspace: "shop", keyId: "3f9a01c2b4d5" };
const start = Date.parse("2026-10-01T12:00:00Z");

/** Some processes that share the item of a key, and a clock. */
function processes(count: number, requestsPerSecond: number) {
  const item = new Item();
  const clock = { now: start };
  const limiters = Array.from(
    { length: count },
    () => new RequestLimiter({ requestsPerSecond, lease: item.lease, now: () => clock.now }),
  );
  return { item, clock, limiters };
}

/** How many of so many requests are taken, each by a process that chance chooses. */
async function takenOf(requests: number, limiters: readonly RequestLimiter[]): Promise<number> {
  const random = seededRandom(7);
  let taken = 0;
  for (let request = 0; request < requests; request += 1) {
    const limiter = limiters[Math.floor(random() * limiters.length)];
    if ((await limiter?.take(key)) === undefined) taken += 1;
  }
  return taken;
}

describe("a key's requests", () => {
  it("cost no write while there are few", async () => {
    const { item, limiters } = processes(1, 500);
    expect(await takenOf(20, limiters)).toBe(20);
    expect(item.writes).toBe(0);
  });

  it.each([1, 5, 20])(
    "cost about one write in fifty where there are many, in %i processes",
    async (count) => {
      const { item, limiters } = processes(count, 500);
      // What lies unused in one process is missing in another when four fifths of the limit are reached.
      expect(await takenOf(4_000, limiters)).toBeGreaterThanOrEqual(count === 20 ? 3_960 : 4_000);
      expect(item.writes).toBeLessThan(4_000 / 45);
    },
  );

  it("are refused past the limit, exactly, in one process", async () => {
    const { limiters } = processes(1, 500);
    expect(await takenOf(7_000, limiters)).toBe(5_000);
  });

  it.each([4, 40])("are refused past the limit to 10 %%, in %i processes", async (count) => {
    const { limiters } = processes(count, 500);
    const taken = await takenOf(12_000, limiters);
    expect(taken).toBeGreaterThan(4_500);
    // Beyond the limit by what each process takes without asking.
    expect(taken).toBeLessThanOrEqual(5_000 + 20 * count);
  });

  it("are counted one by one where few are allowed", async () => {
    const { limiters } = processes(4, 1);
    expect(await takenOf(100, limiters)).toBe(10);
  });

  it("that are refused cost no writes", async () => {
    const { item, limiters } = processes(4, 1);
    await takenOf(100, limiters);
    const { writes } = item;
    expect(await takenOf(1_000, limiters)).toBe(0);
    expect(item.writes).toBe(writes);
  });

  it("are taken again in the next window, and the answer says in how many seconds", async () => {
    const { clock, limiters } = processes(1, 0.1);
    const [limiter] = limiters;
    clock.now = start + 2_500;
    expect(await limiter?.take(key)).toBeUndefined();
    expect(await limiter?.take(key)).toBe(8);
    clock.now = start + windowSeconds * 1000 - 1;
    expect(await limiter?.take(key)).toBe(1);
    clock.now += 1;
    expect(await limiter?.take(key)).toBeUndefined();
  });

  it("leave other keys theirs", async () => {
    const { limiters } = processes(1, 0.1);
    await takenOf(5, limiters);
    const other = new Item();
    const limiter = new RequestLimiter({ requestsPerSecond: 0.1, lease: other.lease, now: () => start });
    expect(await limiter.take(key)).toBeUndefined();
    expect(await limiter.take({ ...key, keyId: "another" })).toBe(10);
  });
});
