import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { latestAnswerKey } from "../../../lib/store/table/keys.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Surveys of which only the latest answer of an invitation counts, as the workspace says. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
beforeEach(async () => {
  api = await test.workspace({ latestAnswers: [{ survey: "nps" }, { surveyId: "after-order" }] }, 40);
});

const origin = "https://shop.example";
const day = dayBefore(9);

const given = (id: string, score: number, hour: number, more: object = {}) => ({
  ...{ id, survey: "nps", score, invitationId: "i-1" },
  occurredAt: `${day}T${String(hour).padStart(2, "0")}:00:00Z`,
  ...more,
});

interface Detail {
  readonly latest?: string;
  readonly excluded: boolean;
  readonly supersededBy?: string;
}

const detail = async (id: string) => (await api.get<Detail>(`/v1/responses/${id}`)).json;
const promoters = async () => (await api.total("nps", day, day)).components;
const set = (latestAnswers: object[]) =>
  api.send<{ effects: string[] }>("PATCH", "/v1/workspace", { body: { latestAnswers } });

async function expectNothingToRepair() {
  expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
}

it("one answer of an invitation counts, the one given last: sent alone or in a batch, in any order, and sent again", async () => {
  expect((await api.post("/v1/responses", given("a-1", 2, 10))).status).toBe(201);
  const batch = { responses: [given("a-2", 10, 12), given("a-3", 5, 11), given("a-0", 0, 9)] };
  expect((await api.post("/v1/responses", batch)).json).toMatchObject({ recorded: 3 });
  expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
  expect(await detail("a-2")).toMatchObject({ latest: "invitation", excluded: false });
  expect(await detail("a-3")).toMatchObject({ excluded: true, supersededBy: "a-2" });
  const again = await api.post("/v1/responses", { responses: [given("a-1", 2, 10), ...batch.responses] });
  expect(again.json).toMatchObject({ recorded: 0, duplicate: 4 });
  // Of those that say so themselves the same one counts.
  await api.recordAll("responses", [given("a-4", 1, 13, { latest: "invitation" })]);
  expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { detractors: 1 } });
  await expectNothingToRepair();
});

it("answers of other surveys, of other invitations and of none all count", async () => {
  const csat = { survey: "csat", score: 4 };
  await api.recordAll("responses", [
    given("a-1", 9, 10),
    given("a-2", 9, 11, { invitationId: "i-2" }),
    given("a-3", 9, 12, { invitationId: undefined }),
    ...["b-1", "b-2"].map((id) => given(id, 4, 10, csat)),
    ...["c-1", "c-2"].map((id) => given(id, 4, 11, { ...csat, surveyId: "after-order" })),
  ]);
  expect((await api.total("nps", day, day)).n).toBe(3);
  // Two of a survey that is not named, and one of two of the survey that is.
  expect((await api.total("csat", day, day)).n).toBe(3);
});

it("a form that asks the same thing of two matters has a latest answer for each: whoever answers both is counted in both", async () => {
  await set([{ survey: "csat" }, { surveyId: "delivery" }, { surveyId: "product" }]);
  const csat = (id: string, score: number, hour: number, surveyId?: string) =>
    given(id, score, hour, { survey: "csat", surveyId });
  await api.recordAll("responses", [
    ...[csat("a-1", 1, 10, "delivery"), csat("a-2", 5, 10, "product"), csat("a-3", 5, 10)],
    ...[csat("a-4", 5, 12, "delivery"), csat("a-5", 1, 9, "product")],
    // Not by the setting, but as the answers say themselves.
    ...["x", "y"].map((surveyId) => given(surveyId, 9, 10, { surveyId, latest: "invitation" })),
  ]);
  expect(await api.total("csat", day, day)).toMatchObject({ value: 100, n: 3 });
  expect((await api.total("nps", day, day)).n).toBe(2);
  expect(await detail("a-1")).toMatchObject({ excluded: true, supersededBy: "a-4" });
  expect(await detail("a-5")).toMatchObject({ excluded: true, supersededBy: "a-2" });
  await expectNothingToRepair();
});

it("an answer of which an older version noted that it counts, whatever its surveyId, is replaced by one to the same survey alone", async () => {
  await set([{ survey: "csat" }]);
  const csat = (id: string, score: number, hour: number, surveyId?: string) =>
    given(id, score, hour, { survey: "csat", surveyId });
  await api.recordAll("responses", [csat("a-1", 1, 10, "delivery")]);
  await test.onTable(async ({ client, name }) => {
    const at = (surveyId?: string) => latestAnswerKey(api.workspace, "i-1", { survey: "csat", surveyId }, "");
    const [Key, older] = [at("delivery"), at()];
    await client.send(
      new DeleteCommand({ TableName: name, Key, ConditionExpression: "attribute_exists(pk)" }),
    );
    await client.send(new PutCommand({ TableName: name, Item: { ...older, id: "a-1" } }));
  });
  await api.recordAll("responses", [csat("a-2", 5, 11), csat("a-3", 5, 12, "product")]);
  expect(await api.total("csat", day, day)).toMatchObject({ n: 3, components: { satisfied: 2 } });
  await test.onTable(async ({ client, name }) => {
    const Item = { ...latestAnswerKey(api.workspace, "i-1", { survey: "csat" }, ""), id: "a-1" };
    await client.send(new PutCommand({ TableName: name, Item }));
  });
  await api.recordAll("responses", [csat("a-4", 5, 9, "delivery"), csat("a-5", 4, 13, "delivery")]);
  expect(await detail("a-1")).toMatchObject({ excluded: true, supersededBy: "a-5" });
  expect((await api.total("csat", day, day)).n).toBe(3);
  await expectNothingToRepair();
});

