import { acquisitionCost } from "./acquisition-cost.ts";
import { averageOrderValue } from "./average-order-value.ts";
import { bounceRate } from "./bounce-rate.ts";
import { cartAbandonment } from "./cart-abandonment.ts";
import { ces } from "./ces.ts";
import { churnRate } from "./churn-rate.ts";
import { clv } from "./clv.ts";
import { clvPredicted } from "./clv-predicted.ts";
import { complaints } from "./complaints.ts";
import { contactVolume } from "./contact-volume.ts";
import { contributionsPerCase } from "./contributions-per-case.ts";
import { csat } from "./csat.ts";
import { ctaEngagement } from "./cta-engagement.ts";
import { customers } from "./customers.ts";
import { engagement } from "./engagement.ts";
import { esat } from "./esat.ts";
import { feedbackVolume } from "./feedback-volume.ts";
import { firstContactResolution } from "./first-contact-resolution.ts";
import { firstResponseTime } from "./first-response-time.ts";
import { grossRevenueRetention } from "./gross-revenue-retention.ts";
import { interactions } from "./interactions.ts";
import { journeyFunnel } from "./journey-funnel.ts";
import { knowledgeContributions } from "./knowledge-contributions.ts";
import { loyalty } from "./loyalty.ts";
import type { AnyMetric } from "./metric.ts";
import { mobileScore } from "./mobile-score.ts";
import { mrr } from "./mrr.ts";
import { netRevenueRetention } from "./net-revenue-retention.ts";
import { nextPage } from "./next-page.ts";
import { nps } from "./nps.ts";
import { organicSearch } from "./organic-search.ts";
import { pageSpeed } from "./page-speed.ts";
import { queueAbandonment } from "./queue-abandonment.ts";
import { queueTime } from "./queue-time.ts";
import { referralRate } from "./referral-rate.ts";
import { repeatPurchaseRate } from "./repeat-purchase-rate.ts";
import { resolutionTime } from "./resolution-time.ts";
import { retentionRate } from "./retention-rate.ts";
import { revenueChurn } from "./revenue-churn.ts";
import { sales } from "./sales.ts";
import { selfService } from "./self-service.ts";
import { sharePrice } from "./share-price.ts";
import { socialMentions } from "./social-mentions.ts";
import { surveyResponseRate } from "./survey-response-rate.ts";
import { taskCompletion } from "./task-completion.ts";
import { touchpointsPerPurchase } from "./touchpoints-per-purchase.ts";
import { uptime } from "./uptime.ts";
import { visitorIntent } from "./visitor-intent.ts";

/** The catalogue, in the order in which it is shown. Routes, snapshots, dashboards and documentation follow from it. */
export const metrics: readonly AnyMetric[] = [
  nps,
  csat,
  ces,
  esat,
  taskCompletion,
  visitorIntent,
  surveyResponseRate,
  feedbackVolume,
  customers,
  churnRate,
  retentionRate,
  repeatPurchaseRate,
  loyalty,
  engagement,
  interactions,
  touchpointsPerPurchase,
  sales,
  averageOrderValue,
  clv,
  clvPredicted,
  mrr,
  netRevenueRetention,
  grossRevenueRetention,
  revenueChurn,
  acquisitionCost,
  referralRate,
  contactVolume,
  complaints,
  firstResponseTime,
  resolutionTime,
  firstContactResolution,
  queueAbandonment,
  queueTime,
  knowledgeContributions,
  contributionsPerCase,
  selfService,
  bounceRate,
  nextPage,
  cartAbandonment,
  ctaEngagement,
  organicSearch,
  uptime,
  pageSpeed,
  mobileScore,
  socialMentions,
  sharePrice,
  journeyFunnel,
];

export function findMetric(id: string): AnyMetric | undefined {
  return metrics.find((metric) => metric.id === id);
}
