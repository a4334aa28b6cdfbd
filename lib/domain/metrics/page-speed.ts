import { defineMetric } from "./metric.ts";
import { ratio } from "./statistics/fraction.ts";
import { quantileInterval, standardErrorOf } from "./statistics/quantile.ts";
import { quantileOf, relativeAccuracy, sketchCell } from "./statistics/sketch.ts";

const shown = 0.75;

export const pageSpeed = defineMetric({
  id: "page-speed",
  name: "Page speed",
  area: "web",
  description: "How long it took until a page was there: three of four loads were at least as fast.",
  formula: "75th percentile of load times; also the 50th, the 90th and the mean",
  unit: "seconds",
  better: "lower",
  smallestChange: {
    value: 0.1,
    source:
      "Deloitte & Google 2020, Milliseconds Make Millions: 0.1 s is the improvement whose effect was measured, 8.4 % more conversions in retail",
  },
  version: 1,
  minimumSample: 30,
  interval: "Distribution-free interval of a quantile from order statistics; none for fewer than 13 loads.",
  notes: [
    "Quantiles come from a mergeable sketch and are right to 1 %; below a millisecond they are 0. The mean is exact.",
    "groupBy=page shows each page, groupBy=device each device (a dimension).",
    "A fact with a count stands for so many loads of the same time.",
    "Two periods are compared by z on standard errors that would give intervals as wide (Woodruff 1952). What the sketch cannot tell apart, 1 % of each value, is no change.",
  ],
  references: [
    {
      title: "Web Vitals: thresholds are met when the 75th percentile of page loads meets them",
      url: "https://web.dev/articles/defining-core-web-vitals-thresholds",
    },
    { title: "Masson, Rim & Lee 2019, DDSketch, PVLDB 12(12), 2195–2205" },
    { title: "Conover 1999, Practical Nonparametric Statistics, 3rd edition, section 3.2" },
    { title: "Woodruff 1952, Confidence Intervals for Medians and Other Position Measures, JASA 47(260)" },
  ],
  family: "page-speed",
  countsFrom: ["events"],
  facts: ["page.loaded"],
  counters: ["loads", "milliseconds", "l:"],
  exampleCell: "c40",
  increments: {
    "pages-loaded": ({ count, milliseconds }) => ({
      loads: count,
      milliseconds: milliseconds * count,
      [`l:${sketchCell(milliseconds / 1_000)}`]: count,
    }),
  },
  compute(period) {
    const loads = period.count("loads");
    const cells = period.cells("l:");
    const value = quantileOf(cells, shown);
    const bounds = quantileInterval(cells, shown);
    const standardError = standardErrorOf(bounds);
    return {
      value,
      ...bounds,
      n: loads,
      components: {
        loads,
        p50: quantileOf(cells, 0.5),
        p75: value,
        p90: quantileOf(cells, 0.9),
        mean: loads === 0 ? null : ratio(period.sum("milliseconds"), 1_000n * BigInt(loads)),
      },
      ...(value === null || standardError === null
        ? {}
        : {
            sample: {
              kind: "estimate",
              estimate: value,
              standardError,
              resolution: relativeAccuracy * value,
            },
          }),
    };
  },
});
