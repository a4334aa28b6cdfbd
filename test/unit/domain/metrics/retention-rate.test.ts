import { expect, it } from "vitest";
import { Counted, step } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;
const four = ["a", "b", "c", "d"].map((id) => step("joined", id, "2026-02-05"));

it("the retention of a month in which one of four customers left is 75 %, exactly 100 − churn", () => {
  const counted = new Counted([...four, step("joined", "e", "2026-03-02"), step("left", "a", "2026-03-10")]);
  const { value, n } = counted.measure("retention-rate", ...march);
  expect({ value, n }).toEqual({ value: 75, n: 4 });
  expect(counted.measure("churn-rate", ...march).value).toBe(25);
});

it("a customer who leaves, comes back and leaves again is lost once, and nobody at the start gives null", () => {
  const counted = new Counted([
    ...four,
    step("left", "a", "2026-03-10"),
    step("returned", "a", "2026-03-12"),
    step("left", "a", "2026-03-20"),
  ]);
  expect(counted.measure("retention-rate", ...march).value).toBe(75);
  expect(
    new Counted([step("joined", "a", "2026-03-05")]).measure("retention-rate", ...march).value,
  ).toBeNull();
});
