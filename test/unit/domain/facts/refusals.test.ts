import { describe, expect, it } from "vitest";
import { eventTypes } from "../../../../lib/domain/facts/events.ts";
import { refusalsOf, sentAt } from "../../../fixtures/refusals.ts";

/** What is refused of a survey response or an event, with the field named. */

const answer = { survey: "nps", score: 9 };
const purchase = {
  type: "purchase.made",
  orderId: "o",
  customerId: "c",
  money: { amount: "1.00", currency: "USD" },
};

const instant = (milliseconds: number) => new Date(sentAt + milliseconds).toISOString();
const dimensions = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, "x"]));

describe("a survey response is refused, with the field named", () => {
  it.each([
    ["a score over the scale", { ...answer, score: 11 }, "/score must be an integer from 0 to 10"],
    ["a score under the scale", { ...answer, score: -1 }, "/score must be an integer from 0 to 10"],
    ["half a point", { ...answer, score: 8.5 }, "/score must be an integer from 0 to 10"],
    ["a score in quotes", { ...answer, score: "9" }, "/score must be an integer from 0 to 10"],
    ["a huge score", { ...answer, score: 1e308 }, "/score must be an integer from 0 to 10"],
    [
      "a score beyond exact integers",
      { ...answer, score: 2 ** 53 },
      "/score must be an integer from 0 to 10",
    ],
    ["no score", { survey: "nps" }, "/score is missing: must be an integer from 0 to 10"],
    ["0 on a scale from 1", { ...answer, scale: "1-10", score: 0 }, "/score must be an integer from 1 to 10"],
    ["6 on the default scale of CSAT", { survey: "csat", score: 6 }, "/score must be an integer from 1 to 5"],
    ["a scale of another survey", { ...answer, scale: "1-7" }, "/scale must be one of 0-10, 1-10"],
    [
      "a survey that does not exist",
      { ...answer, survey: "mood" },
      "/survey must be one of nps, csat, ces, esat, task-completion, visitor-intent",
    ],
    [
      "no survey",
      { score: 9 },
      "/survey must be one of nps, csat, ces, esat, task-completion, visitor-intent",
    ],
    [
      "a customer of an employee survey",
      { survey: "esat", score: 8, customerId: "c" },
      "/customerId is not a known field",
    ],
    ["an unknown field", { ...answer, rating: 9 }, "/rating is not a known field"],
    ["a field with ~ and / in its name", { ...answer, "a/b~c": 9 }, "/a~1b~0c is not a known field"],
    ["an empty id", { ...answer, id: "" }, "/id must be 1 to 128 letters, digits or . _ : -"],
    [
      "an id of 129 characters",
      { ...answer, id: "x".repeat(129) },
      "/id must be 1 to 128 letters, digits or . _ : -",
    ],
    ["an id with a space", { ...answer, id: "a b" }, "/id must be 1 to 128 letters, digits or . _ : -"],
    ["an id with #", { ...answer, id: "a#b" }, "/id must be 1 to 128 letters, digits or . _ : -"],
    ["an id that is a number", { ...answer, id: 7 }, "/id must be a text"],
    ["null for an id", { ...answer, id: null }, "/id must be a text"],
    [
      "a comment of 5,001 characters",
      { ...answer, comment: "x".repeat(5_001) },
      "/comment must have at most 5000 characters",
    ],
    [
      "a comment with a lone surrogate",
      { ...answer, comment: "a\ud800b" },
      "/comment must be well-formed Unicode (no lone surrogates)",
    ],
    [
      "a comment with a control character",
      { ...answer, comment: "a\u0000b" },
      "/comment must not contain control characters",
    ],
    ["21 tags", { ...answer, tags: Array(21).fill("t") }, "/tags must have at most 20 tags"],
    [
      "11 dimensions",
      { ...answer, dimensions: dimensions(11) },
      "/dimensions must have at most 10 dimensions",
    ],
    [
      "a dimension of 101 characters",
      { ...answer, dimensions: { plan: "x".repeat(101) } },
      "/dimensions/plan must have at most 100 characters",
    ],
    [
      "a dimension that is no text",
      { ...answer, dimensions: { plan: 1 } },
      "/dimensions/plan must be a text",
    ],
    [
      "a dimension's name in capitals",
      { ...answer, dimensions: { Plan: "x" } },
      "/dimensions/Plan must be a name: a lower-case letter, then up to 39 letters, digits or _",
    ],
    [
      "a dimension with the name of what every object has",
      { ...answer, dimensions: { constructor: "x" } },
      "/dimensions/constructor is a reserved name",
    ],
    [
      "dimensions in a list",
      { ...answer, dimensions: ["x"] },
      "/dimensions must be an object of names and texts",
    ],
  ])("%s", (_name, fact, error) => {
    expect(refusalsOf("responses", fact)).toEqual([error]);
  });

  it("with every error at once, not only the first", () => {
    const fact = { ...answer, score: 11.5, id: "a b", comment: "", extra: 1, more: 2 };
    expect(
      refusalsOf("responses", fact)
        .map((error) => error.split(" ")[0])
        .sort(),
    ).toEqual(["/comment", "/extra", "/id", "/more", "/score"]);
  });
});

