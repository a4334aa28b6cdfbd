import { changeBetween } from "../../lib/domain/metrics/change.ts";
import type { AnyMetric, Measurement } from "../../lib/domain/metrics/metric.ts";
import { createTimeline, periodOf } from "../../lib/domain/metrics/period.ts";
import { compareSamples } from "../../lib/domain/metrics/sample.ts";
import { isLowSample } from "../../lib/domain/metrics/series.ts";
import { judgeTogether } from "../../lib/domain/metrics/verdict.ts";
import { defaultSettings, metricSettings } from "../../lib/domain/workspace/settings.ts";
import { Days, type Random, seeded } from "./draws.ts";
import type { Kind } from "./kinds.ts";

/** Measuring how often intervals cover the truth, and how often a comparison is called significant. */

export const settings = (metric: AnyMetric) =>
  metricSettings(
    { ...defaultSettings, id: "simulated", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} },
    metric.id,
  );

export const start = "2026-06-01";

/** What a metric says of some days. @param effects what is known of the customers: what these days tell of them when absent */
export function measured(metric: AnyMetric, days: Days, effects = days.effects()): Measurement {
  const range = { from: days.from, to: days.to };
  const timeline = createTimeline(range, days.counts, days.before);
  return metric.compute(
    periodOf(() => timeline, { ...range, calendar: null }),
    { ...settings(metric), customerEffects: effects },
  );
}

function drawn(kind: Kind, random: Random, n: number, effect: number): Days {
  const days = new Days(start, kind.length);
  kind.draw(random, n, days, effect);
  return days;
}

/** What a metric says of two periods, one after the other: the job has measured the customers of both. */
function measuredPair(metric: AnyMetric, earlier: Days, later: Days): readonly [Measurement, Measurement] {
  const effects = later.effects([earlier]);
  return [measured(metric, earlier, effects), measured(metric, later, effects)];
}

/** How often something held, of how many; `null` where it was never asked. */
export interface Share {
  readonly share: number | null;
  readonly of: number;
}

/** Of intervals: how many cover the truth, of those that are no low sample, and how many those are. */
export function coverage(kind: Kind, n: number, rounds: number, seed: number): Share {
  const random = seeded(seed);
  let [answered, covered] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const measurement = measured(kind.metric, drawn(kind, random, n, 0));
    if (isLowSample(kind.metric, measurement)) continue;
    answered += 1;
    const [low, high] = [Number(measurement.low), Number(measurement.high)];
    const truth = kind.truth ?? Number.NaN;
    if (measurement.low !== null && low <= truth && truth <= high) covered += 1;
  }
  return { share: answered === 0 ? null : covered / answered, of: answered / rounds };
}

/** Of comparisons of two samples: how many are significant, of those in which neither is low, and how many those are. */
export function significant(
  kind: Kind,
  [first, second]: readonly [number, number],
  effect: number,
  rounds: number,
  seed: number,
): Share {
  const random = seeded(seed);
  let [answered, found] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const [earlier, later] = measuredPair(
      kind.metric,
      drawn(kind, random, first, 0),
      drawn(kind, random, second, effect),
    );
    if (isLowSample(kind.metric, earlier) || isLowSample(kind.metric, later)) continue;
    const test = compareSamples(later.sample, earlier.sample);
    if (test?.pValue == null) continue;
    answered += 1;
    if (test.significant) found += 1;
  }
  return { share: answered === 0 ? null : found / answered, of: answered / rounds };
}

/** The effects that are tried for power, as shares of the value. */
const effects = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3];

/** The smallest of the effects tried that is found in 80 % of the comparisons, those counted that are too few to tell; `null` for none. */
export function power(kind: Kind, n: number, rounds: number, seed: number): number | null {
  for (const effect of effects) {
    const { share, of } = significant(kind, [n, n], effect, rounds, seed);
    if ((share ?? 0) * of >= 0.8) return effect;
    // Where no comparison of so many was answered, none of a larger effect is either.
    if (of === 0) return null;
  }
  return null;
}

/** What a report is made of, beside each kind's own number. */
export const casesAMonth = 400;

/** Of reports, each of a month compared with the month before: how many say of any of the kinds that it is better or worse, or that or changed. */
export function certainChanges(
  kinds: readonly Kind[],
  years: number,
  seed: number,
): { readonly reports: number; readonly judged: number; readonly changed: number } {
  const random = seeded(seed);
  const month = () => kinds.map((kind) => drawn(kind, random, kind.sizes?.at(-1) ?? casesAMonth, 0));
  let [reports, judged, changed] = [0, 0, 0];
  for (let year = 0; year < years; year += 1) {
    let earlier = month();
    for (let count = 0; count < 12; count += 1) {
      const later = month();
      const comparisons = kinds.map(({ metric }, index) => {
        const [before, after] = [earlier[index], later[index]];
        if (!before || !after) throw new RangeError("each kind is drawn each month");
        const [other, one] = measuredPair(metric, before, after);
        return changeBetween(metric, other, one, {
          isLow: isLowSample(metric, one) || isLowSample(metric, other),
        });
      });
      const verdicts = new Set(judgeTogether(comparisons).map(({ verdict }) => verdict));
      const isJudged = verdicts.has("better") || verdicts.has("worse");
      reports += 1;
      judged += Number(isJudged);
      changed += Number(isJudged || verdicts.has("changed"));
      earlier = later;
    }
  }
  return { reports, judged, changed };
}
