import { expect, it } from "vitest";
import { refusalsOf } from "../../../fixtures/refusals.ts";

/** What is refused of customer service's events, with the field named. */

const resolved = { type: "ticket.resolved", ticketId: "t" };
const queued = { type: "call.queued", callId: "q" };
const written = { type: "article.written", articleId: "a" };
const used = { type: "article.used", articleId: "a" };

const contacts = "/contacts must be an integer from 1 to 10000";

it.each([
  ["a ticket without an id", { type: "ticket.opened" }, "/ticketId is missing: must be a text"],
  ["an empty ticket id", { type: "ticket.replied", ticketId: "" }, "/ticketId must not be empty"],
  ["a ticket id as a number", { type: "ticket.reopened", ticketId: 7 }, "/ticketId must be a text"],
  [
    "a ticket id of 129 characters",
    { ...resolved, ticketId: "x".repeat(129) },
    "/ticketId must have at most",
  ],
  ["a ticket id with a line break", { ...resolved, ticketId: "a\nb" }, "/ticketId must not contain control"],
  ["half a letter", { ...resolved, ticketId: "\ud800" }, "/ticketId must be well-formed Unicode"],
  ["an erased customer's ticket", { ...resolved, customerId: "erased:1" }, "/customerId must not begin with"],
  ["no contact", { ...resolved, contacts: 0 }, contacts],
  ["half a contact", { ...resolved, contacts: 1.5 }, contacts],
  ["more than ten thousand contacts", { ...resolved, contacts: 10_001 }, contacts],
  ["contacts in quotes", { ...resolved, contacts: "1" }, contacts],
  ["contacts of null", { ...resolved, contacts: null }, contacts],
  [
    "contacts of an opening",
    { type: "ticket.opened", ticketId: "t", contacts: 1 },
    "/contacts is not a known",
  ],
  ["an agent of a ticket", { ...resolved, agent: "ann" }, "/agent is not a known field"],
  ["a call without an id", { type: "call.abandoned" }, "/callId is missing: must be a text"],
  ["an empty call id", { ...queued, callId: "" }, "/callId must not be empty"],
  ["a ticket of a call", { ...queued, ticketId: "t" }, "/ticketId is not a known field"],
  ["an article without an id", { type: "article.written" }, "/articleId is missing: must be a text"],
  ["an agent without a name", { ...written, agent: "" }, "/agent must not be empty"],
  ["an agent of 101 characters", { ...written, agent: "x".repeat(101) }, "/agent must have at most 100"],
  ["a use that resolved maybe", { ...used, resolved: "yes" }, "/resolved must be true or false"],
  ["a use that resolved 1", { ...used, resolved: 1 }, "/resolved must be true or false"],
  ["a use for a ticket without a name", { ...used, ticketId: "" }, "/ticketId must not be empty"],
  ["the agent of a use", { ...used, agent: "ann" }, "/agent is not a known field"],
])("%s is refused", (_name, fact, error) => {
  expect(refusalsOf("events", fact)).toEqual([expect.stringContaining(error)]);
});