describe("a time is refused", () => {
  const rfc = "/occurredAt must be an RFC 3339 time with an offset, for example 2026-10-01T09:30:00Z";
  it.each([
    ["without an offset", "2024-05-02T10:00:00", rfc],
    ["without a time of day", "2024-05-02", rfc],
    ["in words", "yesterday", rfc],
    ["as a number", 1_714_644_000_000, rfc],
    ["on 30 February", "2024-02-30T10:00:00Z", rfc],
    ["before 2000-01-01", "1999-12-31T23:59:59.999Z", "/occurredAt must not be before 2000-01-01"],
    [
      "before 2000-01-01 by its offset",
      "2000-01-01T00:30:00+01:00",
      "/occurredAt must not be before 2000-01-01",
    ],
  ])("%s", (_name, occurredAt, error) => {
    expect(refusalsOf("responses", { ...answer, occurredAt })).toEqual([error]);
  });

  it("more than 5 minutes in the future", () => {
    const fact = { ...answer, occurredAt: instant(5 * 60_000 + 20_000) };
    expect(refusalsOf("responses", fact)).toEqual([
      "/occurredAt must not be more than 5 minutes in the future",
    ]);
  });
});

describe("an event is refused, with the field named", () => {
  const withMoney = (money: unknown) => ({ ...purchase, money });
  const decimal = '/money/amount must be a decimal string, for example "139.12"';
  it.each([
    [
      "an unknown type",
      { ...purchase, type: "purchase.dreamt" },
      `/type must be one of ${eventTypes.join(", ")}`,
    ],
    ["no customer for a lifecycle", { type: "customer.left" }, "/customerId is missing: must be a text"],
    ["no order number", { ...purchase, orderId: undefined }, "/orderId is missing: must be a text"],
    ["an amount as a number", withMoney({ amount: 1.5, currency: "USD" }), decimal],
    [
      "a negative amount",
      withMoney({ amount: "-1.00", currency: "USD" }),
      `${decimal}: not negative, at most 12 digits before the point`,
    ],
    [
      "an amount with an exponent",
      withMoney({ amount: "1e3", currency: "USD" }),
      `${decimal}: not negative, at most 12 digits before the point`,
    ],
    [
      "a decimal comma",
      withMoney({ amount: "1,50", currency: "USD" }),
      `${decimal}: not negative, at most 12 digits before the point`,
    ],
    [
      "13 digits before the point",
      withMoney({ amount: "1".repeat(13), currency: "USD" }),
      `${decimal}: not negative, at most 12 digits before the point`,
    ],
    [
      "more decimals than dollars have",
      withMoney({ amount: "1.005", currency: "USD" }),
      "/money/amount must have at most 2 decimals in USD",
    ],
    [
      "any decimals of yen",
      withMoney({ amount: "100.5", currency: "JPY" }),
      "/money/amount must have at most 0 decimals in JPY",
    ],
    [
      "a currency that does not exist",
      withMoney({ amount: "1", currency: "ZZZ" }),
      "/money/currency is not a currency of ISO 4217",
    ],
    [
      "a currency in small letters",
      withMoney({ amount: "1", currency: "usd" }),
      "/money/currency must be an ISO 4217 code of three capital letters",
    ],
    [
      "an unknown field within money",
      withMoney({ amount: "1", currency: "USD", tax: "0" }),
      "/money/tax is not a known field",
    ],
    [
      "a refund of nothing",
      { type: "purchase.refunded", money: { amount: "0.00", currency: "USD" } },
      "/money/amount must be more than 0",
    ],
    ["an empty customer id", { ...purchase, customerId: "" }, "/customerId must not be empty"],
    [
      "a customer id with a line break",
      { ...purchase, customerId: "a\nb" },
      "/customerId must not contain control characters",
    ],
    [
      "a customer id of 129 characters",
      { ...purchase, customerId: "x".repeat(129) },
      "/customerId must have at most 128 characters",
    ],
  ])("%s", (_name, fact, error) => {
    expect(refusalsOf("events", fact)).toContain(error);
  });
});
