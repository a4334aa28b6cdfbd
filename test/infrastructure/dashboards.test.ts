import { describe, expect, it } from "vitest";
import * as z from "zod";
import { areaNames, areas } from "../../lib/domain/metrics/metric.ts";
import { metrics } from "../../lib/domain/metrics/registry.ts";
import { widgetEventSchema } from "../../lib/report/widget/parameters.ts";
import { httpFunctions } from "../../lib/routes.ts";
import { backgroundFunctions, queues } from "../../lib/schedules.ts";
import { tableSchema } from "../../lib/store/table/keys.ts";
import {
  countedFromLogs,
  goalName,
  goalValueName,
  namespace,
  operational,
  publishedName,
  workspaceDimension,
  workspaceGoalsMissed,
} from "../../lib/telemetry/names.ts";
import { synthesize, text } from "./synthesized.ts";

const widget = z.looseObject({
  type: z.string(),
  width: z.number(),
  properties: z.looseObject({
    title: z.string().optional(),
    markdown: z.string().optional(),
    endpoint: z.string().optional(),
    params: z.looseObject({ workspace: z.string(), metrics: z.array(z.string()) }).optional(),
    alarms: z.array(z.string()).optional(),
    query: z.string().optional(),
    metrics: z.array(z.array(z.unknown())).optional(),
    annotations: z
      .looseObject({ horizontal: z.array(z.looseObject({ value: z.number(), label: z.string() })) })
      .optional(),
    yAxis: z.looseObject({ left: z.looseObject({ label: z.string() }) }).optional(),
  }),
});

function widgetsOf(name: string, context: Record<string, unknown> = {}): z.output<typeof widget>[] {
  const dashboards = synthesize({ dashboards: "both", ...context }).all(
    "AWS::CloudWatch::Dashboard",
    z.looseObject({ DashboardName: z.string(), DashboardBody: text }),
  );
  const body = dashboards.find(({ properties }) => properties.DashboardName === name)?.properties
    .DashboardBody;
  return z.object({ widgets: z.array(widget) }).parse(JSON.parse(body ?? "")).widgets;
}

