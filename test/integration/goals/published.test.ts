import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { goalName, goalValueName, operational, workspaceGoalsMissed } from "../../../lib/telemetry/names.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { npsAnswers, put } from "./goals.ts";

/** What the daily run tells CloudWatch of goals. The log is complete when everything has stopped, so all is done before. */

const base = { from: dayBefore(39), to: dayBefore(10) };
const dueDate = dayBefore(-10);
const yesterday = dayBefore(1);
let test: ApiCloud;
let publishing: ApiClient;
let silent: ApiClient;
let withoutGoals: ApiClient;

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.tuple([z.looseObject({ Metrics: z.array(z.object({ Name: z.string() })) })]),
  }),
  Workspace: z.string().optional(),
});
let points: readonly { workspace: string | undefined; name: string; value: unknown; at: number }[];

/** NPS falls from 100 to −100 in the shop alone; the goals of a sample that is too small and of the past say nothing. */
async function prepare(api: ApiClient): Promise<void> {
  await api.recordAll("responses", [
    ...npsAnswers(20, { promoters: 40 }, { channel: "shop" }),
    ...npsAnswers(2, { detractors: 40 }, { channel: "shop" }),
    ...npsAnswers(2, { promoters: 10 }, { channel: "web" }),
  ]);
}

async function setGoals(api: ApiClient): Promise<void> {
  const goal = { metric: "nps", target: { value: 60 }, base, dueDate };
  const goals = {
    missed: goal,
    later: { ...goal, target: { value: 70 }, dueDate: dayBefore(-20) },
    met: { ...goal, target: { value: -90 }, dueDate: dayBefore(-30) },
    shop: { ...goal, filter: { channel: "shop" }, dueDate: dayBefore(-5) },
    few: { ...goal, filter: { channel: "web" } },
    over: { ...goal, dueDate: dayBefore(5) },
  };
  for (const [id, body] of Object.entries(goals)) expect((await put(api, id, body)).status).toBe(201);
}

beforeAll(async () => {
  test = await ApiCloud.start();
  const settings = { publishToCloudWatch: true };
  publishing = await test.workspace(settings, 4);
  silent = await test.workspace({}, 4);
  withoutGoals = await test.workspace(settings, 4);
  for (const api of [publishing, silent, withoutGoals]) await prepare(api);
  for (const api of [publishing, silent]) await setGoals(api);
  await test.hour();
  // Delivered again, by two runs at once.
  const body = JSON.stringify({ workspace: publishing.workspace, dates: [yesterday] });
  const event = { Records: [{ messageId: "1", body }] };
  await Promise.all([1, 2].map(() => test.cloud.invoke("take-snapshots", event)));
  await test.stop();
  const [, log = ""] = [...(await test.logs())].find(([file]) => file.endsWith("take-snapshots.log")) ?? [];
  points = log.split("\n").flatMap((line) => {
    if (!line.includes('"_aws"')) return [];
    const { _aws, Workspace: workspace, ...values } = embedded.parse(JSON.parse(line));
    const [{ Metrics }] = _aws.CloudWatchMetrics;
    return Metrics.map(({ Name: name }) => {
      return { workspace, name, value: [values[name]].flat()[0], at: _aws.Timestamp };
    });
  });
});
afterAll(() => test?.end());

function valuesOf(name: string, workspace: string | undefined) {
  return points.filter((point) => point.name === name && point.workspace === workspace);
}

it("a line for each metric with a goal: of the goals for everybody the one that is due first", () => {
  const targets = valuesOf(goalName("nps"), publishing.workspace);
  expect(new Set(targets.map(({ value }) => value))).toEqual(new Set([60]));
  const days = new Set(targets.map(({ at }) => new Date(at).toISOString()));
  expect(days).toContain(`${yesterday}T12:00:00.000Z`);
});

it("beside it the value over the goal's window, as it was on that day", () => {
  const values = valuesOf(goalValueName("nps"), publishing.workspace);
  const on = (day: string) => [
    ...new Set(values.filter(({ at }) => at === Date.parse(`${day}T12:00:00Z`)).map(({ value }) => value)),
  ];
  // 40 promoters until the day before the 40 detractors and 10 promoters.
  expect([on(dayBefore(3)), on(yesterday)]).toEqual([[100], [(100 * (50 - 40)) / 90]]);
});

it("one number of the goals that are certainly missed: also of segments, not of the past or of few answers", () => {
  // For everybody 11 where 60 and 70 are due, in the shop 0 where 60 is due.
  const own = valuesOf(workspaceGoalsMissed, publishing.workspace);
  expect(new Set(own.map(({ value }) => value))).toEqual(new Set([3]));
  const all = valuesOf(operational.goalsMissed, undefined);
  expect(new Set(all.map(({ value }) => value))).toEqual(new Set([3]));
});

it("is said once a run and of the last day alone, and is the same when the run is repeated", () => {
  expect(valuesOf(workspaceGoalsMissed, publishing.workspace)).toHaveLength(3);
  expect(valuesOf(operational.goalsMissed, undefined)).toHaveLength(3);
});

it("nothing of workspaces that do not publish, and no series where there is no goal", () => {
  const ofGoals = new Set([goalName("nps"), goalValueName("nps"), workspaceGoalsMissed]);
  const workspaces = points.filter(({ name }) => ofGoals.has(name)).map(({ workspace }) => workspace);
  expect(new Set(workspaces)).toEqual(new Set([publishing.workspace]));
  expect(points.some(({ workspace }) => workspace === withoutGoals.workspace)).toBe(true);
  expect(points.some(({ workspace }) => workspace === silent.workspace)).toBe(false);
});
