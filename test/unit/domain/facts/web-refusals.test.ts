import { expect, it } from "vitest";
import { refusalsOf } from "../../../fixtures/refusals.ts";

/** What is refused of a website's and the market's events, with the field named. */

const session = { type: "session.ended", pages: 1, seconds: 0 };
const load = { type: "page.loaded", milliseconds: 5 };
const click = { type: "cta.clicked", cta: "buy" };
const cart = { type: "cart.started", cartId: "c" };
const probe = { type: "probe.checked", up: true };
const score = { type: "mobile.scored", score: 50 };
const mention = { type: "mention.seen", sentiment: "neutral" };
const quote = { type: "share.quoted", symbol: "ACME", money: { amount: "1.00", currency: "USD" } };
const priced = (amount: unknown) => ({ ...quote, money: { amount, currency: "USD" } });

const wholeCount = "/count must be an integer from 1 to 1000000";
const sentiments = "must be one of positive, neutral, negative";
const symbol = "must be 1 to 32 capital letters, digits or . : ^ = -";
const hundred = "must have at most 100 characters";

it.each([
  ["no visit", { ...session, count: 0 }, wholeCount],
  ["more than a million", { ...load, count: 1_000_001 }, wholeCount],
  ["half a click", { ...click, count: 0.5 }, wholeCount],
  ["a negative count", { ...probe, count: -1 }, wholeCount],
  ["a count in quotes", { ...mention, count: "2" }, wholeCount],
  ["a count of null", { type: "search.landed", count: null }, wholeCount],
  ["a huge count", { ...load, count: 1e300 }, wholeCount],
  ["a count of carts", { ...cart, count: 2 }, "/count is not a known field"],
  ["a count of scores", { ...score, count: 2 }, "/count is not a known field"],
  ["a count of quotes", { ...quote, count: 2 }, "/count is not a known field"],
  ["a session without a page", { ...session, pages: 0 }, "/pages must be an integer from 1 to 10000"],
  ["too many pages", { ...session, pages: 10_001 }, "/pages must be an integer from 1 to 10000"],
  ["no number of pages", { type: "session.ended", seconds: 1 }, "/pages is missing: must be an integer"],
  ["a session of less than no time", { ...session, seconds: -1 }, "/seconds must be an integer from 0"],
  ["a session of more than a week", { ...session, seconds: 604_801 }, "/seconds must be an integer from 0"],
  ["a part of a second", { ...session, seconds: 1.5 }, "/seconds must be an integer from 0 to 604800"],
  ["a page without a name", { ...session, page: "" }, "/page must not be empty"],
  ["a page of 101 characters", { ...load, page: "x".repeat(101) }, `/page ${hundred}`],
  ["an exit page with a line break", { ...session, exitPage: "a\nb" }, "/exitPage must not contain control"],
  ["no load time", { type: "page.loaded" }, "/milliseconds is missing: must be an integer from 0 to 3600000"],
  [
    "a negative load time",
    { ...load, milliseconds: -1 },
    "/milliseconds must be an integer from 0 to 3600000",
  ],
  ["a load of more than an hour", { ...load, milliseconds: 3_600_001 }, "/milliseconds must be an integer"],
  ["a part of a millisecond", { ...load, milliseconds: 0.5 }, "/milliseconds must be an integer from 0"],
  ["a keyword of 101 characters", { type: "search.landed", keyword: "x".repeat(101) }, `/keyword ${hundred}`],
  ["half a letter", { type: "search.landed", keyword: "\ud800" }, "/keyword must be well-formed Unicode"],
  ["a view of nothing", { type: "cta.viewed" }, "/cta is missing: must be a text"],
  ["a click on a number", { type: "cta.clicked", cta: 7 }, "/cta must be a text"],
  ["a cart without an id", { type: "cart.started" }, "/cartId is missing: must be a text"],
  ["an empty cart id", { type: "cart.bought", cartId: "" }, "/cartId must not be empty"],
  ["a cart id of 129 characters", { ...cart, cartId: "x".repeat(129) }, "/cartId must have at most 128"],
  [
    "an erased customer's cart",
    { ...cart, customerId: "erased:1" },
    "/customerId must not begin with erased:",
  ],
  ["a probe without an outcome", { type: "probe.checked" }, "/up is missing: must be true or false"],
  ["a probe that is yes", { type: "probe.checked", up: "yes" }, "/up must be true or false"],
  ["a probe that is 1", { type: "probe.checked", up: 1 }, "/up must be true or false"],
  ["a target that is empty", { ...probe, target: "" }, "/target must not be empty"],
  ["a score of 101", { ...score, score: 101 }, "/score must be an integer from 0 to 100"],
  ["a score of −1", { ...score, score: -1 }, "/score must be an integer from 0 to 100"],
  ["a score of 99.5", { ...score, score: 99.5 }, "/score must be an integer from 0 to 100"],
  ["no score", { type: "mobile.scored" }, "/score is missing: must be an integer from 0 to 100"],
  ["a mention without a sentiment", { type: "mention.seen" }, `/sentiment is missing: ${sentiments}`],
  ["a mixed sentiment", { ...mention, sentiment: "mixed" }, `/sentiment ${sentiments}`],
  ["a sentiment as a number", { ...mention, sentiment: 1 }, `/sentiment ${sentiments}`],
  ["a quote of nothing", { ...quote, symbol: undefined }, "/symbol is missing: must be a text"],
  ["a symbol in small letters", { ...quote, symbol: "acme" }, `/symbol ${symbol}`],
  ["a symbol with a space", { ...quote, symbol: "AC ME" }, `/symbol ${symbol}`],
  ["a symbol of 33 characters", { ...quote, symbol: "A".repeat(33) }, `/symbol ${symbol}`],
  ["a quote without a price", { ...quote, money: undefined }, "/money is missing"],
  ["a price of 0", priced("0.00"), "/money/amount must be more than 0"],
  ["a price of a billion", priced("1000000000"), "/money/amount must be less than 1000000000"],
  ["a negative price", priced("-1.00"), "/money/amount must be a decimal string"],
  ["a price as a number", priced(1.5), "/money/amount must be a decimal string"],
  ["a tenth of a cent", priced("1.005"), "/money/amount must have at most 2 decimals in USD"],
])("%s is refused", (_name, fact, error) => {
  expect(refusalsOf("events", fact)).toEqual([expect.stringContaining(error)]);
});
