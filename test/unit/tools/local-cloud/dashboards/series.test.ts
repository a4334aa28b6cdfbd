import { describe, expect, it } from "vitest";
import type { MetricPoint } from "../../../../../lib/tools/local-cloud/dashboards/points.ts";
import {
  graphMetricOf,
  isMeasuredHere,
  seriesOf,
} from "../../../../../lib/tools/local-cloud/dashboards/series.ts";

const noon = Date.parse("2026-11-28T12:00:00Z");
const minute = 60_000;

function metric(stat: string, period = 300, dimensions: Record<string, string> = { service: "cx" }) {
  const pairs = Object.entries(dimensions).flat();
  const found = graphMetricOf(["CxMetrics", "Facts", ...pairs, { stat, period, label: "facts" }]);
  if (!found) throw new Error("it is a metric");
  return found;
}

function points(...values: readonly (readonly [minutes: number, value: number])[]): MetricPoint[] {
  return values.map(([minutes, value]) => ({
    ...{ namespace: "CxMetrics", name: "Facts", dimensions: { service: "cx" } },
    ...{ at: noon + minutes * minute, value },
  }));
}

describe("a graph's metric", () => {
  it("has its dimensions in pairs, and its options at the end", () => {
    expect(metric("Sum")).toEqual({
      ...{ namespace: "CxMetrics", name: "Facts", dimensions: { service: "cx" } },
      ...{ label: "facts", stat: "Sum", period: 300 },
    });
  });

  it("without options is CloudWatch's average over five minutes, under its own name", () => {
    expect(graphMetricOf(["AWS/SQS", "Age"])).toMatchObject({ label: "Age", stat: "Average", period: 300 });
  });

  it("that is computed of others is none", () => {
    expect(graphMetricOf([{ expression: "a + b" }])).toBeUndefined();
  });

  it("is measured here if functions publish it or the gateway sees it", () => {
    const measured = ["CxMetrics", "AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB"].map((namespace) =>
      isMeasuredHere({ ...metric("Sum"), namespace }),
    );
    expect(measured).toEqual([true, true, false, false]);
  });
});

describe("a line", () => {
  const some = points([0, 4], [4, 10], [6, 1], [4.5, 1], [700, 7]);

  it.each([
    ["Sum", [15, 1, 7]],
    ["Maximum", [10, 1, 7]],
    ["Minimum", [1, 1, 7]],
    ["Average", [5, 1, 7]],
    ["SampleCount", [3, 1, 1]],
    ["p50", [4, 1, 7]],
    ["p90", [10, 1, 7]],
  ])("has for each period with values their %s", (stat, values) => {
    const line = seriesOf(metric(stat), some);
    expect(line.map(({ value }) => value)).toEqual(values);
    expect(line.map(({ at }) => (at - noon) / minute)).toEqual([0, 5, 700]);
  });

  it("has the values of exactly its dimensions: of another workspace, or of more of them, none", () => {
    expect(seriesOf(metric("Sum", 300, { service: "other" }), some)).toEqual([]);
    expect(seriesOf(metric("Sum", 300, {}), some)).toEqual([]);
    expect(seriesOf(metric("Sum", 300, { service: "cx", more: "1" }), some)).toEqual([]);
  });

  it("about the API has the values of the one that runs here", () => {
    const request = { namespace: "AWS/ApiGateway", name: "Count", dimensions: {}, at: noon, value: 1 };
    const count = graphMetricOf(["AWS/ApiGateway", "Count", "ApiId", "local", { stat: "SampleCount" }]);
    expect(count && seriesOf(count, [request, request])).toEqual([{ at: noon, value: 2 }]);
  });
});
