import { burstIntervalText } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";
import { meanInterval } from "./statistics/mean.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const bounceRate = defineMetric({
  id: "bounce-rate",
  name: "Bounce rate",
  area: "web",
  description: "The share of visits in which only one page was seen.",
  formula: "100·one-page sessions/sessions; pages per session; seconds per session",
  unit: "percent",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: `${burstIntervalText} Student's t interval for the means of pages and seconds, widened where they are skewed.`,
  notes: [
    "A session belongs to the day on which it ended.",
    "groupBy=page shows the page or article on which sessions began, groupBy=exitPage the one on which they ended.",
    "A fact with a count stands for so many sessions, each of so many pages and seconds; sent with the mean of many it keeps the means right, but makes their intervals too narrow.",
  ],
  references: [
    { title: "Kaushik 2010, Web Analytics 2.0, chapter 3: bounce rate" },
    { title: "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference" },
  ],
  family: "bounce-rate",
  countsFrom: ["events"],
  facts: ["session.ended"],
  counters: ["sessions", "bounced", "pages", "pagesSquares", "seconds", "secondsSquares"],
  increments: {
    "sessions-ended": ({ count, pages, seconds }) => ({
      sessions: count,
      bounced: pages === 1 ? count : 0,
      pages: pages * count,
      pagesSquares: BigInt(pages) ** 2n * BigInt(count),
      seconds: seconds * count,
      secondsSquares: BigInt(seconds) ** 2n * BigInt(count),
    }),
  },
  compute(period) {
    const sessions = period.count("sessions");
    const bounced = period.count("bounced");
    const spread = spreadOverDays(period.daily("bounced"), period.daily("sessions"));
    const mean = (sum: "pages" | "seconds", squares: "pagesSquares" | "secondsSquares", min: number) =>
      meanInterval(
        { n: sessions, sum: period.sum(sum), sumOfSquares: period.sum(squares) },
        { min, max: Number.POSITIVE_INFINITY },
      );
    const pages = mean("pages", "pagesSquares", 1);
    const seconds = mean("seconds", "secondsSquares", 0);
    return {
      ...percentageOf(bounced, sessions, spread),
      n: sessions,
      components: {
        ...{ sessions, bounced },
        ...{ pagesPerSession: pages.mean, pagesPerSessionLow: pages.low, pagesPerSessionHigh: pages.high },
        secondsPerSession: seconds.mean,
        ...{ secondsPerSessionLow: seconds.low, secondsPerSessionHigh: seconds.high },
      },
      sample: { kind: "proportion", successes: bounced, n: sessions, spread },
    };
  },
});
