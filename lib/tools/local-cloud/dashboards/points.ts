import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as z from "zod";

/** What the functions told CloudWatch, out of their logs: the embedded metric format, and what API Gateway measures of each request. */

/** One value of a metric. */
export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly value: number;
}

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

/** The values that a line of a function's log carries; none where it is no line of the embedded metric format. */
export function embeddedPoints(line: string): MetricPoint[] {
  if (!line.includes('"_aws"')) return [];
  const parsed = embedded.safeParse(jsonOf(line));
  if (!parsed.success) return [];
  const { _aws, ...fields } = parsed.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name: name }) =>
      [fields[name]].flat().flatMap((value) =>
        Dimensions.flatMap((names) => {
          if (typeof value !== "number") return [];
          const dimensions = Object.fromEntries(
            names.map((dimension) => [dimension, String(fields[dimension])]),
          );
          return [{ namespace, name, dimensions, at: _aws.Timestamp, value }];
        }),
      ),
    ),
  );
}

const access = z.looseObject({
  requestTime: z.string(),
  status: z.coerce.number(),
  responseLatency: z.coerce.number(),
});

/** What API Gateway measures of the request that a line of its access log is about. */
export function requestPoints(line: string): MetricPoint[] {
  const parsed = access.safeParse(jsonOf(line));
  if (!parsed.success) return [];
  const { requestTime, status, responseLatency } = parsed.data;
  const at = instantOf(requestTime);
  if (Number.isNaN(at)) return [];
  const point = (name: string, value: number) => {
    return { namespace: "AWS/ApiGateway", name, dimensions: {}, at, value };
  };
  return [
    point("Count", 1),
    point("4xx", status >= 400 && status < 500 ? 1 : 0),
    point("5xx", status >= 500 ? 1 : 0),
    point("Latency", responseLatency),
  ];
}

/** The instant of `29/Nov/2026:23:26:37 +0000`. */
function instantOf(time: string): number {
  const [, day, month, year, clock, zone] =
    /^(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ([+-]\d{4})$/.exec(time) ?? [];
  return Date.parse(`${day} ${month} ${year} ${clock} ${zone}`);
}

/** The values in log files from an instant on. Files that are not there have none; the file of an API's requests is `access.log`. */
export async function readPoints(files: readonly string[], from: number): Promise<MetricPoint[]> {
  const points: MetricPoint[] = [];
  // One at a time: a file may have 20 MB.
  for (const file of files) {
    const pointsOf = basename(file).startsWith("access.log") ? requestPoints : embeddedPoints;
    const text = await readFile(file, "utf8").catch(() => "");
    for (const line of text.split("\n")) {
      for (const point of pointsOf(line)) if (point.at >= from) points.push(point);
    }
  }
  return points;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
