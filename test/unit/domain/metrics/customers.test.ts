import { describe, expect, it } from "vitest";
import { Counted, step } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

/** a and b join in February, c in March; b leaves in March; d joins and leaves in March; a leaves, returns and leaves in March. */
const lives = [
  step("joined", "a", "2026-02-03"),
  step("joined", "b", "2026-02-04"),
  step("joined", "e", "2026-02-05"),
  step("joined", "f", "2026-02-06"),
  step("joined", "c", "2026-03-02"),
  step("left", "b", "2026-03-10"),
  step("joined", "d", "2026-03-05"),
  step("left", "d", "2026-03-20"),
  step("left", "a", "2026-03-07"),
  step("returned", "a", "2026-03-09"),
  step("left", "a", "2026-03-30"),
];

const october = ["2026-10-01", "2026-10-31"] as const;

describe("customers", () => {
  it("is start + new + returned − lost", () => {
    const { value, n, components } = new Counted(lives).measure("customers", ...month);
    expect({ value, n }).toEqual({ value: 3, n: 3 });
    expect(components).toEqual({ start: 4, new: 2, returned: 1, lost: 4, end: 3 });
  });

  it("is compared by what its days brought, those who came back and those who were lost among them", () => {
    const { sample } = new Counted(lives).measure("customers", ...month);
    const daily = sample?.kind === "balance" ? sample.daily() : [];
    // c joined on the 2nd, d on the 5th; a left on the 7th, was back on the 9th, and left on the 30th; b left on the 10th, d on the 20th.
    const changes = daily.flatMap((change, at) => (change === 0 ? [] : [[at + 1, change]]));
    expect(daily).toHaveLength(31);
    expect(changes).toEqual([
      [2, 1],
      [5, 1],
      [7, -1],
      [9, 1],
      [10, -1],
      [20, -1],
      [30, -1],
    ]);
  });

  it("of nothing is 0, not null", () => {
    expect(new Counted([]).measure("customers", ...month).value).toBe(0);
  });

  it("ignores the end of someone who is no customer", () => {
    const counted = new Counted([step("left", "x", "2026-03-03"), step("left", "b", "2026-03-04")]);
    expect(counted.measure("customers", ...month).components).toMatchObject({ lost: 0, end: 0 });
  });
});

describe("customers at the start", () => {
  it("are those who came, and came back, less those who were lost", () => {
    const given = [
      step("joined", "a", "2026-08-01"),
      step("left", "a", "2026-08-10"),
      step("returned", "a", "2026-09-01"),
      step("joined", "b", "2026-09-01"),
    ];
    expect(new Counted(given).measure("customers", ...october).components).toMatchObject({
      start: 2,
      end: 2,
    });
  });
});
