import { expect, it } from "vitest";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import { ticket } from "../../../../lib/domain/entities/ticket.ts";
import { Tally } from "../../../../lib/domain/metrics/counting.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

/** Answers about a ticket, in the segments of the ticket. */

const opening = { type: "ticket.opened", id: "o", ticketId: "t", occurredAt: "2026-03-01T10:00:00Z" };
const answer = { survey: "csat", score: 2, id: "a", ticketId: "t", occurredAt: "2026-03-04T10:00:00Z" };

function placed(fact: object, segments: Readonly<Record<string, string>> = {}): EnrichedFact {
  const [one] = placeFacts([fact]);
  if (!one) throw new Error("no fact");
  return { ...one, segments };
}

function derive(facts: readonly EnrichedFact[]) {
  const history = facts.reduce((known, fact) => ticket.apply(known, fact), ticket.unknown);
  return ticket.derive(history, { timeZone: "UTC" }).filter(({ timesBeside }) => timesBeside);
}

const ofTicket = { agent: "Ada", category: "billing" };
const beside = { kind: "answered", survey: "csat", scale: "1-5", score: 2, hasComment: false };

it("count in the segments of the ticket, on their own day, whichever arrives first", () => {
  const facts = [placed(opening, ofTicket), placed(answer)];
  const expected = [{ ...beside, day: "2026-03-04", segments: ofTicket, timesBeside: 1 }];
  expect(derive(facts)).toEqual(expected);
  expect(derive(facts.toReversed())).toEqual(expected);
  expect(derive(facts.slice(1))).toEqual([]);
});

it("keep what they say themselves, tracked or not", () => {
  const dimensions = { agent: "Zoe", category: "login" };
  expect(derive([placed(opening, ofTicket), placed({ ...answer, dimensions }, { agent: "Zoe" })])).toEqual(
    [],
  );
  const one = placed({ ...answer, dimensions: { agent: "Zoe" } }, { agent: "Zoe" });
  expect(derive([placed(opening, ofTicket), one])).toMatchObject([{ segments: { category: "billing" } }]);
  const hourly = { ...ofTicket, hour: "10", weekday: "sunday" };
  expect(
    derive([placed(opening, hourly), placed(answer, { hour: "10", weekday: "wednesday" })]),
  ).toMatchObject([{ segments: ofTicket }]);
});

it("count once each where they are alike, and not at all once they are taken out, their comment erased or not", () => {
  const commented = placed({ ...answer, comment: "late" });
  const erased = { ...placed(answer), hadComment: true };
  const facts = [placed(opening, ofTicket), commented, placed({ ...answer, id: "b", comment: "also" })];
  expect(derive(facts)).toMatchObject([{ timesBeside: 2 }]);
  const history = facts.reduce((known, fact) => ticket.apply(known, fact), ticket.unknown);
  const without = ticket.withdraw(history, erased);
  expect(ticket.derive(without, { timeZone: "UTC" })).toMatchObject([{}, { timesBeside: 1 }]);
});

it("add nothing to the whole", () => {
  const tally = new Tally();
  for (const occurrence of derive([placed(opening, ofTicket), placed(answer)])) tally.count(occurrence);
  const segments = tally.changes().map(({ bucket }) => bucket.segment);
  expect(new Set(segments)).toEqual(new Set(["agent=Ada", "category=billing"]));
});

it("take no longer however many are alike, and count each of them", () => {
  const many = 100_000;
  const [opened, answered] = [placed(opening, ofTicket), placed(answer)];
  const history = [opened, answered].reduce((known, fact) => ticket.apply(known, fact), ticket.unknown);
  const rated = history.steps.rated.map((step) => ({ ...step, times: many }));
  const occurrences = ticket.derive({ ...history, steps: { ...history.steps, rated } }, { timeZone: "UTC" });
  expect(occurrences).toHaveLength(2);
  const tally = new Tally();
  for (const occurrence of occurrences) tally.count(occurrence);
  const counts = tally
    .changes()
    .filter(({ bucket }) => bucket.family === "csat" && bucket.segment === "agent=Ada");
  expect(counts.map((one) => [...one.counts.values()])).toEqual([[BigInt(many), BigInt(many)]]);
});
