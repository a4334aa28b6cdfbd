import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const day = "2024-05-02";
const month = { from: "2024-05-01", to: "2024-05-31" };
const sent = (invitationId: string, more: object = {}) => ({
  ...{ id: `sent-${invitationId}`, type: "invitation.sent", invitationId, occurredAt: `${day}T09:00:00Z` },
  ...more,
});
const answer = (invitationId: string, on: string, more: object = {}) => ({
  ...{ id: `answer-${invitationId}-${on}`, survey: "nps", score: 9, invitationId },
  ...{ occurredAt: `${on}T15:30:00Z`, ...more },
});
const rate = (more = "") => api.total("survey-response-rate", month.from, month.to, more);

async function differences(): Promise<unknown> {
  const { json } = await api.post<{ differencesTotal: number; historiesTotal: number }>(
    "/v1/reconciliation",
    month,
  );
  return [json.differencesTotal, json.historiesTotal];
}

describe("invitations", () => {
  it("are answered by responses that arrive before them, after them, twice or late", async () => {
    await api.recordAll("responses", [answer("early-arrival", "2024-05-03"), answer("late", "2024-05-30")]);
    const dimensions = { channel: "email" };
    await api.recordAll("events", [
      sent("early-arrival", { dimensions, surveyId: "s1" }),
      sent("late", { surveyId: "s1" }),
      sent("none", { dimensions, surveyId: "s2" }),
      sent("twice"),
    ]);
    await api.recordAll("responses", [answer("twice", "2024-05-04"), answer("twice", "2024-05-05")]);
    expect(await rate()).toMatchObject({
      ...{ value: 50, n: 4 },
      components: { sent: 4, answered: 2, answeredLate: 1, hour15: 2 },
    });
    expect(await rate("&filter.channel=email")).toMatchObject({ value: 50, n: 2 });
    expect(await rate("&filter.surveyId=s1")).toMatchObject({ value: 50, n: 2 });
    expect(await rate("&filter.hour=09")).toMatchObject({ value: 50, n: 4 });
    expect(await differences()).toEqual([0, 0]);
  });

  it("are recounted when the workspace moves its cut-off", async () => {
    await api.recordAll("events", [sent("a")]);
    await api.recordAll("responses", [answer("a", "2024-05-12")]);
    expect(await rate()).toMatchObject({ value: 100 });
    const { status, json } = await api.send<{ effects: string[] }>("PATCH", "/v1/workspace", {
      body: { responseCutOffDays: 9 },
    });
    expect(status).toBe(200);
    expect(json.effects.join()).toContain("responseCutOffDays");
    await test.cloud.idle();
    expect(await rate()).toMatchObject({ value: 0, components: { answeredLate: 1 } });
    expect(await differences()).toEqual([0, 0]);
  });

  it("are not answered by a response that was taken out of the counts, until it is put back", async () => {
    await api.recordAll("events", [sent("a")]);
    await api.recordAll("responses", [answer("a", "2024-05-03")]);
    const exclude = (excluded: boolean) =>
      api.send("PATCH", `/v1/responses/answer-a-2024-05-03`, { body: { excluded, reason: "a test" } });
    const [first, second] = await Promise.all([exclude(true), exclude(true)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await rate()).toMatchObject({ value: 0, n: 1 });
    expect(await differences()).toEqual([0, 0]);
    expect((await exclude(false)).status).toBe(200);
    expect(await rate()).toMatchObject({ value: 100, n: 1 });
    expect(await differences()).toEqual([0, 0]);
  });

  it("stay answered, and comments counted, when the person who answered is erased", async () => {
    await api.recordAll("events", [sent("a", { customerId: "c" })]);
    await api.recordAll("responses", [answer("a", "2024-05-03", { customerId: "c", comment: "Good" })]);
    const counts = async () => [
      (await rate()).value,
      (await api.total("feedback-volume", month.from, month.to)).value,
    ];
    expect(await counts()).toEqual([100, 1]);
    expect((await api.send("DELETE", "/v1/customers?customerId=c")).status).toBe(200);
    expect(await counts()).toEqual([100, 1]);
    expect(await differences()).toEqual([0, 0]);
    const { json } = await api.get<Record<string, unknown>>("/v1/responses/answer-a-2024-05-03");
    expect(json).not.toHaveProperty("comment");
    expect(json).not.toHaveProperty("hadComment");
  });
});
