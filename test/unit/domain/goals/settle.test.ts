import { describe, expect, it } from "vitest";
import { fieldErrors } from "../../../../lib/domain/facts/parse.ts";
import { type Goal, goalIdSchema, goalSchema } from "../../../../lib/domain/goals/goal.ts";
import { goalErrors, settleScope } from "../../../../lib/domain/goals/settle.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import {
  defaultSettings,
  metricSettings,
  type Workspace,
} from "../../../../lib/domain/workspace/settings.ts";
import { metricOf } from "./goals.ts";

const today = "2026-06-15";
const workspace: Workspace = {
  ...defaultSettings,
  ...{ id: "shop", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {}, currency: "EUR" },
  churnConvention: "net",
};

/** What is wrong with a body, as lines of `pointer detail`. */
function errorsOf(body: Record<string, unknown>): string[] {
  const result = goalSchema.safeParse(
    { metric: "nps", dueDate: "2026-12-31", ...body },
    { reportInput: true },
  );
  if (!result.success) return fieldErrors(result.error).map(({ pointer, detail }) => `${pointer} ${detail}`);
  const metric = metricOf(result.data.metric);
  const scope = settleScope(result.data, metric, workspace, today);
  const { currencyDecimals } = metricSettings(workspace, metric.id, scope);
  return goalErrors(result.data, metric, scope, today, currencyDecimals).map(
    ({ pointer, detail }) => `${pointer} ${detail}`,
  );
}

const value = { value: 50 };

describe("a goal that makes sense is taken", () => {
  it.each([
    { target: value },
    { target: { change: 5 } },
    { target: { change: 0 } },
    { target: { changePercent: 10 }, window: 365 },
    { target: value, base: { from: "2026-05-01", to: "2026-05-31" } },
    { target: value, base: { from: "2026-03-17", to: "2026-06-14" }, window: 90 },
    { metric: "churn-rate", target: { change: -2 }, convention: "cohort" },
    { metric: "churn-rate", target: { value: -2 } },
    { metric: "ces", target: { value: 1 }, convention: "effort-1-5" },
    { metric: "ces", target: { change: -1 }, convention: "effort-1-5" },
    { metric: "sales", target: { value: "1000.50" } },
    { metric: "sales", target: { change: "1000" }, currency: "JPY" },
    { metric: "csat", target: { value: 80 }, filter: { channel: "web", plan: "gold" }, name: "Happy" },
  ])("%j", (body: Record<string, unknown>) => {
    expect(errorsOf(body)).toEqual([]);
  });
});

