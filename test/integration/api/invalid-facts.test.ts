import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { type ApiClient, dayBefore, nothingCounted, type ProblemBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { refusalsOf } from "../../fixtures/refusals.ts";

/**
 * What is refused leaves nothing behind: all refusals here go to one workspace, which stays empty. What is refused, and with which
 * words, is in test/unit/domain/facts.
 */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});
afterAll(() => test?.end());

describe("a fact that is refused, alone and in a batch, is answered with every error that parsing finds", () => {
  const money = { amount: "1.005", currency: "USD" };
  it.each([
    ["responses", { survey: "nps", score: 11.5, id: "a b", comment: "", extra: 1, more: 2 }],
    ["events", { type: "purchase.made", orderId: "o", customerId: "a\nb", money }],
    ["events", { type: "interaction.made", customerId: "c", touchpoint: "\ud800" }],
    ["events", { type: "share.quoted", symbol: "AC ME", money: { amount: "0.00", currency: "USD" } }],
    ["events", { type: "ticket.resolved", ticketId: "t", contacts: 0 }],
  ] as const)("of %s %j", async (field, fact) => {
    const single = await api.post<ProblemBody>(`/v1/${field}`, fact);
    expect(single.status, single.text).toBe(422);
    expect(single.headers.get("content-type")).toBe("application/problem+json");
    expect(single.json).toMatchObject({
      title: "Invalid content",
      status: 422,
      requestId: expect.any(String),
    });
    const errors = single.json.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? [];
    expect(errors.toSorted()).toEqual(refusalsOf(field, fact).toSorted());
    const { recorded, results } = await api.batch(field, [fact]);
    expect(recorded).toBe(0);
    expect(results).toMatchObject([{ index: 0, status: "invalid", errors: single.json.errors }]);
  });
});

it("nothing of all that was refused is counted", async () => {
  expect(await api.counted()).toEqual(nothingCounted);
  const totals = metrics.map(async ({ id }) => (await api.total(id, dayBefore(7_300), dayBefore(0))).n);
  expect(new Set(await Promise.all(totals))).toEqual(new Set([0]));
});

it.each([[0], [51], [2.5], ["4"], [null]])("refuses engagedTouchpoints of %j", async (engagedTouchpoints) => {
  const { status, json } = await api.send("PATCH", "/v1/workspace", { body: { engagedTouchpoints } });
  expect({ status, pointers: json.errors?.map(({ pointer }) => pointer) }).toEqual({
    status: 422,
    pointers: ["/engagedTouchpoints"],
  });
});

it.each([["0"], ["201"], ["ten"], ["1.5"], ["-1"], [""]])("top=%s is refused", async (top) => {
  const { status, json } = await api.get(`/v1/metrics/contact-volume?groupBy=category&top=${top}`);
  expect(status).toBe(400);
  expect(json).toMatchObject({ errors: [{ pointer: "/top", detail: "must be an integer from 1 to 200" }] });
});

it("top without groupBy is refused", async () => {
  const { status, json } = await api.get("/v1/metrics/contact-volume?top=10");
  expect(status).toBe(400);
  expect(json).toMatchObject({ errors: [{ pointer: "/top", detail: expect.stringContaining("groupBy") }] });
});
