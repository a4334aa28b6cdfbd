import { commentIn, type Mood } from "./comments.ts";
import type { Customer } from "./company.ts";
import { type Random, randomOf } from "./random.ts";
import { isIn, type Story } from "./story.ts";

/** How customers score, and what they write beside. */

/** A survey that customers answer with a score. */
export type CustomerSurvey = "nps" | "csat" | "ces";

/** The distribution of scores: normal, cut at the ends of the scale. */
interface Scale {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly deviation: number;
  /** By how much a bad release lowers the mean. */
  readonly drop: number;
  /** From this score on it is good, and up to that one bad: both included. */
  readonly good: number;
  readonly bad: number;
}

const scales: Readonly<Record<CustomerSurvey | "esat", Scale>> = {
  nps: { from: 0, to: 10, mean: 8.3, deviation: 1.9, drop: 1.6, good: 9, bad: 6 },
  csat: { from: 1, to: 5, mean: 4.25, deviation: 0.9, drop: 1.1, good: 4, bad: 2 },
  ces: { from: 1, to: 7, mean: 5.7, deviation: 1.2, drop: 1.7, good: 6, bad: 4 },
  esat: { from: 1, to: 10, mean: 7.6, deviation: 1.4, drop: 0.8, good: 8, bad: 5 },
};

/** A survey question: who is asked, and on which day. */
export interface Asked {
  readonly survey: CustomerSurvey | "esat";
  readonly day: number;
  readonly story: Story;
  readonly customer?: Customer | undefined;
  readonly language: string;
  /** By how much what was asked about lowers the mean; 0 when absent. */
  readonly lower?: number;
}

/** Draws a score, and for some of them what was written beside it. */
export function scored(asked: Asked, random: Random): Readonly<Record<string, unknown>> {
  const { survey, day, story, customer, language, lower = 0 } = asked;
  const { from, to, mean, deviation, drop, good, bad } = scales[survey];
  const isHarder = isIn(story.badRelease, day);
  const level = mean + (customer?.temper ?? 0) - (isHarder ? drop : 0) - lower;
  const score = Math.min(to, Math.max(from, Math.round(random.normal(level, deviation))));
  const sour: Mood = isHarder && survey !== "esat" ? "release" : "bad";
  if (!random.chance(survey === "esat" ? 0.1 : 0.32)) {
    // Who is unhappy writes more often. Drawn apart, so that nothing else of the company depends on it.
    const alsoWrites = survey !== "esat" && score <= bad && (day + score) % 2 === 0;
    return alsoWrites ? { score, ...commentIn(language, sour, randomOf(day, "unhappy")) } : { score };
  }
  const calm: Mood = score >= good ? "good" : "fair";
  return { score, ...commentIn(language, score <= bad ? sour : calm, random) };
}
