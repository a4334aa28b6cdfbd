import * as z from "zod";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { reportQuerySchema } from "./query.ts";

/** OpenAPI operations of the report. */

/** By route key. */
export const reportOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/report": {
    operationId: "renderReport",
    tag: "Metrics",
    summary: "The report as a page",
    description: [
      "Every metric with its chart, its 95 % interval and sample size, what changed since the period before and whether that is more than",
      "chance explains, the days that were corrected, and the newest comments by score group. One HTML file that needs nothing else: save it",
      "and open, print or mail it. Without `from` the range is the 90 days up to `to`; without `to` it ends today. It can be grouped",
      "or filtered by one dimension that the workspace tracks. By many groups it may have to leave something out, and says so: the groups of",
      "loyalty, which needs all days since the beginning, and which days were corrected.",
    ].join(" "),
    query: reportQuerySchema,
    takesFilters: true,
    answers: {
      200: {
        description: "The page",
        mediaType: "text/html",
        schema: z.string(),
        examples: {
          page: {
            summary: "The beginning of a report",
            value:
              '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Customer experience, 1 Oct 2026 – 31 Oct 2026</title>',
          },
        },
      },
    },
    problems: [...keyProblems, 400, 409],
    meanings: { 409: "survival was asked for, and days that are over are not in the archive yet" },
  },
};