describe("the customer-experience dashboard", () => {
  const widgets = widgetsOf("CxMetrics-experience");
  const graphs = widgets.filter(({ type }) => type === "metric");

  const drawnThere = metrics.filter(({ isOffDashboard = false }) => !isOffDashboard);

  it("draws the metrics of the registry in their order, under their names, but for those of which another one says much", () => {
    expect(graphs.map(({ properties }) => properties.title)).toEqual([
      ...drawnThere.map(({ name }) => name),
      "Goals certainly missed",
    ]);
  });

  it("draws how many goals the workspace certainly misses", () => {
    expect(graphs.at(-1)?.properties.metrics).toEqual([
      [
        ...[namespace, workspaceGoalsMissed, workspaceDimension, "default"],
        expect.objectContaining({ period: 86_400, stat: "Maximum" }),
      ],
    ]);
  });

  it.each(drawnThere.map((metric) => [metric.id, metric] as const))(
    "draws %s from what is published for the workspace default: 30 days up to each, its goal on the same axis",
    (id, metric) => {
      const graph = graphs.find(({ properties }) => properties.title === metric.name);
      const drawn = (name: string, more: object) => [
        ...[namespace, name, workspaceDimension, "default"],
        expect.objectContaining({ period: 86_400, stat: "Maximum", ...more }),
      ];
      const value = drawn(publishedName(id), { label: "over 30 days" });
      const withGoal = [
        value,
        drawn(goalValueName(id), { label: "over the goal's window" }),
        drawn(goalName(id), { label: "goal" }),
      ];
      const shown = graph?.properties.metrics ?? [];
      expect(shown).toEqual(shown.length === 1 ? [value] : withGoal);
      expect(JSON.stringify(shown)).not.toContain("yAxis");
      expect(graph?.properties.yAxis?.left.label).toContain(`${metric.better} is better`);
    },
  );

  it("draws the goals of the metrics that the deployment names", () => {
    const withGoals = (context: Record<string, unknown>) =>
      widgetsOf("CxMetrics-experience", context)
        .flatMap(({ properties }) => properties.metrics ?? [])
        .map((metric) => String(metric[1]))
        .filter((name) => name.endsWith(".goal"));
    expect(withGoals({})).toContain(goalName("nps"));
    expect(withGoals({ dashboardGoals: "clv, sales" }).sort()).toEqual([goalName("clv"), goalName("sales")]);
    expect(withGoals({ dashboardGoals: "revenue-churn" })).toEqual([goalName("revenue-churn")]);
    expect(withGoals({ dashboardGoals: "none" })).toEqual([]);
    expect(() => synthesize({ dashboards: "both", dashboardGoals: "npz" })).toThrow(
      "dashboardGoals: there is no metric npz",
    );
  });

  it("draws another workspace where the deployment names one", () => {
    const drawn = widgetsOf("CxMetrics-experience", { dashboardWorkspace: "shop" })
      .flatMap(({ properties }) => properties.metrics ?? [])
      .map((metric) => metric[3]);
    expect(new Set(drawn)).toEqual(new Set(["shop"]));
  });

  it("compares segments of every metric by the function that is made for it, a widget for each section", () => {
    const custom = widgets.filter(({ type }) => type === "custom");
    const drawnMetrics = custom.flatMap(({ properties }) => properties.params?.metrics ?? []);
    expect([...drawnMetrics].sort()).toEqual(metrics.map(({ id }) => id).sort());
    const sections = areas.filter((area) => metrics.some((metric) => metric.area === area));
    expect(custom.map(({ properties }) => properties.title)).toEqual(
      sections.map((area) => `${areaNames[area]}, by channel`),
    );
    for (const { properties } of custom) {
      expect(properties.endpoint).toMatch(/^\$\{FunctionsRenderWidgetFunction[0-9A-F]+\.Arn\}$/);
      expect(widgetEventSchema.safeParse(properties.params).error?.issues).toBeUndefined();
      expect(properties.params?.workspace).toBe("default");
    }
  });

  it("compares the segments that the deployment names", () => {
    const custom = widgetsOf("CxMetrics-experience", {
      dashboardWorkspace: "shop",
      dashboardGroupBy: "plan",
    }).filter(({ type }) => type === "custom");
    expect(custom.length).toBeGreaterThan(0);
    for (const { properties } of custom) {
      expect(properties.params).toMatchObject({ workspace: "shop", groupBy: "plan" });
      expect(properties.title).toMatch(/, by plan$/);
    }
  });

  it("says where the API's documentation is", () => {
    expect(widgets[0]?.properties.markdown).toMatch(/\.ApiEndpoint\}\/v1\/openapi\.json/);
  });
});

