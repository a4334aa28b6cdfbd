import { dayFromNumber } from "../calendar/days.ts";
import { hourOf } from "../calendar/zones.ts";
import { defineEntity } from "./entity.ts";
import type { History } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import { ratingOf, ratingsBeside } from "./ratings.ts";
import { resolutionsOf } from "./resolutions.ts";

/** A ticket: a customer's issue from its opening to its last resolution. */
export const ticket = defineEntity({
  name: "ticket",
  idField: "ticketId",
  facts: ["ticket.opened", "ticket.replied", "ticket.resolved", "ticket.reopened", "response"],
  // Answers count by themselves in the whole, and in their ticket's segments beside that.
  aside: ["response"],
  steps: {
    opened: { code: "o", instant: true },
    replied: { code: "p", instant: true },
    // The detail is the number of contacts that it took, where the sender knows it.
    resolved: { code: "s", instant: true, detail: true },
    reopened: { code: "r", instant: true },
    // The detail is what the answer says, and of which dimensions it has a value itself.
    rated: { code: "a", detail: true },
  },
  origins: ["opened"],
  place(placed) {
    const { fact } = placed;
    switch (fact.type) {
      // The opening alone says what the ticket is about.
      case "ticket.opened":
        return { id: fact.ticketId, kind: "opened", rank: 1 };
      case "ticket.replied":
        return { id: fact.ticketId, kind: "replied" };
      case "ticket.resolved":
        return { id: fact.ticketId, kind: "resolved", detail: String(fact.contacts ?? "") };
      case "ticket.reopened":
        return { id: fact.ticketId, kind: "reopened" };
      case "response":
        return fact.ticketId === undefined
          ? undefined
          : { id: fact.ticketId, kind: "rated", detail: ratingOf(placed) };
      default:
        return undefined;
    }
  },
  dependencies: ({ timeZone }) => ({ timeZone }),
  derive(history, { timeZone }): Occurrence[] {
    const [opened] = history.steps.opened;
    if (!opened) return [];
    const segments = history.origin?.segments ?? {};
    const firstReply = history.steps.replied.find(({ at }) => at >= opened.at);
    return [
      {
        kind: "contact-opened",
        day: dayFromNumber(opened.day),
        segments,
        hour: hourOf(opened.at, timeZone),
      },
      ...(firstReply
        ? [
            {
              kind: "first-replied",
              day: dayFromNumber(firstReply.day),
              segments,
              milliseconds: firstReply.at - opened.at,
            } as const,
          ]
        : []),
      ...resolutionsOf(history, opened, segments),
      ...ratingsBeside(history, segments),
    ];
  },
});

/** The kinds of a ticket's steps. */
export type TicketStep = "opened" | "replied" | "resolved" | "reopened" | "rated";

/** A ticket's history. */
export type TicketHistory = History<TicketStep>;