it("the setting holds for answers from then on: earlier ones go on counting, and are the same when they are sent again", async () => {
  const before = [given("a-1", 9, 10), given("a-2", 9, 11)];
  const off = await set([]);
  expect(off.json.effects).toEqual([expect.stringContaining("recorded from now on")]);
  await api.recordAll("responses", before);
  expect((await api.total("nps", day, day)).n).toBe(2);
  expect((await set([{ survey: "nps" }])).status).toBe(200);
  const after = [given("a-3", 9, 12), given("a-4", 9, 13)];
  await api.recordAll("responses", after);
  expect((await api.total("nps", day, day)).n).toBe(3);
  const repeat = async () => (await api.post("/v1/responses", { responses: [...before, ...after] })).json;
  expect(await repeat()).toMatchObject({ duplicate: 4 });
  expect((await set([])).status).toBe(200);
  expect(await repeat()).toMatchObject({ duplicate: 4 });
  expect((await api.total("nps", day, day)).n).toBe(3);
  await expectNothingToRepair();
});

it("many clients at the same time: each answer is stored once, and the last one counts", async () => {
  const answers = Array.from({ length: 8 }, (_, n) => given(`m-${n}`, n === 5 ? 10 : 0, n === 5 ? 20 : n));
  const sent = await Promise.all([...answers, ...answers].map((one) => api.post("/v1/responses", one)));
  const statuses = sent.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(8).fill(200), ...Array(8).fill(201)]);
  expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
  await expectNothingToRepair();
});

it("an answer that says what it replaces is left alone, and is what the next one replaces", async () => {
  await api.recordAll("responses", [given("a-1", 2, 10)]);
  await api.recordAll("responses", [given("a-2", 8, 11, { supersedes: "a-1" })]);
  expect((await detail("a-2")).latest).toBeUndefined();
  expect(await promoters()).toMatchObject({ passives: 1, detractors: 0 });
  await api.recordAll("responses", [given("a-3", 10, 12)]);
  expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
  expect(await detail("a-2")).toMatchObject({ excluded: true, supersededBy: "a-3" });
});

it("an answer that is taken out and put back leaves every figure as it was", async () => {
  await api.recordAll("responses", [given("a-1", 2, 10), given("a-2", 10, 11)]);
  const before = await api.total("nps", day, day);
  const patch = (excluded: boolean) =>
    api.send("PATCH", "/v1/responses/a-2", { body: { excluded, reason: "a test" } });
  expect((await patch(true)).status).toBe(200);
  expect((await api.total("nps", day, day)).n).toBe(0);
  expect((await patch(false)).status).toBe(200);
  expect(await api.total("nps", day, day)).toEqual(before);
  await expectNothingToRepair();
});

it.each([
  { replaces: false, counted: 2 },
  { replaces: true, counted: 1 },
])(
  "of a public key with replaces: $replaces, $counted of two answers count, and none of another sender's goes",
  async ({ replaces, counted }) => {
    const made = await api.post<{ key: string }>("/v1/keys", {
      ...{ name: "shop", scopes: ["ingest"], origins: [origin], maxAgeDays: 30, replaces },
    });
    const shop = { key: made.json.key, headers: { origin } };
    await api.recordAll("responses", [given("t-1", 8, 9)]);
    for (const body of [given("v-1", 3, 10), given("v-2", 9, 11)]) {
      expect((await api.send("POST", "/v1/responses", { body, ...shop })).status).toBe(201);
    }
    expect(await api.total("nps", day, day)).toMatchObject({
      n: counted + 1,
      components: { passives: 1, promoters: 1, detractors: counted - 1 },
    });
  },
);

it("a survey that does not exist is refused, and changes nothing", async () => {
  const wrong = await set([{ survey: "stars" }]);
  expect(wrong).toMatchObject({ status: 422, json: { errors: [{ pointer: "/latestAnswers/0/survey" }] } });
  const { json } = await api.get<{ latestAnswers: object[] }>("/v1/workspace");
  expect(json.latestAnswers).toEqual([{ survey: "nps" }, { surveyId: "after-order" }]);
});
