import { type Bounds, clamp, noBounds, normalQuantile, requireCounts } from "./bounds.ts";
import { inflationOf, type Spread } from "./clusters.ts";

/** The counts that the adjusted Wald interval adds before it computes anything (Rocks 2016): 3 answers in all. */
const added = { promoters: 0.75, passives: 1.5, detractors: 0.75 };

/** How many answered what. */
export interface NetPromoterCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** The variance of one answer, promoters being 1, passives 0 and detractors −1. The counts may be fractions. */
function variance(promoters: number, passives: number, detractors: number): number {
  const n = promoters + passives + detractors;
  const promoterShare = promoters / n;
  const detractorShare = detractors / n;
  return promoterShare + detractorShare - (promoterShare - detractorShare) ** 2;
}

/**
 * The variance of one answer, promoters being 1, passives 0 and detractors −1: p + d − (p − d)², from 0 to 1, where p
 * and d are the shares of promoters and detractors. The plain (Wald) standard error of the score in points is
 * 100·√(variance/n). `null` without any answer.
 * @throws RangeError when a count is negative or not whole.
 */
export function varianceOfNetPromoter(
  promoters: number,
  passives: number,
  detractors: number,
): number | null {
  requireCounts({ promoters, passives, detractors });
  return promoters + passives + detractors === 0 ? null : variance(promoters, passives, detractors);
}

/**
 * The adjusted estimate of a Net Promoter Score and its standard error, both in points: ¾ promoter, 1½ passives and ¾
 * detractor are added to the counts, so that few answers, or answers that are all alike, do not look certain (Rocks
 * 2016). For intervals and tests; the score that people read is the plain one. `null` without any answer.
 * @param spread over customers: the variance is that of as many fewer answers
 * @throws RangeError when a count is negative or not whole.
 */
export function adjustedNetPromoter(
  counts: NetPromoterCounts,
  spread?: Spread,
): { readonly estimate: number; readonly standardError: number } | null {
  requireCounts({
    promoters: counts.promoters,
    passives: counts.passives,
    detractors: counts.detractors,
  });
  if (counts.promoters + counts.passives + counts.detractors === 0) return null;
  const promoters = counts.promoters + added.promoters;
  const passives = counts.passives + added.passives;
  const detractors = counts.detractors + added.detractors;
  const n = promoters + passives + detractors;
  return {
    estimate: (100 * (promoters - detractors)) / n,
    standardError: 100 * Math.sqrt((inflationOf(spread) * variance(promoters, passives, detractors)) / n),
  };
}

/**
 * The 95 % interval of a Net Promoter Score in points, −100 to 100: adjusted Wald (B. Rocks 2016, "Interval estimation
 * for the Net Promoter Score", The American Statistician 70(4)). With ¾ promoter, 1½ passives and ¾ detractor added,
 *
 *     100·(p′ − d′ ± z·√((p′ + d′ − (p′ − d′)²)/(n + 3)))
 *
 * clamped to ±100. It always contains the observed score: a single promoter's or detractor's interval, which would end
 * 1.5 points short of ±100, reaches to it. Because of what is added it is centred a little nearer to 0 than the
 * observed score, and `standardError` differs a little from the plain one. All are `null` without any answer.
 * @throws RangeError when a count is negative or not whole.
 */
export function netPromoterInterval(
  promoters: number,
  passives: number,
  detractors: number,
  spread?: Spread,
): Bounds & { readonly standardError: number | null } {
  const adjusted = adjustedNetPromoter({ promoters, passives, detractors }, spread);
  if (!adjusted) return { ...noBounds, standardError: null };
  const observed = (100 * (promoters - detractors)) / (promoters + passives + detractors);
  const margin = normalQuantile * adjusted.standardError;
  return {
    low: clamp(adjusted.estimate - margin, -100, observed),
    high: clamp(adjusted.estimate + margin, observed, 100),
    standardError: adjusted.standardError,
  };
}