describe("the operations dashboard", () => {
  const widgets = widgetsOf("CxMetrics-operations");

  function drawn(title: string): unknown[] {
    const found = widgets.find(({ properties }) => properties.title === title);
    return found?.properties.metrics ?? [];
  }

  it.each(["Runs that failed, by function", "Duration in milliseconds and memory in megabytes, by function"])(
    "%s: looks through the log of every function",
    (title) => {
      const query = widgets.find(({ properties }) => properties.title === title)?.properties.query ?? "";
      const names = [...Object.keys(httpFunctions), ...backgroundFunctions.map(([name]) => name)];
      expect(query.match(/SOURCE '[^']+'/g)).toHaveLength(names.length);
      // CloudWatch Logs Insights takes no more.
      expect(names.length).toBeLessThanOrEqual(50);
    },
  );

  it("shows the failures that alarms watch", () => {
    const names = ["Failed requests", "Failed runs of background functions"].flatMap(drawn);
    expect(names.map((metric) => (metric as unknown[])[1])).toEqual(Object.values(countedFromLogs));
  });

  it.each([
    ["Requests that failed (5xx)", 5, 900],
    ["Latency", 3000, undefined],
    ["Facts that stopped coming", 1, 3600],
    ["Failed requests", 5, 900],
    ["Failed runs of background functions", 3, 3600],
    ["Runs of schedules", 1, 3600],
    ["Snapshots taken", 1, 3600],
    ["Goals certainly missed", 1, 86_400],
    ["Table throttles", 50, undefined],
    ["Dead letters", 1, undefined],
  ])("%s: draws from where on an alarm rings, over the alarm's period", (title, value, period) => {
    const graph = widgets.find(({ properties }) => properties.title === title)?.properties;
    expect(graph?.annotations?.horizontal).toEqual([
      expect.objectContaining({ value, label: expect.stringMatching(/^alarm/) }),
    ]);
    // CloudWatch's own period is five minutes, as that of the alarms on latency and throttles.
    const periods = (graph?.metrics ?? []).map((metric) => (metric.at(-1) as { period?: number }).period);
    expect(new Set(periods)).toEqual(new Set([period]));
    expect(graph?.["period"] ?? 300).toBe(300);
  });

  it("shows requests, errors and latency of the API", () => {
    expect(drawn("Requests")).toHaveLength(1);
    expect(drawn("Requests refused (4xx)")).toHaveLength(1);
    expect(drawn("Requests that failed (5xx)")).toHaveLength(1);
    expect(drawn("Latency")).toHaveLength(3);
  });

  it("shows what the table and each of its indexes used and refused: DynamoDB reports them apart", () => {
    const targets = 1 + tableSchema.indexes.length;
    expect(drawn("Table capacity used")).toHaveLength(2 * targets);
    expect(drawn("Table throttles")).toHaveLength(2 * targets);
  });

  it("shows every queue's depth and age, and every dead-letter queue", () => {
    expect(drawn("Jobs waiting")).toHaveLength(queues.length);
    expect(drawn("Age of the oldest job")).toHaveLength(queues.length);
    expect(drawn("Dead letters")).toHaveLength(queues.length + 1);
  });

  it("shows every operational metric that the product publishes", () => {
    const names = widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter((metric) => metric[0] === namespace)
      .map((metric) => metric[1]);
    const published = [...Object.values(operational), ...Object.values(countedFromLogs)];
    expect(names.sort()).toEqual(published.sort());
  });

  it("shows the state of every alarm", () => {
    const alarms = synthesize().all("AWS::CloudWatch::Alarm", z.looseObject({}));
    expect(widgets.find(({ type }) => type === "alarm")?.properties.alarms).toHaveLength(alarms.length);
  });

  it("fills whole rows", () => {
    expect(widgets.reduce((sum, { width }) => sum + width, 0) % 24).toBe(0);
  });
});

it("no graph has more lines than can be told apart", () => {
  const graphs = [...widgetsOf("CxMetrics-experience"), ...widgetsOf("CxMetrics-operations")];
  const lines = graphs.map(({ properties }) => properties.metrics?.length ?? 0);
  expect(Math.max(...lines)).toBeLessThanOrEqual(6);
});

it("a longer time range does not change the periods, whose sums the thresholds are about", () => {
  const bodies = synthesize({ dashboards: "both" }).all(
    "AWS::CloudWatch::Dashboard",
    z.looseObject({ DashboardBody: text }),
  );
  const overrides = bodies.map(({ properties }) => JSON.parse(properties.DashboardBody).periodOverride);
  expect(overrides).toEqual(["inherit", "inherit"]);
});

it.each([
  [{}, []],
  [{ dashboards: "operations" }, ["CxMetrics-operations"]],
  [{ dashboards: "experience" }, ["CxMetrics-experience"]],
  [{ dashboards: "both" }, ["CxMetrics-experience", "CxMetrics-operations"]],
])("a deployment with the setting %j has the dashboards %j", (context, names) => {
  const dashboards = synthesize(context).all(
    "AWS::CloudWatch::Dashboard",
    z.looseObject({ DashboardName: z.string() }),
  );
  expect(dashboards.map(({ properties }) => properties.DashboardName).sort()).toEqual(names);
});
