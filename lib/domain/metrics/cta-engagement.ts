import { burstIntervalText, burstReferences } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";
import { percent } from "./statistics/fraction.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** Engagement with calls to action. */
export const ctaEngagement = defineMetric({
  id: "cta-engagement",
  name: "Call-to-action engagement",
  area: "web",
  description: "How many clicks there were for each hundred views of a call to action.",
  formula: "100·clicks/views",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: `${burstIntervalText} None where there were more clicks than views. A low sample on fewer days, and where nobody or everybody clicked.`,
  notes: [
    "groupBy=cta shows each call to action, groupBy=page each page.",
    "Clicks are counted, not persons who clicked: send one click a view to have a share. More clicks than views are shown as they are, above 100 %, and the answer says so; they tell that views are missing or that clicks are repeated.",
    "Who sees a call to action five times clicks as often or as seldom each time: so the interval is measured over days.",
    "A click counts on its own day, also when the view was on the day before.",
    "Without any view there is no value, however many clicks there were.",
  ],
  references: [
    {
      title:
        "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 9: impressions and click-through rate",
    },
    ...burstReferences,
  ],
  range: () => ({ min: 0, max: null }),
  family: "cta-engagement",
  countsFrom: ["events"],
  facts: ["cta.viewed", "cta.clicked"],
  counters: ["views", "clicks"],
  increments: {
    "cta-viewed": (occurrence) => ({ views: occurrence.count }),
    "cta-clicked": (occurrence) => ({ clicks: occurrence.count }),
  },
  compute(period) {
    const views = period.count("views");
    const clicks = period.count("clicks");
    const counts = { n: views, components: { views, clicks } };
    if (clicks <= views) {
      const spread = spreadOverDays(period.daily("clicks"), period.daily("views"));
      return {
        ...percentageOf(clicks, views, spread),
        ...counts,
        sample: { kind: "proportion", successes: clicks, n: views, spread, isClustered: true },
      };
    }
    return {
      value: percent(clicks, views),
      low: null,
      high: null,
      ...counts,
      remarks: [{ id: "remark.clicksBeyondViews" }],
    };
  },
});
