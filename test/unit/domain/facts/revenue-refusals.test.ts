import { expect, it } from "vitest";
import { refusalsOf } from "../../../fixtures/refusals.ts";

/** What is refused of spend, recommendations and interactions, with the field named. */

const spend = { type: "spend.recorded", money: { amount: "10.00", currency: "USD" } };
const sent = { type: "referral.sent", customerId: "c", code: "A" };
const converted = { type: "referral.converted", customerId: "d" };
const interaction = { type: "interaction.made", customerId: "c", touchpoint: "app" };
const priced = (amount: unknown, currency = "USD") => ({ ...spend, money: { amount, currency } });

it.each([
  ["spend without money", { type: "spend.recorded" }, "/money is missing"],
  ["negative spend", priced("-1.00"), "/money/amount must be a decimal string"],
  ["spend as a number", priced(10), "/money/amount must be a decimal string"],
  ["half a cent", priced("0.005"), "/money/amount must have at most 2 decimals in USD"],
  ["spend in no currency", priced("1", "XXQ"), "/money/currency is not a currency of ISO 4217"],
  ["a purpose of spend", { ...spend, purpose: "ads" }, "/purpose is not a known field"],
  ["a recommendation by nobody", { type: "referral.sent", code: "A" }, "/customerId is missing"],
  ["one without a code", { type: "referral.sent", customerId: "c" }, "/code is missing"],
  ["an empty code", { ...sent, code: "" }, "/code must not be empty"],
  ["a code of 129 characters", { ...sent, code: "x".repeat(129) }, "/code must have at most 128"],
  ["a code that is a number", { ...converted, code: 7 }, "/code must be a text"],
  ["a code with a line break", { ...converted, code: "a\nb" }, "/code must not contain control characters"],
  ["the success of nobody", { type: "referral.converted" }, "/customerId is missing"],
  ["a second person", { ...converted, referrerId: "c" }, "/referrerId is not a known field"],
  ["an erased customer", { ...converted, customerId: "erased:1" }, "/customerId must not begin with erased:"],
  ["an interaction of nobody", { type: "interaction.made", touchpoint: "app" }, "/customerId is missing"],
  ["one nowhere", { type: "interaction.made", customerId: "c" }, "/touchpoint is missing"],
  ["an empty touchpoint", { ...interaction, touchpoint: "" }, "/touchpoint must not be empty"],
  [
    "a touchpoint of 101 characters",
    { ...interaction, touchpoint: "x".repeat(101) },
    "/touchpoint must have",
  ],
  ["half a letter", { ...interaction, touchpoint: "\ud800" }, "/touchpoint must be well-formed Unicode"],
  ["many interactions at once", { ...interaction, count: 2 }, "/count is not a known field"],
])("%s is refused", (_name, fact, error) => {
  expect(refusalsOf("events", fact)).toEqual([expect.stringContaining(error)]);
});
