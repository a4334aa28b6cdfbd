import { describe, expect, it } from "vitest";
import { occurrencesOf } from "../../../../lib/domain/entities/one-fact/one-fact.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

const day = "2026-10-02";
const segments = { channel: "web" };

/** What facts of a day bring about by themselves. */
function occurrences(...inputs: object[]) {
  const sent = inputs.map((input) => ({ occurredAt: `${day}T12:00:00Z`, ...input }));
  return placeFacts(sent).flatMap((placed) => occurrencesOf({ ...placed, segments }));
}

const money = { amount: "10.00", currency: "USD" };
const cents = { amountMinor: 1_000n, currency: "USD" };

describe("a fact by itself", () => {
  it.each<[string, object, object]>([
    [
      "a customer's purchase",
      { type: "purchase.made", orderId: "o", money, customerId: "c" },
      { kind: "purchased", ...cents },
    ],
    ["a refund", { type: "purchase.refunded", orderId: "o", money }, { kind: "refunded", ...cents }],
    ["spend on customers", { type: "spend.recorded", money }, { kind: "spent", ...cents }],
    ["an article", { type: "article.written", articleId: "a" }, { kind: "article-written", times: 1 }],
    [
      "a visit",
      { type: "session.ended", pages: 3, seconds: 40 },
      { kind: "sessions-ended", count: 1, pages: 3, seconds: 40 },
    ],
    [
      "visits alike",
      { type: "session.ended", pages: 1, seconds: 9, count: 7 },
      { kind: "sessions-ended", count: 7, pages: 1, seconds: 9 },
    ],
    [
      "a page",
      { type: "page.loaded", milliseconds: 800 },
      { kind: "pages-loaded", count: 1, milliseconds: 800 },
    ],
    [
      "pages alike",
      { type: "page.loaded", milliseconds: 800, count: 5 },
      { kind: "pages-loaded", count: 5, milliseconds: 800 },
    ],
    ["a visit from search", { type: "search.landed" }, { kind: "search-landed", count: 1 }],
    ["visits from search", { type: "search.landed", count: 4 }, { kind: "search-landed", count: 4 }],
    ["a call to action seen", { type: "cta.viewed", cta: "buy" }, { kind: "cta-viewed", count: 1 }],
    ["one seen often", { type: "cta.viewed", cta: "buy", count: 9 }, { kind: "cta-viewed", count: 9 }],
    ["one clicked", { type: "cta.clicked", cta: "buy" }, { kind: "cta-clicked", count: 1 }],
    ["one clicked often", { type: "cta.clicked", cta: "buy", count: 2 }, { kind: "cta-clicked", count: 2 }],
    ["a probe", { type: "probe.checked", up: false }, { kind: "probed", count: 1, isUp: false }],
    [
      "probes alike",
      { type: "probe.checked", up: true, count: 60 },
      { kind: "probed", count: 60, isUp: true },
    ],
    ["a page's score", { type: "mobile.scored", score: 71 }, { kind: "mobile-scored", score: 71 }],
    [
      "a mention",
      { type: "mention.seen", sentiment: "negative" },
      { kind: "mentioned", count: 1, sentiment: "negative" },
    ],
    [
      "mentions alike",
      { type: "mention.seen", sentiment: "neutral", count: 3 },
      { kind: "mentioned", count: 3, sentiment: "neutral" },
    ],
    [
      "an answer",
      { survey: "csat", score: 4 },
      { kind: "answered", survey: "csat", scale: "1-5", score: 4, hasComment: false },
    ],
    [
      "an answer with a comment",
      { survey: "csat", score: 4, comment: "fine" },
      { kind: "answered", survey: "csat", scale: "1-5", score: 4, hasComment: true },
    ],
    [
      "a task",
      { survey: "task-completion", completed: true, inTime: false },
      { kind: "task-tried", survey: "task-completion", completed: true, inTime: false, hasComment: false },
    ],
    [
      "an intent",
      { survey: "visitor-intent", choice: "buy", completed: false },
      { kind: "intent-stated", survey: "visitor-intent", intent: "buy", completed: false, hasComment: false },
    ],
  ])("%s counts on its day and in its segments", (_name, fact, expected) => {
    expect(occurrences(fact)).toEqual([{ ...expected, day, segments }]);
  });

  it("a purchase of nobody who is known counts for customers where it says itself; one of a person who was erased does not", () => {
    const fact = { type: "purchase.made", orderId: "o", money };
    const common = { day, segments };
    const purchased = { kind: "purchased", ...common, ...cents };
    expect(occurrences(fact)).toEqual([
      purchased,
      { kind: "purchases-attributed", ...common, ...cents, orders: 1 },
    ]);
    const [placed] = placeFacts([{ ...fact, occurredAt: `${day}T12:00:00Z` }]);
    if (!placed) throw new Error("no fact");
    expect(occurrencesOf({ ...placed, segments, erasedAt: "2026-10-05T00:00:00Z" })).toEqual([purchased]);
  });

  it.each([
    ["a step of a customer", { type: "customer.joined", customerId: "c" }],
    ["what happens to a ticket", { type: "ticket.replied", ticketId: "t" }],
    ["an invitation", { type: "invitation.sent", invitationId: "i" }],
  ])("%s counts with its history only", (_name, fact) => {
    expect(occurrences(fact)).toEqual([]);
  });

  it("an intent past the limit counts under another name, and an erased comment as one", () => {
    const [placed] = placeFacts([
      { survey: "visitor-intent", choice: "buy", occurredAt: `${day}T12:00:00Z` },
    ]);
    if (!placed) throw new Error("there is a fact");
    expect(occurrencesOf({ ...placed, countedAs: "(other)", hadComment: true })).toMatchObject([
      { intent: "(other)", hasComment: true },
    ]);
  });
});
