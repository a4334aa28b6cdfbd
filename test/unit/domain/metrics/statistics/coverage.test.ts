import { describe, expect, it } from "vitest";
import {
  compareMeans,
  compareNetPromoter,
  compareProportions,
} from "../../../../../lib/domain/metrics/statistics/comparison.ts";
import { summarise } from "../../../../../lib/domain/metrics/statistics/histogram.ts";
import { meanInterval } from "../../../../../lib/domain/metrics/statistics/mean.ts";
import { netPromoterInterval } from "../../../../../lib/domain/metrics/statistics/nps.ts";
import { wilsonInterval } from "../../../../../lib/domain/metrics/statistics/proportion.ts";
import { drawCounts, seededRandom } from "./random.ts";

const rounds = 3000;

/** In how many of the simulated samples something holds, as a share. */
function shareOf(holds: (random: () => number) => boolean): number {
  const random = seededRandom(20_261_001);
  let held = 0;
  for (let round = 0; round < rounds; round += 1) if (holds(random)) held += 1;
  return held / rounds;
}

function within(truth: number, bounds: { low: number | null; high: number | null }): boolean {
  return bounds.low !== null && bounds.high !== null && bounds.low <= truth && truth <= bounds.high;
}

function expectNominal(coverage: number): void {
  expect(coverage).toBeGreaterThanOrEqual(0.93);
  expect(coverage).toBeLessThanOrEqual(0.97);
}

function netPromoterSample(random: () => number, probabilities: readonly number[], n: number) {
  const [promoters = 0, passives = 0, detractors = 0] = drawCounts(random, probabilities, n);
  return { promoters, passives, detractors };
}

function scores(random: () => number, probabilities: readonly number[], n: number) {
  return summarise(
    new Map(drawCounts(random, probabilities, n).map((count, category) => [category + 1, count])),
  );
}

/** Answers on a scale of 1 to 7, most of them high. */
const effort = [0.04, 0.05, 0.08, 0.13, 0.2, 0.3, 0.2];
const meanEffort = effort.reduce((sum, probability, category) => sum + probability * (category + 1), 0);

describe.each([50, 400])("with %d answers", (n) => {
  it.each([
    { promoters: 0.62, passives: 0.29, detractors: 0.09 },
    { promoters: 0.4, passives: 0.3, detractors: 0.3 },
    { promoters: 0.2, passives: 0.3, detractors: 0.5 },
  ])("19 of 20 intervals cover a Net Promoter Score of $promoters − $detractors", (mix) => {
    const truth = 100 * (mix.promoters - mix.detractors);
    expectNominal(
      shareOf((random) => {
        const counts = netPromoterSample(random, [mix.promoters, mix.passives, mix.detractors], n);
        return within(truth, netPromoterInterval(counts.promoters, counts.passives, counts.detractors));
      }),
    );
  });

  it.each([0.15, 0.5, 0.78])("19 of 20 intervals cover a share of %d", (truth) => {
    expectNominal(
      shareOf((random) => {
        const [successes = 0] = drawCounts(random, [truth, 1 - truth], n);
        return within(truth, wilsonInterval(successes, n));
      }),
    );
  });

  it("19 of 20 intervals cover a mean on a scale of 1 to 7", () => {
    expectNominal(
      shareOf((random) => within(meanEffort, meanInterval(scores(random, effort, n), { min: 1, max: 7 }))),
    );
  });

  it("1 in 20 comparisons calls it significant when nothing changed", () => {
    const mix = [0.5, 0.3, 0.2];
    const falseAlarms = {
      netPromoter: shareOf(
        (random) =>
          compareNetPromoter(netPromoterSample(random, mix, n), netPromoterSample(random, mix, n))
            .significant,
      ),
      proportion: shareOf((random) => {
        const [first = 0] = drawCounts(random, [0.7, 0.3], n);
        const [second = 0] = drawCounts(random, [0.7, 0.3], n);
        return compareProportions({ successes: first, n }, { successes: second, n }).significant;
      }),
      mean: shareOf(
        (random) => compareMeans(scores(random, effort, n), scores(random, effort, n)).significant,
      ),
    };
    for (const share of Object.values(falseAlarms)) expectNominal(1 - share);
  });
});
