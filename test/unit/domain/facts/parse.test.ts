import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ParseContext,
  type Parsed,
  parseEvent,
  parseResponse,
} from "../../../../lib/domain/facts/parse.ts";
import { drawnTypes, factArbitrary, type SentFact } from "../../../fixtures/fact-arbitraries.ts";

const now = Date.parse("2026-11-01T12:00:00Z");

const context: ParseContext = {
  now,
  timeZone: "Europe/Berlin",
  earliestDay: "2000-01-01",
  newId: () => "made-here",
};

const answer = { survey: "nps", score: 9 };
const money = { amount: "1.00", currency: "GBP" };
const bought = { type: "purchase.made", orderId: "o-1", money };

function response(more: object, without: string[] = []): Parsed {
  const input = Object.fromEntries(
    Object.entries({ ...answer, ...more }).filter(([name]) => !without.includes(name)),
  );
  return parseResponse(input, context);
}

function event(more: object): Parsed {
  return parseEvent({ ...bought, ...more }, context);
}

function errorsOf(parsed: Parsed): string[] {
  if (parsed.ok) throw new Error("it was accepted");
  return parsed.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

function submissionOf(parsed: Parsed) {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.submission;
}

describe("a survey response", () => {
  it.each([
    [{}, "0-10"],
    [{ survey: "csat", score: 5 }, "1-5"],
    [{ survey: "ces", score: 7 }, "1-7"],
    [{ survey: "esat", score: 10 }, "1-10"],
  ])("%j is on its survey's usual scale", (more, scale) => {
    expect(submissionOf(response(more)).fact).toMatchObject({ type: "response", scale });
  });

  it.each([
    [{ score: 11 }, "/score: must be an integer from 0 to 10"],
    [{ score: -1 }, "/score: must be an integer from 0 to 10"],
    [{ score: 0, scale: "1-10" }, "/score: must be an integer from 1 to 10"],
    [{ score: 9.5 }, "/score: must be an integer from 0 to 10"],
    [{ score: "9" }, "/score: must be an integer from 0 to 10"],
    [{ score: null }, "/score: must be an integer from 0 to 10"],
    [{ score: Number.NaN }, "/score: must be an integer from 0 to 10"],
    [{ survey: "csat", score: 6 }, "/score: must be an integer from 1 to 5"],
    [{ survey: "ces", score: 6, scale: "effort-1-5" }, "/score: must be an integer from 1 to 5"],
    [{ survey: "csat", score: 4, scale: "1-9" }, expect.stringMatching(/^\/scale: must be one of 1-5, /)],
    [{ survey: "poll" }, "/survey: must be one of nps, csat, ces, esat, task-completion, visitor-intent"],
    [{ survey: "esat", score: 5, customerId: "c" }, "/customerId: is not a known field"],
    [{ id: "" }, expect.stringMatching(/^\/id: must be 1 to 128/)],
    [{ id: "a".repeat(129) }, expect.stringMatching(/^\/id: /)],
    [{ id: "../x" }, expect.stringMatching(/^\/id: /)],
    [{ comment: "a".repeat(5001) }, "/comment: must have at most 5000 characters"],
    [{ comment: "a\u0000b" }, "/comment: must not contain control characters"],
    [{ comment: "a\ud800" }, "/comment: must be well-formed Unicode (no lone surrogates)"],
    [{ tags: Array(21).fill("t") }, "/tags: must have at most 20 tags"],
    [{ dimensions: { Channel: "web" } }, expect.stringMatching(/^\/dimensions\/Channel: must be a name/)],
    [{ dimensions: { channel: "w".repeat(101) } }, "/dimensions/channel: must have at most 100 characters"],
    [{ dimensions: { channel: 1 } }, expect.stringMatching(/^\/dimensions\/channel: must be a text/)],
    [{ workspace: "other" }, "/workspace: is not a known field"],
  ])("%j is refused with the field named", (more, error) => {
    expect(errorsOf(response(more))).toEqual([error]);
  });

  it("names every field that is wrong", () => {
    expect(errorsOf(response({ score: 12, comment: "", extra: 1, more: 2 }))).toHaveLength(4);
  });

  it("takes as many characters as are allowed, whatever their size", () => {
    const comment = "👍".repeat(5000);
    expect(submissionOf(response({ comment })).fact).toMatchObject({ comment });
  });

  it("takes ten dimensions and no more", () => {
    const dimensions = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, "v"]));
    expect(submissionOf(response({ dimensions: dimensions(10) })).fact.dimensions).toEqual(dimensions(10));
    expect(errorsOf(response({ dimensions: dimensions(11) }))).toEqual([
      "/dimensions: must have at most 10 dimensions",
    ]);
  });

  it("never throws, whatever is sent", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (input) => {
        expect(parseResponse(input, context).ok).toBe(false);
        expect(parseEvent(input, context).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("whom a fact is about", () => {
  const about = ({ route, body }: SentFact) => {
    const input = { ...body, customerId: "c" };
    return route === "events" ? parseEvent(input, context) : parseResponse(input, context);
  };

  it.each(drawnTypes.events)("can be said by %s", (type) => {
    for (const sent of fc.sample(factArbitrary("2024-02-20", 400, 1, [type]), 5)) {
      expect(submissionOf(about(sent)).fact.customerId).toBe("c");
    }
  });

  it.each(drawnTypes.surveys)("can be said by an answer to %s, but for employees", (survey) => {
    for (const sent of fc.sample(factArbitrary("2024-02-20", 400, 1, [survey]), 5)) {
      expect(about(sent).ok).toBe(survey !== "esat");
    }
  });
});

describe("the time of a fact", () => {
  it.each([
    ["2026-11-01T12:05:00Z", true],
    ["2026-11-01T12:05:00.001Z", false],
    // Midnight in Berlin, where the workspace's days begin.
    ["1999-12-31T23:00:00Z", true],
    ["1999-12-31T22:59:59.999Z", false],
    ["2026-10-01T09:30:00+02:00", true],
    ["2026-10-01t09:30:00z", true],
    ["2026-10-01 09:30:00Z", false],
    [1_790_000_000_000, false],
    ["2026-10-01T09:30:00", false],
    ["2026-10-01", false],
    ["2026-02-30T00:00:00Z", false],
    ["yesterday", false],
  ])("%s is accepted: %s", (occurredAt, ok) => {
    expect(response({ occurredAt }).ok).toBe(ok);
  });

  it("is now when it is not said", () => {
    expect(submissionOf(response({})).fact.occurredAt).toBe(now);
  });
});

describe("an event", () => {
  it.each([
    ["139.12", "GBP", 13912n],
    ["0", "GBP", 0n],
    ["0.1", "GBP", 10n],
    ["100", "JPY", 100n],
    ["1.234", "BHD", 1234n],
    ["999999999999.99", "USD", 99999999999999n],
  ])("of %s %s is exact in minor units", (amount, currency, amountMinor) => {
    expect(submissionOf(event({ money: { amount, currency } })).fact).toMatchObject({
      money: { amountMinor, currency },
    });
  });

  it.each([
    // Younger than most lists.
    ...["XCG", "XAD", "ZWG", "SLE", "VED"],
    // Withdrawn, and still what was paid in.
    ...["ANG", "BGN", "CUC", "HRK", "SLL", "ZWL"],
  ])("takes %s with its two decimals", (currency) => {
    expect(submissionOf(event({ money: { amount: "1.23", currency } })).fact).toMatchObject({
      money: { amountMinor: 123n, currency },
    });
  });

  it.each([
    [{ money: { amount: "1.001", currency: "GBP" } }, "/money/amount: must have at most 2 decimals in GBP"],
    [{ money: { amount: "1.001", currency: "XCG" } }, "/money/amount: must have at most 2 decimals in XCG"],
    [{ money: { amount: "1.5", currency: "JPY" } }, "/money/amount: must have at most 0 decimals in JPY"],
    [{ money: { amount: "-1.00", currency: "GBP" } }, expect.stringMatching(/^\/money\/amount: /)],
    [{ money: { amount: "1e3", currency: "GBP" } }, expect.stringMatching(/^\/money\/amount: /)],
    [{ money: { amount: 1, currency: "GBP" } }, expect.stringMatching(/^\/money\/amount: must be a decimal/)],
    [{ money: { amount: "1000000000000", currency: "GBP" } }, expect.stringMatching(/^\/money\/amount: /)],
    [{ money: { amount: "1.00", currency: "gbp" } }, expect.stringMatching(/^\/money\/currency: /)],
    [{ money: { amount: "1.00", currency: "XXZ" } }, "/money/currency: is not a currency of ISO 4217"],
    [{ type: "purchase.stolen" }, expect.stringMatching(/^\/type: must be one of customer\.joined/)],
    [{ orderId: "" }, "/orderId: must not be empty"],
    [{ customerId: "c".repeat(129) }, "/customerId: must have at most 128 characters"],
    [{ score: 5 }, "/score: is not a known field"],
  ])("%j is refused with the field named", (more, error) => {
    expect(errorsOf(event(more))).toEqual([error]);
  });

  it("needs a customer where it is about one", () => {
    for (const type of ["customer.joined", "customer.left", "customer.returned"]) {
      expect(errorsOf(parseEvent({ type }, context))[0]).toMatch(/^\/customerId: is missing/);
    }
  });

  it("gives back more than nothing", () => {
    const refund = { type: "purchase.refunded", money: { amount: "0.00", currency: "GBP" } };
    expect(errorsOf(parseEvent(refund, context))).toEqual(["/money/amount: must be more than 0"]);
  });
});

describe("whether two facts are the same", () => {
  const hash = (more: object, base: object = answer) =>
    submissionOf(parseResponse({ ...base, ...more }, context)).contentHash;

  it("does not depend on the order of fields, on spelled-out defaults or on how a time is written", () => {
    const first = {
      survey: "nps",
      score: 9,
      dimensions: { a: "1", b: "2" },
      occurredAt: "2026-10-01T10:00:00Z",
    };
    const same = {
      occurredAt: "2026-10-01t12:00:00.000+02:00",
      dimensions: { b: "2", a: "1" },
      scale: "0-10",
      score: 9,
      survey: "nps",
    };
    expect(hash({}, same)).toBe(hash({}, first));
    expect(hash({ dimensions: {} })).toBe(hash({}));
  });

  const page = { type: "page.loaded", milliseconds: 900 };
  const probe = { type: "probe.checked", up: true };
  const used = { type: "article.used", articleId: "KB1" };

  it.each([
    [page, { ...page, count: 1 }, { ...page, count: 2 }],
    [probe, { ...probe, count: 1 }, { ...probe, count: 3 }],
    [used, { ...used, resolved: false }, { ...used, resolved: true }],
    [
      { ...used, ticketId: "T1" },
      { ...used, ticketId: "T1", resolved: true },
      { ...used, ticketId: "T1", resolved: false },
    ],
    [answer, { ...answer, tags: [] }, { ...answer, tags: ["t"] }],
    [
      bought,
      { ...bought, money: { amount: "1", currency: "GBP" } },
      { ...bought, money: { amount: "1.01", currency: "GBP" } },
    ],
  ])("%j says what %j spells out, and not %j", (short, long, other) => {
    const [first, same, different] = [short, long, other].map((input) => {
      return submissionOf("survey" in input ? parseResponse(input, context) : parseEvent(input, context));
    });
    expect(same?.contentHash).toBe(first?.contentHash);
    expect(different?.contentHash).not.toBe(first?.contentHash);
  });

  it("does not depend on the id, nor on a time that the server filled in", () => {
    const later = { ...context, now: now + 60_000 };
    expect(submissionOf(parseResponse({ ...answer, id: "x" }, later)).contentHash).toBe(hash({ id: "y" }));
  });

  it("depends on everything else", () => {
    const hashes = [
      {},
      { score: 8 },
      { scale: "1-10" },
      { comment: "x" },
      { customerId: "c" },
      { surveyId: "s" },
      { tags: ["t"] },
      { dimensions: { a: "1" } },
      { occurredAt: "2026-10-01T10:00:00Z" },
    ].map((more) => hash(more));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

it("an answer names an order only where orders are linked, and the error says how", () => {
  const input = { ...answer, orderId: "536365" };
  expect(parseResponse(input, { ...context, linksOrders: true }).ok).toBe(true);
  const errors = errorsOf(parseResponse(input, { ...context, linksOrders: false }));
  expect(errors).toEqual([expect.stringMatching(/^\/orderId: must be absent.*linkOrders \(PATCH/)]);
  expect(parseResponse(answer, { ...context, linksOrders: false }).ok).toBe(true);
});