describe("what makes no sense is refused where it stands", () => {
  const exactlyOne = "/target must have exactly one of value, change, changePercent";
  it.each<[Record<string, unknown>, string]>([
    [{ metric: "fame", target: value }, "/metric is not the id of a metric: GET /v1/metrics lists them"],
    [{}, "/target is missing: Invalid input: expected object, received undefined"],
    [{ target: {} }, exactlyOne],
    [{ target: { value: 50, change: 5 } }, exactlyOne],
    [{ target: { value: 101 } }, "/target/value must be from -100 to 100"],
    [{ metric: "esat", target: { value: 0.5 } }, "/target/value must be from 1 to 10"],
    [{ metric: "ces", target: { value: 6 }, convention: "effort-1-5" }, "/target/value must be from 1 to 5"],
    [{ metric: "customers", target: { value: -1 } }, "/target/value must be 0 at least"],
    [{ metric: "churn-rate", target: { value: 101 } }, "/target/value must be 100 at most"],
    [{ target: { change: -5 } }, "/target/change must not be below 0: higher is better for nps"],
    [
      { target: { changePercent: -5 } },
      "/target/changePercent must not be below 0: higher is better for nps",
    ],
    [
      { metric: "churn-rate", target: { changePercent: 5 } },
      "/target/changePercent must not be above 0: lower is better for churn-rate",
    ],
    [{ target: { change: 201 } }, "/target/change must be at most 200: nps is from -100 to 100"],
    [{ target: { changePercent: 10_001 } }, "/target/changePercent must be from -100 to 10000"],
    [{ target: { value: "50" } }, "/target/value must be a number: nps is no amount of money"],
    [
      { metric: "sales", target: { value: 50 } },
      '/target/value must be a decimal string, for example "139.12"',
    ],
    [
      { metric: "sales", target: { value: "1.005" } },
      "/target/value must have at most 2 decimals in its currency",
    ],
    [
      { metric: "sales", target: { change: "1.5" }, currency: "JPY" },
      "/target/change must have at most 0 decimals in its currency",
    ],
    [{ target: value, currency: "EUR" }, "/currency nps is not an amount of money"],
    [{ target: value, convention: "net" }, "/convention must be one of 0-10, 1-10"],
    [{ metric: "csat", target: value, convention: "net" }, "/convention csat has no conventions"],
    [{ target: value, window: 31 }, "/window must be one of 7, 30, 90, 365"],
    [{ target: value, dueDate: today }, `/dueDate must be after ${today}, the last day of the base`],
    [{ target: value, dueDate: "2026-02-30" }, "/dueDate must be a day that exists, YYYY-MM-DD"],
    [{ target: value, dueDate: "3000-01-01" }, "/dueDate must not be after 2999-12-31"],
    [{ target: value, base: { from: "2026-05-02", to: "2026-05-01" } }, "/base/to must not be before from"],
    [
      { target: value, base: { from: "2026-06-01", to: "2026-06-16" } },
      `/base/to must not be after today, ${today}`,
    ],
    [
      { target: value, base: { from: "1899-12-31", to: "1900-01-01" } },
      "/base/from must not be before 1900-01-01",
    ],
    [{ target: value, base: { from: "2025-01-01", to: "2026-01-02" } }, "/base must have at most 366 days"],
    [
      { target: value, base: { from: "2026-05-01", to: "2026-05-31" }, window: 30 },
      "/base has 31 days, and the window 30: only as many days can be compared",
    ],
    [{ target: value, bonus: 1 }, "/bonus is not a known field"],
    [{ target: value, filter: { toString: "x" } }, "/filter/toString is a reserved name"],
  ])("%j", (body, error) => {
    expect(errorsOf(body)).toEqual([error]);
  });

  it("together, each by itself", () => {
    const errors = errorsOf({
      target: { value: 200 },
      convention: "x",
      currency: "EUR",
      dueDate: "2026-01-01",
    });
    expect(errors.map((error) => error.split(" ")[0])).toEqual([
      ...["/convention", "/currency", "/dueDate", "/target/value"],
    ]);
  });

  it("numbers that no metric can have", () => {
    for (const figure of [Number.NaN, Number.POSITIVE_INFINITY, 1e13, null, true, "1e5", "", "1,5"]) {
      expect(errorsOf({ metric: "customers", target: { value: figure } })).toHaveLength(1);
    }
  });

  it("ids that are none", () => {
    for (const id of ["", "a b", "ä", "a/b", "x".repeat(65)])
      expect(goalIdSchema.safeParse(id).success).toBe(false);
    expect(goalIdSchema.safeParse("NPS_2026.q4:web-1").success).toBe(true);
  });
});

describe("what a goal measures", () => {
  const parse = (body: Record<string, unknown>) =>
    goalSchema.parse({ metric: "churn-rate", target: { value: 2 }, dueDate: "2026-12-31", ...body });
  const settle = (body: Record<string, unknown>, before?: Goal, on = today) => {
    const definition = parse(body);
    return settleScope(definition, metricOf(definition.metric), workspace, on, before);
  };

  it("is settled by the workspace's settings, over the window up to the day on which it is set", () => {
    expect(settle({})).toEqual({
      windowDays: 30,
      base: { from: "2026-05-17", to: today },
      convention: "net",
      currency: "EUR",
    });
  });

  it("is settled by what the goal names", () => {
    const named = { convention: "cohort", window: 7 };
    expect(settle(named)).toMatchObject({ ...{ windowDays: 7, convention: "cohort" } });
    const base = { from: "2026-02-01", to: "2026-02-28" };
    expect(settle({ base })).toMatchObject({ windowDays: 28, base });
  });

  it("stays when only its name, target or date change, and is settled anew when anything else does", () => {
    const before: Goal = { id: "g", definition: parse({}), ...settle({}) };
    const later = "2026-09-01";
    for (const change of [{ name: "New" }, { target: { value: 1 } }, { dueDate: "2027-01-31" }]) {
      expect(settle(change, before, later)).toEqual(settle({}));
    }
    for (const change of [{ window: 30 }, { filter: { plan: "gold" } }, { convention: "net" }]) {
      expect(settle(change, before, later).base).toEqual({ from: "2026-08-03", to: later });
    }
  });
});

it.each(metrics.map((metric) => [metric.id, metric] as const))(
  "%s can have a goal of every kind",
  (_, metric) => {
    const isMoney = metric.unit === "money";
    const change = metric.better === "higher" ? 0.5 : -0.5;
    const targets = [
      { value: isMoney ? "5" : 5 },
      { change: isMoney ? String(change) : change },
      { changePercent: 10 * change },
    ];
    for (const target of targets) {
      expect(errorsOf({ metric: metric.id, target })).toEqual([]);
    }
  },
);
