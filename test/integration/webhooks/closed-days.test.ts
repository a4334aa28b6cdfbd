import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { Receiver } from "../../fixtures/receiver.ts";

let cloud: ApiCloud;
let api: ApiClient;
let receiver: Receiver;

beforeAll(async () => {
  cloud = await ApiCloud.start({ runSchedules: false, redeliverySeconds: 1 });
  api = await cloud.workspace({}, 2);
  receiver = await Receiver.start();
  const events = ["snapshot.taken", "snapshot.restated", "goal.reached", "goal.missed"];
  const body = { url: receiver.url, events };
  const { json } = await api.send<{ secret: string }>("PUT", "/v1/webhooks/days", { body });
  receiver.secret = json.secret;
});

afterAll(async () => {
  await receiver.stop();
  await cloud.end();
});

const answer = (id: string) => ({
  id,
  survey: "nps",
  score: 9,
  comment: "Quick.",
  occurredAt: `${dayBefore(1)}T12:00:00Z`,
});

async function setGoal(id: string, value: number, dueDate: string): Promise<void> {
  const base = { from: dayBefore(12), to: dayBefore(6) };
  const body = { metric: "feedback-volume", target: { value }, base, dueDate };
  const { status, json } = await api.send("PUT", `/v1/goals/${id}`, { body });
  expect([status, json]).toEqual([201, expect.anything()]);
}

/** What is told in the next hour. */
async function hour(): Promise<string[]> {
  const before = receiver.received.length;
  await cloud.hour();
  const told = receiver.received.slice(before);
  expect(told.every(({ isVerified }) => isVerified)).toBe(true);
  return told.map(({ type, data }) => `${type} ${String(data["goal"] ?? data["date"])}`).sort();
}

it("closed days, changes of them, and goals that are reached or missed are told once each", async () => {
  await api.post("/v1/responses", answer("in-time"));
  await setGoal("easy", 1, dayBefore(-30));
  await setGoal("hard", 1_000, dayBefore(1));
  await setGoal("open", 1_000, dayBefore(-30));
  const first = await hour();
  expect(first).toEqual([
    "goal.missed hard",
    "goal.reached easy",
    `snapshot.taken ${dayBefore(2)}`,
    `snapshot.taken ${dayBefore(1)}`,
  ]);
  expect(receiver.received.find(({ type }) => type === "goal.reached")?.data).toMatchObject({
    ...{ goal: "easy", metric: "feedback-volume", state: "met", value: 1, target: 1, date: dayBefore(1) },
  });
  expect(await hour()).toEqual([]);

  await api.post("/v1/responses", answer("late"));
  expect(await hour()).toEqual([`snapshot.restated ${dayBefore(1)}`]);
  const metrics = receiver.received.at(-1)?.data["metrics"] as { metric: string }[];
  expect(metrics).toEqual(
    expect.arrayContaining([expect.objectContaining({ metric: "feedback-volume", value: 2, revision: 2 })]),
  );
  expect(metrics.map(({ metric }) => metric)).not.toContain("sales");
  expect(await hour()).toEqual([]);
});

it("a goal that is set anew can be reached again", async () => {
  await setGoal("anew", 1, dayBefore(-30));
  await api.post("/v1/responses", answer("later"));
  expect(await hour()).toEqual(["goal.reached anew", `snapshot.restated ${dayBefore(1)}`]);
});
