import { addDays } from "../calendar/days.ts";
import { type Sentiment, sentiments } from "../facts/market.ts";
import { defineMetric } from "./metric.ts";
import type { Period } from "./period.ts";
import { percent } from "./statistics/fraction.ts";
import { netPromoterInterval } from "./statistics/nps.ts";
import { spikeThreshold } from "./statistics/spikes.ts";

/** So many days are named at most. */
const maxNamed = 10;

/** Social listening. */
export const socialMentions = defineMetric({
  id: "social-mentions",
  name: "Social listening",
  area: "web",
  description: "How often the business was mentioned in public, and whether in good or in bad words.",
  formula: "mentions; net sentiment = 100·(positive − negative)/mentions",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval:
    "None for the number of mentions: they are counted. For the net sentiment adjusted Wald, as for the Net Promoter Score: both are the mean of +1, 0 and −1.",
  notes: [
    "groupBy=channel shows each network, groupBy=sentiment each kind of mention.",
    "Spikes are days with more mentions than median + 3·s over the days of the period, s being the greatest of 1.4826·MAD, √median and 1. Days before the first and after the last mention are left out, as they may lie before the beginning or ahead; fewer than 7 days have no spikes.",
    "More mentions are better only as far as the sentiment is: look at both.",
  ],
  references: [
    { title: "Hampel 1974, The Influence Curve and its Role in Robust Estimation, JASA 69(346), 383–393" },
    { title: "Rocks 2016, Interval Estimation for the Net Promoter Score, The American Statistician 70(4)" },
  ],
  family: "social-mentions",
  countsFrom: ["events"],
  facts: ["mention.seen"],
  counters: sentiments,
  increments: {
    mentioned: (occurrence) => ({ [occurrence.sentiment]: occurrence.count }),
  },
  compute(period) {
    const positive = period.count("positive");
    const neutral = period.count("neutral");
    const negative = period.count("negative");
    const mentions = positive + neutral + negative;
    const sentiment = netPromoterInterval(positive, neutral, negative);
    const { threshold, spikes } = spikesOf(period);
    const named = spikes.slice(0, maxNamed).map(({ day, count }) => `${day} (${count})`);
    return {
      ...{ value: mentions, low: null, high: null },
      n: mentions,
      sample: { kind: "process", daily: () => dailyMentions(period), isCount: true },
      components: {
        ...{ positive, neutral, negative },
        netSentiment: percent(positive - negative, mentions),
        ...{ netSentimentLow: sentiment.low, netSentimentHigh: sentiment.high },
        ...{ spikes: spikes.length, spikeThreshold: threshold },
      },
      ...(spikes.length > 0
        ? { remarks: [{ id: "remark.mentionSpikes", values: { days: named.join(", ") } }] }
        : {}),
    };
  },
});

function dailyMentions(period: Period<Sentiment, never>): number[] {
  const [positive, neutral, negative] = sentiments.map((sentiment) => period.daily(sentiment));
  return (neutral ?? []).map((count, day) => count + (positive?.[day] ?? 0) + (negative?.[day] ?? 0));
}

function spikesOf(period: Period<Sentiment, never>) {
  const counts = dailyMentions(period);
  const from = counts.findIndex((count) => count > 0);
  const to = counts.findLastIndex((count) => count > 0);
  const threshold = from === -1 ? null : spikeThreshold(counts.slice(from, to + 1));
  if (threshold === null) return { threshold, spikes: [] };
  const spikes = counts
    .flatMap((count, index) => (count > threshold ? [{ day: addDays(period.from, index), count }] : []))
    .sort((a, b) => b.count - a.count || (a.day < b.day ? -1 : 1));
  return { threshold, spikes };
}
