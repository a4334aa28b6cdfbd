import { expect, it } from "vitest";
import { coverage, significant } from "../../../../calibration/grid.ts";
import { kinds } from "../../../../calibration/kinds.ts";

/** A small part of `npm run calibrate`: 300 rounds, so that shares are right to about three points. */

const rounds = 300;
const seed = 7;

const kindOf = (name: string) => {
  const found = kinds.find((kind) => kind.name.startsWith(name));
  if (!found) throw new Error(`there is no kind ${name}`);
  return found;
};

it.each([
  ["share of 1 %", 30],
  ["NPS of 96", 30],
  ["effort, nearly all 7", 30],
  ["amounts, lognormal σ = 0.5", 400],
  ["orders of customers, three each on average, levels σ = 0.4", 400],
  ["satisfaction, five answers a customer", 400],
  ["clicks, five views", 400],
  ["uptime, 4 outages", 43_200],
])("intervals of %s cover the truth as often as they say, with %d of them", (name, n) => {
  const { share, of } = coverage(kindOf(name), n, rounds, seed);
  expect(of).toBeGreaterThan(0.5);
  expect(share).toBeGreaterThanOrEqual(0.92);
});

it.each([
  ["amounts, lognormal σ = 0.5", 400],
  ["orders of customers, three each on average, levels σ = 0.4", 400],
  ["satisfaction, five answers a customer", 400],
  ["clicks, five views", 400],
  ["uptime, 4 outages", 43_200],
  ["contacts", 30],
])("comparisons of %s where nothing changed are hardly ever significant, with %d of them", (name, n) => {
  const { share, of } = significant(kindOf(name), [n, n], 0, rounds, seed);
  expect(of).toBeGreaterThan(0.5);
  expect(share).toBeLessThanOrEqual(0.08);
});

it("amounts that a few customers decide are no sample to rely on, however many: lognormal σ = 2, 400 of them", () => {
  expect(coverage(kindOf("amounts, lognormal σ = 2"), 400, 100, seed).of).toBeLessThan(0.02);
});
