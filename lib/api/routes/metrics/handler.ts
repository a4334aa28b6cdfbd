import { totalSegment } from "../../../domain/metrics/counting.ts";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { runQuery } from "../../../queries/run-query.ts";
import { yearsKeysOf } from "../../../store/counters/counters.ts";
import type { Key } from "../../../store/table/keys.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import type { KnownRequest } from "../../pipeline/workspace.ts";
import type { seriesSchema } from "./answers.ts";
import { presentSeries } from "./present.ts";
import { parseMetricRequest } from "./query.ts";

/** Items that `readMetric` is sure to need beside the workspace: the sums before the range, where nothing is filtered. */
export function keysForMetric({ workspace, parameters, query }: KnownRequest): Key[] {
  const metric = findMetric(parameters["id"] ?? "");
  const isSegmented = Object.keys(query).some((name) => name === "groupBy" || name.startsWith("filter."));
  return metric && !isSegmented ? yearsKeysOf(workspace, metric, totalSegment) : [];
}

/** `GET /v1/metrics/{id}`: a metric's values over a range of days. */
export async function readMetric(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof seriesSchema>>> {
  const parsed = parseMetricRequest(request);
  const answer = await runQuery(request, parsed.query);
  return presentSeries(parsed, answer);
}
