import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  earlierRevisionItem,
  fittingSnapshot,
  type Snapshot,
  snapshotItem,
  snapshotOfItem,
} from "../../../../lib/store/snapshots/stored-snapshot.ts";

const settings = { currency: "USD", convention: "", margin: 0.3, maxLifespanMonths: 60 };

const snapshot: Snapshot = {
  ...{ metric: "sales", date: "2025-03-04", version: 1 },
  ...{ value: "10.00", low: null, high: null, n: 1, components: { orders: 1, revenue: "10.00" } },
  ...{ method: undefined, counts: {}, settings, revision: 2, takenAt: "2025-03-05T00:15:00.000Z" },
  seen: { causes: { recorded: 2 }, families: ["sales"], log: ["a"] },
  checks: 3,
};

/** What the SDK would send, and what it would make of the answer. */
const throughTable = (item: Readonly<Record<string, unknown>>) =>
  unmarshall(marshall(item, { removeUndefinedValues: true }));

const sums = fc
  .dictionary(fc.string({ minLength: 1 }), fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }))
  .map((counters) => Object.fromEntries(Object.entries(counters).filter(([, sum]) => sum !== 0n)));

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0));

describe("a stored snapshot", () => {
  it("says what was measured and counted, however large or small the numbers are", () => {
    fc.assert(
      fc.property(sums, sums, number, fc.maxSafeNat(), (counts, counters, value, facts) => {
        const restatedBecause = { facts, ids: ["a"], causes: ["recorded" as const], counters };
        const components = { most: 1e300, least: 5e-324, value };
        const taken: Snapshot = { ...snapshot, value, components, counts, restatedBecause };
        expect(snapshotOfItem(throughTable(snapshotItem("w", taken)))).toEqual(taken);
      }),
    );
  });

  it("keeps the order of its components, and gives counters in one order", () => {
    const components = { zeta: 1, alpha: 2, mid: null };
    const counts = { z: 1n, "r:c2": 2n, a: 3n };
    const read = snapshotOfItem(throughTable(snapshotItem("w", { ...snapshot, components, counts })));
    expect(Object.keys(read.components)).toEqual(["zeta", "alpha", "mid"]);
    expect(Object.keys(read.counts)).toEqual(["a", "r:c2", "z"]);
  });

  it("stays as it is where it fits an item", () => {
    const restatedBecause = { facts: 1, ids: ["a"], causes: ["recorded" as const], counters: { orders: 1n } };
    const taken = { ...snapshot, restatedBecause };
    expect(fittingSnapshot(taken)).toBe(taken);
  });

  it("fits an item whatever it counts: it leaves out what changed, and then its components", () => {
    const counters = Object.fromEntries(
      Array.from({ length: 8_000 }, (_, index) => [`cell:${"ü".repeat(8)}${index}`, BigInt(index) ** 5n]),
    );
    const restatedBecause = { facts: 9, ids: ["a"], causes: ["recorded" as const], counters };
    const taken = { ...snapshot, counts: counters, restatedBecause };
    const brief = fittingSnapshot(taken);
    expect(brief).toEqual({ ...taken, restatedBecause: { ...restatedBecause, ids: [], counters: {} } });
    const components = Object.fromEntries(Object.keys(counters).map((name) => [name, 1.5]));
    const wide = fittingSnapshot({ ...taken, components });
    expect(wide).toEqual({ ...brief, components: {} });
    for (const one of [brief, wide]) {
      const { counts, ...item } = snapshotItem("w", one);
      const bytes = counts instanceof Uint8Array ? counts.byteLength : Number.NaN;
      expect(bytes + Buffer.byteLength(JSON.stringify(item))).toBeLessThan(400 * 1024);
    }
  });

  it("keeps everything but what its run had seen once there is a later revision", () => {
    const item = earlierRevisionItem("w", snapshot);
    expect(item).toMatchObject({ pk: "W#w#R#sales", sk: "2025-03-04#000002" });
    expect(snapshotOfItem(throughTable(item))).toEqual({
      ...snapshot,
      seen: { causes: {}, families: [], log: [] },
    });
  });
});
