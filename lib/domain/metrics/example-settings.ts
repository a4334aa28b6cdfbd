import { defaultStages } from "../facts/journeys.ts";
import type { MetricSettings } from "./metric.ts";

/** Settings to compute a metric with where no workspace is asked: for its documentation, and to find out how it behaves. */
export const exampleSettings: Omit<MetricSettings, "convention"> = {
  currency: "USD",
  currencyDecimals: 2,
  margin: 1,
  maxLifespanMonths: 60,
  journeyStages: defaultStages,
  funnel: "",
  withinDays: null,
  targetSeconds: null,
  parts: null,
  responseCutOffDays: 14,
};
