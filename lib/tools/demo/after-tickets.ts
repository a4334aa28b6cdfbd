import type { Customer } from "./company.ts";
import { scored } from "./scores.ts";
import type { Draft, World } from "./world.ts";

/** Survey answers after a ticket: they contain the ticket's id, and no other fields of it. */

/** A ticket that is over. */
interface ClosedTicket {
  readonly ticketId: string;
  /** The day on which it was opened, from the company's first day. */
  readonly day: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly resolvedAt: number;
  readonly customer: Customer | undefined;
}

/** Some answer, a day later at the latest. */
export function* answersAfter(
  { ticketId, day, resolvedAt, customer }: ClosedTicket,
  world: World,
): Generator<Draft> {
  // Its own numbers, so that it changes nothing of what else happens.
  const random = world.random(`after ${ticketId}`);
  if (!random.chance(0.3)) return;
  const language = customer?.language ?? "en";
  yield {
    to: "responses",
    at: resolvedAt + random.int(600, 86_400) * 1000,
    fields: {
      ...{ survey: "csat", surveyId: "after-ticket", ticketId },
      ...(customer ? { customerId: customer.id } : {}),
      ...scored({ survey: "csat", day, story: world.story, customer, language }, random),
    },
  };
}
