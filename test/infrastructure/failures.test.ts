import { describe, expect, it } from "vitest";
import * as z from "zod";
import { countedFromLogs } from "../../lib/telemetry/names.ts";
import { type AccessRecord, accessLogLine } from "../../lib/tools/local-cloud/http/access-log.ts";
import { request } from "../unit/tools/local-cloud/requests.ts";
import { finds } from "./filter-pattern.ts";
import { synthesize } from "./synthesized.ts";

/** What the metric filters find, on lines as the gateway and Lambda write them. */

const template = synthesize();
const filters = template.all(
  "AWS::Logs::MetricFilter",
  z.looseObject({
    FilterPattern: z.string(),
    MetricTransformations: z.array(z.looseObject({ MetricName: z.string() })),
  }),
);
const [stage] = template.all(
  "AWS::ApiGatewayV2::Stage",
  z.looseObject({ AccessLogSettings: z.looseObject({ Format: z.string() }) }),
);

function patternOf(metricName: string): string {
  const [pattern, ...others] = new Set(
    filters
      .filter(({ properties }) =>
        properties.MetricTransformations.some(({ MetricName }) => MetricName === metricName),
      )
      .map(({ properties }) => properties.FilterPattern),
  );
  expect(others).toEqual([]);
  return pattern ?? "";
}

describe("a failed request is", () => {
  const answered: AccessRecord = {
    request: request({ method: "POST" }),
    routeKey: "POST /v1/responses",
    status: 200,
    responseLength: 0,
    responseLatency: 5,
    integration: { latency: 4, functionStatus: 200, error: undefined },
    authorizerError: undefined,
    authorizerContext: {},
  };
  const isFailure = (record: Partial<AccessRecord>) => {
    const line = accessLogLine(stage?.properties.AccessLogSettings.Format ?? "", { ...answered, ...record });
    return finds(patternOf(countedFromLogs.requestFailures), JSON.parse(line));
  };
  const integration = (functionStatus: number | undefined, error?: string) => ({
    integration: { latency: 4, functionStatus, error },
  });

  it.each<[string, Partial<AccessRecord>]>([
    [
      "one whose function threw, or ran out of time or memory",
      { status: 500, ...integration(undefined, "Error") },
    ],
    [
      "the same, where the gateway notes a status for the function",
      { status: 500, ...integration(500, "Error") },
    ],
    ["one that Lambda refused to run", { status: 503, ...integration(undefined, "Rate Exceeded.") }],
    [
      "one whose function took too long for the gateway",
      { status: 503, ...integration(undefined, "timed out") },
    ],
    ["one that the function answered with 500", { status: 500, ...integration(500) }],
    ["one whose authorizer failed", { status: 500, integration: undefined, authorizerError: "timed out" }],
  ])("%s", (_, record) => {
    expect(isFailure(record)).toBe(true);
  });

  it.each<[string, Partial<AccessRecord>]>([
    ["one that was answered", {}],
    ["one that was refused as wrong", { status: 422, ...integration(422) }],
    ["one without a key", { status: 401, integration: undefined }],
    ["one that the function asked to send again", { status: 503, ...integration(503) }],
  ])("not %s", (_, record) => {
    expect(isFailure(record)).toBe(false);
  });
});

describe("a failed run is", () => {
  /** As Lambda's guide shows the JSON of `platform.report`. */
  const report = (status: string) => ({
    time: "2026-11-29T10:00:00.000Z",
    type: "platform.report",
    record: { requestId: "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa", metrics: { durationMs: 101.51 }, status },
  });
  const isFailure = (line: unknown) => finds(patternOf(countedFromLogs.jobFailures), line);

  it.each(["failure", "error", "timeout"])("one that ended with %s", (status) => {
    expect(isFailure(report(status))).toBe(true);
  });

  it("not one that succeeded, and no other line", () => {
    expect(isFailure(report("success"))).toBe(false);
    expect(isFailure({ ...report("failure"), type: "platform.start" })).toBe(false);
    expect(isFailure({ level: "ERROR", message: "job failed" })).toBe(false);
  });
});
