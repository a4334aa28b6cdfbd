import { metrics } from "../../../domain/metrics/registry.ts";
import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** Reading: the catalogue, every metric, lists, the report, and parameters that are refused. */
export async function checkReading({ walk, today, dayBefore }: SmokeContext): Promise<void> {
  const range = { from: dayBefore(6), to: today };
  const statusOf = async (path: string, query: Readonly<Record<string, string>> = {}) =>
    String((await walk.ask("GET", path, { query })).status);
  walk.note(
    "the health check without a key",
    "200",
    String((await walk.ask("GET", "/v1/health", { key: null })).status),
  );
  const document = await walk.ask("GET", "/v1/openapi.json", { key: null });
  walk.note(
    "the OpenAPI document without a key",
    "200 3.1",
    `${document.status} ${field(document.json, "openapi").slice(0, 3)}`,
  );
  walk.note("the catalogue of metrics", "200", await statusOf("/v1/metrics"));
  const failed: string[] = [];
  for (const { id } of metrics) {
    const { status } = await walk.ask("GET", "/v1/metrics/{id}", {
      id,
      query: { ...range, interval: "day", compare: "previous" },
    });
    if (status !== 200) failed.push(`${id} ${status}`);
  }
  walk.note("every metric, by day, compared", "all 200", failed.length === 0 ? "all 200" : failed.join(", "));
  walk.note("a list of answers", "200", await statusOf("/v1/responses", { limit: "1" }));
  walk.note("a list of events", "200", await statusOf("/v1/events", { limit: "1" }));
  walk.note("two metrics at once", "200", await statusOf("/v1/series", { metrics: "nps,sales", ...range }));
  walk.note("frequent terms", "200", await statusOf("/v1/terms", { survey: "nps", ...range }));
  const report = await walk.ask("GET", "/v1/report", { query: range });
  walk.note(
    "the report",
    "200 text/html",
    `${report.status} ${report.headers.get("content-type")?.split(";")[0]}`,
  );
  walk.note(
    "a metric that is not there",
    "404",
    String((await walk.ask("GET", "/v1/metrics/{id}", { id: "mood" })).status),
  );
  const twice = await walk.send("GET", "/v1/metrics/nps?filter.weekday=saturday&filter.weekday=sunday");
  walk.note("a parameter given twice", "400", String(twice.status));
  const dayOne = await walk.ask("GET", "/v1/metrics/{id}", { id: "nps", query: { to: "0001-01-01" } });
  walk.note("a range before all days", "400", String(dayOne.status));
  walk.note("a path without a route", "404", String((await walk.send("GET", "/v1/nothing")).status));
  const wrongMethod = await walk.send("DELETE", "/v1/metrics");
  walk.note(
    "a method without a route",
    "405 GET",
    `${wrongMethod.status} ${wrongMethod.headers.get("allow")?.split(",")[0]}`,
  );
}
