import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import type { Measurement } from "../../../lib/domain/metrics/metric.ts";
import { logger } from "../../../lib/telemetry/logger.ts";
import {
  outcomeFields,
  publishCount,
  publishGoals,
  publishGoalsMissed,
  publishTries,
  publishValues,
} from "../../../lib/telemetry/metrics.ts";
import {
  goalName,
  goalValueName,
  namespace,
  operational,
  publishedName,
  service,
  workspaceDimension,
  workspaceGoalsMissed,
} from "../../../lib/telemetry/names.ts";

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

/** Everything that is written to the log while something is published. */
function written(publish: () => void): string[] {
  const lines: string[] = [];
  const keep = (chunk: string | Uint8Array): boolean => {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  publish();
  vi.restoreAllMocks();
  return lines;
}

/** The one line that is written, as CloudWatch reads it. */
function published(publish: () => void) {
  const [line, ...others] = written(publish);
  expect(others).toEqual([]);
  const read = embedded.parse(JSON.parse(line ?? ""));
  const [directive, ...more] = read._aws.CloudWatchMetrics;
  expect(more).toEqual([]);
  return { ...read, directive };
}

function measurement(value: Measurement["value"]): Measurement {
  return { value, low: null, high: null, n: 1, components: {} };
}

const now = Date.parse("2026-11-23T01:15:00Z");

// The library beneath looks at the clock itself: points that are too old for CloudWatch make it warn.
beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ["Date"] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a day's values", () => {
  const values = new Map([
    ["nps", measurement(33.25)],
    ["sales", measurement("12.50")],
    ["csat", measurement(null)],
  ]);

  it("are published under the metrics' names with the workspace as their only dimension, where graphs look", () => {
    const line = published(() => publishValues("shop", "2026-11-22", values, now));
    expect(line.directive).toEqual({
      Namespace: namespace,
      Dimensions: [[workspaceDimension]],
      Metrics: [
        { Name: publishedName("nps"), Unit: "None" },
        { Name: publishedName("sales"), Unit: "None" },
      ],
    });
    expect(line).toMatchObject({ [workspaceDimension]: "shop", nps: 33.25, sales: 12.5 });
    expect(line).not.toHaveProperty("csat");
  });

  it("stand at noon of their day", () => {
    const line = published(() => publishValues("shop", "2026-11-22", values, now));
    expect(new Date(line._aws.Timestamp).toISOString()).toBe("2026-11-22T12:00:00.000Z");
  });

  it("of one workspace never carry another's name", () => {
    published(() => publishValues("shop", "2026-11-22", values, now));
    const second = published(() => publishValues("office", "2026-11-22", values, now));
    expect(second).toMatchObject({ [workspaceDimension]: "office" });
    expect(second.directive?.Dimensions).toEqual([[workspaceDimension]]);
  });

  it("write nothing at all where there is no value, or CloudWatch would refuse them for their age", () => {
    const none = new Map([["csat", measurement(null)]]);
    expect(written(() => publishValues("shop", "2026-11-22", none, now))).toEqual([]);
    expect(written(() => publishValues("shop", "2026-11-08", values, now))).toEqual([]);
    expect(written(() => publishValues("shop", "2026-11-09", values, now))).toHaveLength(1);
  });
});

describe("goals", () => {
  const points = [
    { metricId: "nps", target: 45, value: 41.5 },
    { metricId: "sales", target: "1200.12", value: null },
  ];

  it("are drawn at noon of their day beside what they are measured by, a gap where that is not known", () => {
    const line = published(() => publishGoals("shop", "2026-11-22", points, now));
    expect(line.directive?.Dimensions).toEqual([[workspaceDimension]]);
    expect(line.directive?.Metrics.map(({ Name }) => Name)).toEqual([
      ...[goalName("nps"), goalValueName("nps"), goalName("sales")],
    ]);
    expect(line).toMatchObject({ [goalName("nps")]: 45, [goalValueName("nps")]: 41.5 });
    expect(line).toMatchObject({ [workspaceDimension]: "shop", [goalName("sales")]: 1200.12 });
    expect(new Date(line._aws.Timestamp).toISOString()).toBe("2026-11-22T12:00:00.000Z");
  });

  it("write nothing where none is drawn, or CloudWatch would refuse them for their age", () => {
    expect(written(() => publishGoals("shop", "2026-11-22", [], now))).toEqual([]);
    expect(written(() => publishGoals("shop", "2026-11-08", points, now))).toEqual([]);
    expect(written(() => publishGoals("shop", "2026-11-09", points, now))).toHaveLength(1);
  });

  it("that are certainly missed are counted for their workspace, and for the alarm; zero is news", () => {
    for (const missed of [2, 0]) {
      const [own, all] = written(() => publishGoalsMissed("shop", missed)).map((line) =>
        embedded.parse(JSON.parse(line)),
      );
      expect(own).toMatchObject({ [workspaceDimension]: "shop", [workspaceGoalsMissed]: missed });
      expect(own?._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([[workspaceDimension]]);
      expect(all).toMatchObject({ service, [operational.goalsMissed]: missed });
      expect(all?._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([["service"]]);
    }
  });
});

describe("operational metrics", () => {
  it("carry the service as their only dimension, where graphs and alarms look", () => {
    const line = published(() =>
      logger.info("request", outcomeFields({ recorded: 2, invalid: 1, duplicate: 0 })),
    );
    expect(line.directive?.Namespace).toBe(namespace);
    expect(line.directive?.Dimensions).toEqual([["service"]]);
    expect(line).toMatchObject({
      service,
      [operational.factsRecorded]: 2,
      [operational.factsInvalid]: 1,
    });
    expect(line).not.toHaveProperty(operational.factsDuplicate);
    expect(published(() => publishTries({ retries: 3, shardHops: 2 }))).toMatchObject({
      service,
      [operational.transactionRetries]: 3,
      [operational.shardHops]: 2,
    });
  });

  it("write nothing for a request without facts or further tries", () => {
    expect(outcomeFields({})).toEqual({});
    expect(outcomeFields({ recorded: 0 })).toEqual({});
    expect(written(() => publishTries({ retries: 0, shardHops: 0 }))).toEqual([]);
  });

  it("of one request are not counted again with the next one", () => {
    outcomeFields({ recorded: 2 });
    expect(outcomeFields({ duplicate: 1 })).not.toHaveProperty(operational.factsRecorded);
    expect(written(() => publishTries({ retries: 1, shardHops: 0 })).join()).not.toContain("Facts");
  });

  it("say zero where zero is news", () => {
    const line = published(() => publishCount(operational.snapshotsTaken, 0));
    expect(line.directive?.Dimensions).toEqual([["service"]]);
    expect(line).toMatchObject({ [operational.snapshotsTaken]: 0 });
  });
});
