import { describe, expect, it } from "vitest";
import { type ItemSize, ReadBudget } from "../../../../lib/store/table/budget.ts";

const kilobyte = 1024;
const small = { name: "small", maxBytes: 4 * kilobyte, isAlike: true as const };
const bound = (items: number, size: ItemSize = small) => ({ items, size, unitPrice: 1 });

describe("a budget of read units", () => {
  it("sets aside the most that a read can cost; another that does not fit beside it waits until it is answered", async () => {
    const budget = new ReadBudget(100);
    const first = await budget.grant(bound(60));
    let isGranted = false;
    const second = budget.grant(bound(60)).then((granted) => {
      isGranted = true;
      return granted;
    });
    await Promise.resolve();
    expect(isGranted).toBe(false);
    budget.settle(first, bound(60), 15, 60);
    expect((await second).items).toBe(60);
    expect(budget.spent).toBe(15);
  });

  it("takes the items that follow to be twice as large as those seen, so that more of them fit", async () => {
    const budget = new ReadBudget(1_000);
    const large = { name: "large", maxBytes: 400 * kilobyte, isAlike: true as const };
    const first = await budget.grant(bound(100, large));
    expect(first.items).toBe(9);
    budget.settle(first, bound(100, large), 9, 9);
    const second = await budget.grant(bound(100, large));
    expect(second.items).toBe(100);
    expect(second.units).toBeLessThan(300);
  });

  it("sets aside no more for an item than is known of its sort", async () => {
    const large = { name: "large", maxBytes: 40 * kilobyte };
    const budget = new ReadBudget(100, undefined, { large: 2 * kilobyte });
    expect(await budget.grant(bound(90, large))).toMatchObject({ items: 90, units: 46 });
    // Knowing of larger ones than can be stored changes nothing.
    const other = new ReadBudget(100, undefined, { large: 400 * kilobyte });
    expect((await other.grant(bound(90, large))).items).toBe(9);
  });

  it("asks for fewer items where not all fit, and refuses when too little is left even for a few", async () => {
    const budget = new ReadBudget(100);
    const granted = await budget.grant(bound(1_000));
    expect(granted.items).toBe(99);
    budget.settle(granted, bound(1_000), 60, 99);
    await expect(budget.grant(bound(1_000))).rejects.toMatchObject({ code: "over-budget" });
    expect(budget.spent).toBe(60);
  });

  it("frees what was set aside for a read that failed", async () => {
    const budget = new ReadBudget(100);
    const granted = await budget.grant(bound(90));
    budget.settle(granted, bound(90), 0, 0);
    expect((await budget.grant(bound(90))).items).toBe(90);
  });

  it("learns nothing from items that are not alike: a small one can be followed by a large one", async () => {
    const budget = new ReadBudget(500);
    const fact = { name: "fact", maxBytes: 40 * kilobyte };
    const first = await budget.grant(bound(10, fact));
    budget.settle(first, bound(10, fact), 1, 10);
    expect((await budget.grant(bound(10, fact))).units).toBe(101);
  });

  it("lets nobody wait for reads that are over, whatever fractions of units they took", async () => {
    const budget = new ReadBudget(100);
    const third = { name: "third", maxBytes: (4 * kilobyte) / 3 };
    const reads = await Promise.all(
      [1, 7, 11].map((items) => budget.grant({ ...bound(items, third), unitPrice: 0.1 })),
    );
    for (const read of reads) budget.settle(read, bound(1, third), 0.1, 0);
    expect((await budget.grant(bound(1_000))).items).toBeLessThan(100);
  });

  it("refuses what is known to cost more before any of it is spent", () => {
    const budget = new ReadBudget(10);
    expect(() => budget.require(11)).toThrow(/more read units than one request may/);
    expect(budget.spent).toBe(0);
  });

  it("refuses every read once the time of the request is over", async () => {
    const budget = new ReadBudget(100, { remaining: () => 0 });
    await expect(budget.grant(bound(1))).rejects.toMatchObject({ code: "too-slow" });
  });
});

it("keeps units for what follows, until they are released", async () => {
  const budget = new ReadBudget(100);
  const release = budget.hold(60);
  expect(budget.remaining).toBe(40);
  expect(() => budget.require(50)).toThrow(expect.objectContaining({ code: "over-budget" }));
  release();
  budget.require(50);
  expect(budget.remaining).toBe(100);
});
