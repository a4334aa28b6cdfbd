import { FilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { countedFromLogs, namespace } from "../telemetry/names.ts";

/**
 * Lines of the access log about requests that failed: answered with 5xx by the gateway itself, because a function or the
 * authorizer failed, ran out of time or could not be started, or with a 500 by a function. The 503 by which a function asks
 * to try again is not among them: `functionStatus` is what the function itself answered.
 */
const failedRequest = FilterPattern.all(
  FilterPattern.stringValue("$.status", "=", "5*"),
  FilterPattern.any(
    FilterPattern.stringValue("$.functionStatus", "!=", "503"),
    FilterPattern.stringValue("$.integrationError", "!=", "-"),
  ),
);

/** Lambda's own line at the end of a run that threw, ran out of time or memory, or did not start. */
const failedRun = FilterPattern.all(
  FilterPattern.stringValue("$.type", "=", "platform.report"),
  FilterPattern.stringValue("$.record.status", "!=", "success"),
);

/** Counts the failed requests of an access log. */
export function countFailedRequests(scope: Construct, log: ILogGroup): void {
  new MetricFilter(scope, "FailedRequests", {
    logGroup: log,
    filterPattern: failedRequest,
    metricNamespace: namespace,
    metricName: countedFromLogs.requestFailures,
    metricValue: "1",
  });
}

/** Counts the failed runs of a background function. */
export function countFailedRuns(scope: Construct, log: ILogGroup): void {
  new MetricFilter(scope, "FailedRuns", {
    logGroup: log,
    filterPattern: failedRun,
    metricNamespace: namespace,
    metricName: countedFromLogs.jobFailures,
    metricValue: "1",
  });
}
