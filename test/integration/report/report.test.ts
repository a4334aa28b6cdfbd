import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let cloud: ApiCloud;
beforeAll(async () => {
  cloud = await sharedCloud();
});
afterAll(() => cloud?.end());

/** The report as text, with plain spaces. */
async function report(client: ApiClient, query = ""): Promise<{ page: string; headers: Headers }> {
  const { status, headers, text } = await client.get(`/v1/report?${query}`);
  expect(status, text.slice(0, 500)).toBe(200);
  return { page: text.replaceAll("\u00a0", " "), headers };
}

/** A metric's card. */
function cardOf(page: string, id: string): string {
  return page.split(`<article class="card" id="${id}"`)[1]?.split("</article>")[0] ?? "";
}

function answers(score: number, count: number, daysAgo: number, more: object = {}) {
  const occurredAt = `${dayBefore(daysAgo)}T12:00:00Z`;
  return Array.from({ length: count }, () => ({ survey: "nps", score, occurredAt, ...more }));
}

const range = `from=${dayBefore(20)}&to=${dayBefore(1)}`;

describe("the report", () => {
  it("shows every metric with the figures that the API answers", async () => {
    const client = await cloud.workspace();
    await client.recordAll("responses", [...answers(10, 30, 5), ...answers(2, 10, 4), ...answers(3, 40, 25)]);
    const { page, headers } = await report(client, range);
    const total = await client.total("nps", dayBefore(20), dayBefore(1));
    expect(total).toMatchObject({ value: 50, n: 40 });
    const card = cardOf(page, "nps");
    expect(card).toContain('<p class="value">50.0</p>');
    expect(card).toContain(
      `95 % interval ${Number(total.low).toFixed(1)} to ${Number(total.high).toFixed(1)}, n = 40`,
    );
    expect(card).toContain("<strong>+150.0 points</strong>: better, significant");
    expect(card).toContain("<svg");
    expect(cardOf(page, "esat")).toBe("");
    expect(page).toContain("No data in this period: Customer satisfaction, ");
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-disposition")).toContain(
      `filename="customer-experience-${dayBefore(20)}-${dayBefore(1)}.html"`,
    );
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*style-src 'sha256-/);
    expect(headers.get("content-security-policy")).not.toContain("script");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("covers the last 90 days unless asked for others, with today's answers in it", async () => {
    const client = await cloud.workspace();
    await client.recordAll("responses", [
      ...answers(10, 1, 89),
      ...answers(10, 1, 90),
      { survey: "nps", score: 9 },
    ]);
    const { page } = await report(client);
    expect(page).toContain("90 days (UTC), by week, compared with as long before");
    expect(cardOf(page, "nps")).toContain("n = 2<");
    expect(page).toContain("Today is in the period");
  });

  it("names the days that late answers corrected, with what was reported before", async () => {
    const client = await cloud.workspace({}, 6);
    await client.recordAll("responses", answers(10, 2, 4));
    const days = { from: dayBefore(6), to: dayBefore(1) };
    await client.takeSnapshots(days);
    expect(cardOf((await report(client, range)).page, "nps")).not.toContain("Corrected");
    await client.recordAll("responses", answers(0, 2, 4));
    expect(cardOf((await report(client, range)).page, "nps")).toContain("Changed and not yet stated again");
    await client.takeSnapshots(days);
    const card = cardOf((await report(client, range)).page, "nps");
    expect(card).toContain("Corrected later: 1 day");
    expect(card).toMatch(/first reported as 100\.0, now 0\.0 \(revision 2; 2 facts: arrived late\)/);
    expect(card).toContain('class="mark"');
    expect(card).not.toContain("not yet stated again");
  });

  it("shows the newest comments of each group as text, and never who wrote them", async () => {
    const client = await cloud.workspace();
    const customerId = "customer-whom-nobody-sees";
    const evil = "<script>alert(1)</script> \u202eabc\u200b";
    await client.recordAll("responses", [
      ...answers(2, 1, 3, { comment: evil, customerId }),
      ...answers(10, 5, 2, { comment: "Quick!", customerId }),
      ...answers(8, 1, 40, { comment: "Outside of the period" }),
      { survey: "nps", score: 1, id: "out", comment: "Taken out", occurredAt: `${dayBefore(2)}T12:00:00Z` },
    ]);
    const body = { excluded: true, reason: "a test" };
    expect((await client.send("PATCH", "/v1/responses/out", { body })).status).toBe(200);
    const { page } = await report(client, range);
    const card = cardOf(page, "nps");
    expect(card).toContain("&lt;script&gt;alert(1)&lt;/script&gt; \u202eabc\u200b</blockquote>");
    expect(card.match(/Quick!/g)).toHaveLength(3);
    expect(page).not.toMatch(/Outside of the period|Taken out|customer-whom-nobody-sees|<script/);
    expect((await report(client, `${range}&comments=0`)).page).not.toContain("Quick!");
    expect(cardOf((await report(client, `${range}&comments=1`)).page, "nps").match(/Quick!/g)).toHaveLength(
      1,
    );
  });

  it("compares the groups of a tracked dimension, and filters by one", async () => {
    const client = await cloud.workspace();
    const [web, phone] = [{ dimensions: { channel: "web" } }, { dimensions: { channel: "<b>phone" } }];
    await client.recordAll("responses", [
      ...answers(10, 3, 3, { ...web, comment: "From the web" }),
      ...answers(0, 2, 3, { ...phone, comment: "By phone" }),
      ...answers(8, 1, 3),
    ]);
    const grouped = cardOf((await report(client, `${range}&groupBy=channel`)).page, "nps");
    const groups = [
      ...grouped.matchAll(
        /<th scope="row" role="rowheader"><bdi>([^<]*)<\/bdi><\/th><td role="cell" class="number">([^<]*)/g,
      ),
    ];
    expect(groups.slice(0, 3).map(([, name, value]) => [name, value])).toEqual([
      ["web", "100.0"],
      ["&lt;b&gt;phone", "−100.0"],
      ["(none)", "0.0"],
    ]);
    const { page } = await report(client, `${range}&filter.channel=web`);
    expect(cardOf(page, "nps")).toContain('<p class="value">100.0</p>');
    expect(page).toContain("only channel = web");
    expect(page).not.toContain("By phone");
  });

  it("says of groups what all of them are together: in the card, in its table and at a glance", async () => {
    const client = await cloud.workspace();
    const web = { dimensions: { channel: "web" } };
    await client.recordAll("responses", [
      ...answers(10, 30, 3, web),
      ...answers(0, 10, 3, { dimensions: { channel: "phone" } }),
      ...answers(0, 40, 25, web),
    ]);
    const { page } = await report(client, `${range}&groupBy=channel`);
    const card = cardOf(page, "nps");
    expect(card).toContain('<p class="value">50.0</p>');
    expect(card).toContain("<strong>+150.0 points</strong>: better, significant");
    const together =
      /<tfoot[^>]*><tr[^>]*><th[^>]*>All together<\/th><td[^>]*>50\.0<\/td><td[^>]*>\+150\.0 points/;
    expect(card).toMatch(together);
    const glance = page.split('id="overview"')[1]?.split("</section>")[0] ?? "";
    expect(glance).toMatch(/Net Promoter Score<\/a><\/th><td[^>]*>50\.0<\/td>/);
  });

  it("shows what was written in the days in which a score fell, not what was written last", async () => {
    const client = await cloud.workspace();
    const days = (from: number, to: number, score: number, more: object = {}) =>
      Array.from({ length: from - to + 1 }, (_, index) => answers(score, 6, from - index, more)).flat();
    await client.recordAll("responses", days(80, 21, 10));
    await client.recordAll("responses", [
      ...days(20, 13, 2, { comment: "It broke" }),
      ...days(12, 8, 2),
      ...days(7, 1, 2, { comment: "It is still broken" }),
      { survey: "csat", scale: "1-5", score: 5, occurredAt: `${dayBefore(2)}T12:00:00Z`, comment: "Lovely" },
    ]);
    const { page } = await report(client, `from=${dayBefore(40)}&to=${dayBefore(1)}&interval=week`);
    const card = cardOf(page, "nps");
    expect(card).toMatch(/What people wrote in \d+ \w+ \d{4} – \d+ \w+ \d{4}, when it changed most/);
    expect(card).toContain("It broke");
    expect(card).not.toContain("It is still broken");
    // What did not change has its newest comments.
    expect(cardOf(page, "csat")).toContain("<summary>What people wrote</summary>");
    expect(cardOf(page, "csat")).toContain("Lovely");
  });

  it("shows the goals of the same segment and where they stand", async () => {
    const client = await cloud.workspace();
    await client.recordAll("responses", answers(10, 40, 3));
    const goal = { metric: "nps", target: { value: 60 }, dueDate: dayBefore(-30) };
    for (const [id, more] of [
      ["all", { name: "Loved <by> all" }],
      ["web", { name: "Only the web", filter: { channel: "web" } }],
    ] as const) {
      const { status } = await client.send("PUT", `/v1/goals/${id}`, { body: { ...goal, ...more } });
      expect(status).toBe(201);
    }
    const card = cardOf((await report(client, range)).page, "nps");
    expect(card).toContain(
      "(<bdi>Loved &lt;by&gt; all</bdi>): <strong>met</strong>. 100.0 over 30 days, 40.0 better.",
    );
    expect(card).toContain(">Goal 60.0</text>");
    expect(card).not.toContain("Only the web");
  });

  it("shows great amounts without cents and has them to the last digit beside it, in the currency asked for", async () => {
    const client = await cloud.workspace({ currency: "GBP" });
    const money = (amount: string, currency: string) => ({
      type: "purchase.made",
      orderId: `${amount}${currency}`,
      occurredAt: `${dayBefore(3)}T12:00:00Z`,
      money: { amount, currency },
    });
    await client.recordAll("events", [money("99999999.99", "GBP"), money("1500", "JPY")]);
    expect(cardOf((await report(client, range)).page, "sales")).toContain(
      '<p class="value">£100,000,000</p>',
    );
    expect(cardOf((await report(client, range)).page, "sales")).toContain("<dd>99999999.99</dd>");
    const yen = cardOf((await report(client, `${range}&currency=JPY`)).page, "sales");
    expect(yen).toContain('<p class="value">¥1,500</p>');
  });
});

describe("the report refuses", () => {
  it.each([
    ["from=2026-02-30", "/from"],
    ["from=2026-03-02&to=2026-03-01", "/to"],
    ["from=2000-01-01&to=2026-01-01", "/from"],
    ["interval=hour", "/interval"],
    ["interval=day&from=2020-01-01&to=2026-01-01", "/interval"],
    ["interval=day&from=2025-01-01&to=2026-01-01&groupBy=channel", "/interval"],
    ["compare=never", "/compare"],
    ["comments=11", "/comments"],
    ["comments=-1", "/comments"],
    ["currency=ABC", "/currency"],
    ["groupBy=country", "/groupBy"],
    ["filter.country=DE", "/filter.country"],
    ["filter.channel=web&filter.touchpoint=shop", "/filter.channel"],
    ["filter.channel=web&groupBy=touchpoint", "/filter.channel"],
    ["filter.channel=", "/filter.channel"],
    ["metric=nps", "/metric"],
  ])("%s, and says which parameter is wrong", async (query, pointer) => {
    const { status, json, headers } = await cloud.client.get(`/v1/report?${query}`);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it("keys that may only write, and requests without a key", async () => {
    const { client } = cloud;
    const key = await cloud.key(client, "ingest");
    expect((await client.get("/v1/report", { key })).status).toBe(403);
    expect((await client.get("/v1/report", { key: null })).status).toBe(401);
    expect((await client.get(`/v1/report?key=${client.key}`, { key: null })).status).toBe(401);
  });
});
