import { describe, expect, it } from "vitest";
import { parseEvent, parseResponse } from "../../../../lib/domain/facts/parse.ts";
import { ruleErrors } from "../../../../lib/domain/facts/rule-errors.ts";
import { anything, publicRules, type SenderRules } from "../../../../lib/domain/facts/sender-rules.ts";

const now = Date.parse("2026-10-10T22:30:00Z");
const clock = { now, timeZone: "Europe/Berlin" };
const context = { ...clock, earliestDay: "2000-01-01", newId: () => "made" };

/** What a key with these rules may not say of an event or an answer, by pointer. */
function refused(rules: Partial<SenderRules>, input: Readonly<Record<string, unknown>>): string[] {
  const parsed = "type" in input ? parseEvent(input, context) : parseResponse(input, context);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { fact } = parsed.submission;
  return ruleErrors(fact, { ...anything, ...rules }, clock).map(({ pointer }) => pointer);
}

const sold = (amount: string, currency: string) => ({
  ...{ type: "purchase.made", orderId: "1", customerId: "c", money: { amount, currency } },
  occurredAt: "2000-01-01T12:00:00Z",
});

describe("what a key may send", () => {
  it("is anything where nobody has limited it", () => {
    expect(refused({}, sold("999999999999.99", "USD"))).toEqual([]);
  });

  it("is bounded by days of the workspace's time zone, the first one included", () => {
    // In Berlin it is the 11th already.
    const at = (occurredAt: string) => refused({ maxAgeDays: 2 }, { survey: "nps", score: 1, occurredAt });
    expect(at("2026-10-08T22:00:00Z")).toEqual([]);
    expect(at("2026-10-08T21:59:59Z")).toEqual(["/occurredAt"]);
  });

  it("is bounded in whole units of each currency, whatever its decimals", () => {
    const rules = { maxAmount: 10 };
    expect(refused(rules, sold("10.00", "USD"))).toEqual([]);
    expect(refused(rules, sold("10.01", "USD"))).toEqual(["/money/amount"]);
    expect(refused(rules, sold("10", "JPY"))).toEqual([]);
    expect(refused(rules, sold("11", "JPY"))).toEqual(["/money/amount"]);
    expect(refused(rules, sold("10.000", "KWD"))).toEqual([]);
    expect(refused(rules, sold("10.001", "KWD"))).toEqual(["/money/amount"]);
  });

  it("is one of the values that are named for a dimension, be it sent as a field of its own", () => {
    const rules = { dimensions: { page: ["/help"] } };
    const load = { type: "page.loaded", milliseconds: 1 };
    expect(refused(rules, { ...load, page: "/help" })).toEqual([]);
    expect(refused(rules, { ...load, page: "/made-up" })).toEqual(["/page"]);
    expect(refused(rules, { ...load, dimensions: { toString1: "x" } })).toEqual(["/dimensions/toString1"]);
    expect(refused({ dimensions: {} }, { ...load, page: "/help" })).toEqual([]);
  });

  it("is an answer about a ticket, under whose agent and category it counts, only where tickets are named too", () => {
    const answer = { survey: "csat", score: 1, ticketId: "INC1" };
    expect(refused({}, answer)).toEqual([]);
    expect(refused({ dimensions: { channel: ["web"] } }, answer)).toEqual(["/ticketId"]);
    expect(refused({ dimensions: { ticketId: null } }, answer)).toEqual([]);
    expect(refused({ dimensions: { ticketId: ["INC2"] } }, answer)).toEqual(["/ticketId"]);
    expect(refused({ dimensions: {} }, { type: "ticket.opened", ticketId: "INC1" })).toEqual([]);
  });

  it("is an answer about an order, under whose channel it counts, only where orders are named too", () => {
    const answer = { survey: "csat", score: 1, orderId: "1" };
    expect(refused({}, answer)).toEqual([]);
    expect(refused({ dimensions: { ticketId: null } }, answer)).toEqual(["/orderId"]);
    expect(refused({ dimensions: { orderId: null } }, answer)).toEqual([]);
    expect(refused({ dimensions: { orderId: ["2"] } }, answer)).toEqual(["/orderId"]);
  });

  it("is said of nobody in particular by a public key", () => {
    expect(refused(publicRules, { survey: "nps", score: 1, customerId: "c" })).toEqual(["/customerId"]);
  });

  it("replaces nothing by a public key, nor by one that may not", () => {
    const answer = { survey: "nps", score: 1, invitationId: "i-1" };
    expect(refused(publicRules, { ...answer, supersedes: "a-1" })).toEqual(["/supersedes"]);
    expect(refused({ replaces: false }, { ...answer, latest: "invitation" })).toEqual(["/latest"]);
    expect(refused({ replaces: true }, { ...answer, latest: "invitation" })).toEqual([]);
    expect(refused(publicRules, answer)).toEqual([]);
  });

  it("says why: the kinds that may be sent, and where there are none", () => {
    const parsed = parseResponse({ survey: "esat", score: 1 }, context);
    if (!parsed.ok) throw new Error("must parse");
    const detail = (surveys: string[]) =>
      ruleErrors(parsed.submission.fact, { ...anything, surveys }, clock)[0]?.detail;
    expect(detail(["nps", "ces"])).toBe("is not allowed with this key: it may send nps, ces");
    expect(detail([])).toBe("is not allowed with this key: it may send none");
  });
});
