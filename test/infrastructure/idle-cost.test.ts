import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alarmMetrics, costOfQueue, drawnMetrics, idleCost, totalOf, unknownTypes } from "./idle-cost.ts";
import { synthesize, text } from "./synthesized.ts";

const root = new URL("../../", import.meta.url);
const deploying = readFileSync(new URL("docs/deploying.md", root), "utf8");
const readme = readFileSync(new URL("README.md", root), "utf8");

const maxDollars = 3;
const template = synthesize();
const withAll = synthesize({
  dashboards: "both",
  rollout: "canary",
  domainName: "metrics.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/one",
  alarmEmail: "operator@example.com",
});
const withDashboards = synthesize({ dashboards: "both" });

const dollars = (amount: number) => `$${amount.toFixed(2)}`;
const costOf = (of: typeof template, withFreeTier: boolean) =>
  idleCost(of, drawnMetrics(of, text), withFreeTier);

it("what every type of resource costs while nobody uses it is known", () => {
  expect(unknownTypes(template)).toEqual([]);
  expect(unknownTypes(withAll)).toEqual([]);
});

it("a month without use costs three dollars at the most, in an account that has used up AWS's free tier", () => {
  const cost = costOf(template, false);
  expect(totalOf(cost)).toBeLessThanOrEqual(maxDollars);
  expect(cost.alarms).toBeGreaterThan(0);
  expect(cost.polling).toBeGreaterThan(0);
});

it("each dashboard is small enough to be one of the account's free ones", () => {
  const drawn = drawnMetrics(withDashboards, text);
  expect(drawn).toHaveLength(2);
  for (const metrics of drawn) {
    expect(metrics).toBeGreaterThan(0);
    expect(metrics).toBeLessThanOrEqual(50);
  }
});

describe("docs/deploying.md says what a month without use costs", () => {
  const listed = costOf(template, false);
  const freely = costOf(template, true);
  const rows = {
    "CloudWatch alarms": [listed.alarms, freely.alarms],
    "CloudWatch metrics": [listed.metrics, freely.metrics],
    SQS: [listed.polling, freely.polling],
    "Scheduler, Lambda, DynamoDB, CloudWatch Logs": [listed.runs, freely.runs],
    "**sum**": [totalOf(listed), totalOf(freely)],
    "with both dashboards": [totalOf(costOf(withDashboards, false)), totalOf(costOf(withDashboards, true))],
  } as const;
  it.each(Object.entries(rows))("%s", (name, amounts) => {
    const row = deploying.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";
    expect(row.match(/\$\d+\.\d\d/g)?.slice(0, 2)).toEqual(amounts.map(dollars));
  });

  it("with what a further queue adds", () => {
    expect(deploying.replaceAll("\n", " ")).toContain(`Each further job queue adds ${dollars(costOfQueue)}`);
  });

  it("with the number of metrics that alarms watch", () => {
    expect(deploying).toContain(`${alarmMetrics(template)} in all`);
  });
});

it("the README promises no less than what it costs", () => {
  const promised = readme
    .replaceAll("\n", " ")
    .match(/costs at most \$(\d+) a month while nobody uses it/)?.[1];
  expect(Number(promised)).toBe(maxDollars);
});
