import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiAnswer, ApiClient, BatchBody } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { broken, collided, invalid, throttled, unavailable } from "../../fixtures/faults.ts";

/** The store fails on the way: 2xx means stored and counted once, and whatever else was answered may be sent again. */

let test: ApiCloud;
let api: ApiClient;
let faults: Verdict[] = [];
let losesAnswers = true;
let doomed: Promise<readonly [ApiClient, ApiAnswer<BatchBody>]>;

const day = "2024-05-02";
const answer = (id: string) => ({ id, survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z` });
const answers = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => answer(`${prefix}-${index}`));
const purchase = (id: string) => ({
  ...{ id, type: "purchase.made", orderId: id, customerId: "c", occurredAt: `${day}T12:00:00Z` },
  money: { amount: "1.00", currency: "USD" },
});

/** The faults one after the other, on commits of the write functions. Of the doomed batch all commits after the first are not heard of. */
function intercept({ action, functionName, text }: ServiceCall): Verdict {
  if (action !== "TransactWriteItems" || !functionName?.startsWith("record-")) return "pass";
  const request = text();
  if (request.includes('"poison"')) return invalid;
  if (!request.includes("doomed-")) return faults.shift() ?? "pass";
  return losesAnswers && !request.includes('doomed-0"') ? "drop-answer" : "pass";
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept });
  const client = await test.workspace();
  // Takes as long as the function tries: twenty seconds, while the others run.
  doomed = client
    .post<BatchBody>("/v1/responses", { responses: answers(250, "doomed") })
    .then((answered) => [client, answered] as const);
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});
afterEach(() => {
  expect(faults).toEqual([]);
});

const courses: [string, Verdict[]][] = [
  ["a request that is dropped", ["drop-request"]],
  ["an answer that is dropped after the commit", ["drop-answer"]],
  ["an answer that is cut short after the commit", ["cut-answer"]],
  ["answers that are dropped again and again", ["drop-answer", "drop-answer", "drop-answer"]],
  ["throttling", [throttled, throttled, throttled]],
  ["an error of the store", [broken, unavailable]],
  ["other transactions on the same counters", [collided, collided, collided]],
  ["all of it", ["drop-request", throttled, collided, "drop-answer", broken, "cut-answer", collided]],
];

describe.each(courses)("%s", (_name, course) => {
  it.each([
    ["/v1/responses", answer("a"), "nps"],
    ["/v1/events", purchase("a"), "sales"],
  ] as const)("ends as one fact, recorded once, on %s", async (path, fact, metric) => {
    faults = [...course];
    const first = await api.post(path, fact);
    expect([first.status, first.json]).toEqual([201, { id: "a", status: "recorded" }]);
    expect((await api.post(path, fact)).json.status).toBe("duplicate");
    expect((await api.total(metric, day, day)).n).toBe(1);
    expect((await api.total("customers", day, day)).value).toBe(metric === "sales" ? 1 : 0);
  });

  it("in the middle of a batch ends as each fact once", async () => {
    faults = ["pass", ...course];
    const batch = Array.from({ length: 200 }, (_, index) => purchase(`p-${index % 190}`));
    const { recorded, duplicate } = await api.batch("events", batch);
    expect({ recorded, duplicate }).toEqual({ recorded: 190, duplicate: 10 });
    expect(await api.total("sales", day, day)).toMatchObject({ n: 190, value: "190.00" });
    expect((await api.total("customers", day, day)).value).toBe(1);
  });
});

describe("a fact that the store takes in no way", () => {
  it("is invalid by itself, and all others of its batch are recorded", async () => {
    const batch = [...answers(110, "a"), answer("poison"), ...answers(20, "b")];
    const { invalid: refused, results } = await api.batch("responses", batch);
    expect([refused, results[110]?.status]).toEqual([1, "invalid"]);
    expect(results[110]?.errors?.[0]?.detail).toMatch(/^makes the server fail/);
    expect((await api.total("nps", day, day)).n).toBe(130);
    const alone = await api.post("/v1/responses", answer("poison"));
    expect([alone.status, alone.json]).toMatchObject([422, { errors: [{ pointer: "" }] }]);
  });
});

describe("an answer 503", () => {
  it("comes with Retry-After when the store throttles the first read, and nothing was stored", async () => {
    const other = await ApiCloud.start({
      intercept: ({ action, functionName }) =>
        action === "GetItem" && functionName === "record-responses" ? throttled : "pass",
    });
    try {
      const { status, headers, json } = await other.client.post("/v1/responses", answer("a"));
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(json).toMatchObject({ title: "Temporarily unavailable", status: 503 });
      expect((await other.client.total("nps", day, day)).n).toBe(0);
    } finally {
      await other.end();
    }
  });

  it("after a part was stored can be resent: every fact ends as once", async () => {
    const [client, { status, headers }] = await doomed;
    expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
    const stored = (await client.total("nps", day, day)).n;
    expect(stored).toBeGreaterThanOrEqual(99);
    losesAnswers = false;
    const again = await client.batch("responses", answers(250, "doomed"));
    expect(again).toMatchObject({ recorded: 250 - stored, duplicate: stored });
    expect((await client.total("nps", day, day)).n).toBe(250);
  });
});
