import * as z from "zod";
import type { MetricPoint } from "./points.ts";

/** From a graph's metrics to its lines: which values each has, and how they are summed up over its periods. */

/** A metric of a graph. */
export interface GraphMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly label: string;
  /** `Sum`, `Maximum`, `p90` … */
  readonly stat: string;
  /** Seconds. */
  readonly period: number;
}

/** A value of a line. */
export interface SeriesPoint {
  /** The beginning of its period, milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly value: number;
}

const options = z.looseObject({
  label: z.string().optional(),
  stat: z.string().default("Average"),
  period: z.number().default(300),
});

/** A metric as a dashboard's body has it; undefined for one that is computed of others. */
export function graphMetricOf(entry: readonly unknown[]): GraphMetric | undefined {
  const [namespace, name, ...rest] = entry;
  if (typeof namespace !== "string" || typeof name !== "string") return undefined;
  const pairs = rest.filter((part) => typeof part === "string");
  const { label = name, stat, period } = options.parse(rest.find((part) => typeof part === "object") ?? {});
  const names = pairs.filter((_, index) => index % 2 === 0);
  const dimensions = Object.fromEntries(
    names.map((dimension, index) => [dimension, pairs[2 * index + 1] ?? ""]),
  );
  return { namespace, name, dimensions, label, stat, period };
}

/** Whether what a metric counts is measured here: by the functions themselves, or by the gateway. */
export function isMeasuredHere({ namespace }: GraphMetric): boolean {
  return !namespace.startsWith("AWS/") || namespace === "AWS/ApiGateway";
}

/** The line of a metric: a value for each of its periods in which there was any. */
export function seriesOf(metric: GraphMetric, points: readonly MetricPoint[]): SeriesPoint[] {
  const length = metric.period * 1_000;
  const own = points.filter((point) => isOf(metric, point));
  const periods = Map.groupBy(own, ({ at }) => Math.floor(at / length) * length);
  return [...periods]
    .map(([at, values]) => ({
      at,
      value: summedUp(
        values.map(({ value }) => value),
        metric.stat,
      ),
    }))
    .sort((a, b) => a.at - b.at);
}

/** There is one API here: what the gateway measures names none. */
function isOf({ namespace, name, dimensions }: GraphMetric, point: MetricPoint): boolean {
  if (point.namespace !== namespace || point.name !== name) return false;
  if (namespace === "AWS/ApiGateway") return true;
  const names = Object.keys(point.dimensions);
  return (
    names.length === Object.keys(dimensions).length &&
    names.every((dimension) => dimensions[dimension] === point.dimensions[dimension])
  );
}

function summedUp(values: readonly number[], stat: string): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (stat) {
    case "Sum":
      return sum;
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "SampleCount":
      return values.length;
    default: {
      const share = Number(/^p(\d+(?:\.\d+)?)$/.exec(stat)?.[1] ?? Number.NaN) / 100;
      if (Number.isNaN(share)) return sum / values.length;
      const sorted = values.toSorted((a, b) => a - b);
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    }
  }
}
