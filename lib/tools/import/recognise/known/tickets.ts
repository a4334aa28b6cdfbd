import { filled } from "./known-export.ts";

/** A ticket of a tool with which customers are helped. */
export interface Ticket {
  readonly id: string;
  readonly about: object;
  /** Columns. */
  readonly opened: string;
  readonly resolved: string;
  /** How the first reply is timed. */
  readonly replied?: object | undefined;
  readonly repliedWhen?: object | undefined;
}

/** The facts of a ticket: its opening, its first reply where that is known, and its resolution. */
export function ticketFacts({ id, about, opened, resolved, replied, repliedWhen }: Ticket): object[] {
  const ticket = { ticketId: `{${id}}`, ...about };
  const reply = {
    to: "events",
    when: repliedWhen,
    fields: { type: "ticket.replied", id: `replied-{${id}}`, occurredAt: replied, ticketId: `{${id}}` },
  };
  return [
    {
      to: "events",
      fields: { type: "ticket.opened", id: `opened-{${id}}`, occurredAt: { time: `{${opened}}` }, ...ticket },
    },
    ...(replied === undefined ? [] : [reply]),
    {
      to: "events",
      when: filled(resolved),
      fields: {
        type: "ticket.resolved",
        id: `resolved-{${id}}`,
        occurredAt: { time: `{${resolved}}` },
        ticketId: `{${id}}`,
      },
    },
  ];
}
