import type { Reference } from "./metric.ts";

/** Texts on intervals that several metrics share. */

/** Of a mean of amounts or durations. */
export const meanIntervalText =
  "Student's t interval of the mean, not below 0; from 30 values on widened to that of Hall's transformation, and with fewer degrees of freedom, by the skewness of the values or of a lognormal distribution with their variation, whichever is greater. Where the mean differs more from day to day than its values say, the standard error is that over days (from 7 on). A low sample until there are more than 28 + 5·skewness² values.";

/** Where that comes from. */
export const meanReferences: readonly Reference[] = [
  { title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" },
  {
    title:
      "Hall 1992, On the Removal of Skewness by Transformation, Journal of the Royal Statistical Society B 54(1), 221–228",
  },
  { title: "Cochran 1977, Sampling Techniques, 3rd edition, sections 2.11, 2.15 and 6.4" },
];

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `A customer's ${cases} resemble each other. The hourly run measures from the files of closed days, once a week, how much that adds to the variance in 7, 30, 90 and 365 days; from then on the interval and tests allow for it, the answer says method: by-customer, and with fewer than 28 customers of the same weight it is a low sample. By a dimension the same figures hold as for all. A day's snapshot does not use them.`;
}

/** Of a share whose cases may come in bursts. */
export const burstIntervalText =
  "Wilson score interval, with Poisson's end for up to 3 events in 30 cases or more; where the share differs more from day to day than its cases say, of the smaller number of cases that would tell as much (from 7 days on).";

/** Where that comes from. */
export const burstReferences: readonly Reference[] = [
  {
    title:
      "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 209–212",
  },
  {
    title:
      "Brown, Cai & DasGupta 2001, Interval Estimation for a Binomial Proportion, Statistical Science 16(2), 101–133",
  },
  { title: "Cochran 1977, Sampling Techniques, 3rd edition, sections 2.11 and 6.4" },
];
