import { eventTypes } from "../../lib/domain/facts/events.ts";
import { noonBefore, type Send, sendAll, times } from "./send.ts";

/** Batches of 500 facts that cost more than others. */

/** Its name, where it goes, and its body. */
export type Batch = [
  name: string,
  path: string,
  body: { readonly responses: object[] } | { readonly events: object[] },
];

const money = { amount: "12.50", currency: "USD" };
const tracked = times(10, (index) => `dimension${index}`);
const everyDimension = (value: string) => Object.fromEntries(tracked.map((name) => [name, value]));
const purchase = (customerId: string, orderId: string, day: number) => ({
  ...{ type: "purchase.made", customerId, orderId, occurredAt: noonBefore(day), money },
});

/** Ten tracked dimensions without any value. */
export async function seedDimensions(send: Send): Promise<void> {
  await send("PATCH", "/v1/workspace", { trackedDimensions: tracked, currency: "USD" });
}

/** Batches of a public key, which has to claim each name that it makes up. The dimensions are empty when the first one comes. */
export function publicBatches(): Batch[] {
  const responses = (fields: (index: number) => object) =>
    times(500, (index) => ({ survey: "nps", score: 9, occurredAt: noonBefore(1), ...fields(index) }));
  const claims = (prefix: string) => ({
    responses: responses((index) => ({ dimensions: everyDimension(`${prefix}-${index}`) })),
  });
  return [
    ["public: new values of ten tracked dimensions", "/v1/responses", claims("claimed")],
    ["public: more values than ten dimensions take", "/v1/responses", claims("beyond")],
    [
      "public: an intent each of its own",
      "/v1/responses",
      {
        responses: times(500, (index) => ({
          ...{ survey: "visitor-intent", choice: `intent ${index}` },
          occurredAt: noonBefore(1),
        })),
      },
    ],
    [
      "public: calls to action, each a name of its own",
      "/v1/events",
      {
        events: times(500, (index) => ({
          type: "cta.clicked",
          cta: `cta-${index}`,
          occurredAt: noonBefore(1),
        })),
      },
    ],
  ];
}

/** Ten tracked dimensions that are full, 100 customers with a year of purchases, and one with 500 days of them. */
export async function seedHistories(send: Send): Promise<void> {
  await sendAll(
    send,
    "responses",
    times(500, (index) => ({
      survey: "nps",
      score: 9,
      occurredAt: noonBefore(2),
      dimensions: everyDimension(`v-${index % 250}`),
    })),
  );
  await sendAll(
    send,
    "events",
    times(500, (index) => purchase("regular", `regular-${index}`, 2 + index)),
  );
  for (let day = 0; day < 12; day += 1) {
    await sendAll(
      send,
      "events",
      times(500, (index) => purchase(`long-${index}`, `long-${index}-${day}`, 10 + 30 * day)),
    );
  }
}

/** The batch that the others are compared with: new answers of a few days. */
export function ordinaryBatch(): Batch {
  const responses = times(500, (index) => ({
    survey: "nps",
    score: index % 11,
    occurredAt: noonBefore(1 + (index % 3)),
  }));
  return ["answers of three days", "/v1/responses", { responses }];
}

/** The costliest that we know of. */
export function costliestBatches(): Batch[] {
  const all = (make: (index: number) => object) => times(500, make);
  return [
    [
      "purchases of 500 new customers",
      "/v1/events",
      { events: all((index) => purchase(`new-${index}`, `new-${index}`, 1)) },
    ],
    [
      "answers on 500 old days",
      "/v1/responses",
      { responses: all((index) => ({ survey: "nps", score: 9, occurredAt: noonBefore(400 + index) })) },
    ],
    [
      "purchases on 500 old days, of 500 customers",
      "/v1/events",
      { events: all((index) => purchase(`old-${index}`, `old-${index}`, 400 + index)) },
    ],
    [
      "one purchase more of 500 customers with a year of them",
      "/v1/events",
      { events: all((index) => purchase(`long-${index}`, `more-${index}`, 1)) },
    ],
    [
      "one backdated purchase of 500 customers with a year of them",
      "/v1/events",
      { events: all((index) => purchase(`long-${index}`, `back-${index}`, 600)) },
    ],
    [
      "500 purchases of a customer with 500 days",
      "/v1/events",
      { events: all((index) => purchase("regular", `again-${index}`, 2 + index)) },
    ],
    [
      "values of ten tracked dimensions that are full",
      "/v1/responses",
      {
        responses: all((index) => ({
          survey: "nps",
          score: 9,
          occurredAt: noonBefore(1),
          dimensions: everyDimension(`unknown-${index}`),
        })),
      },
    ],
    [
      "known values of ten tracked dimensions",
      "/v1/responses",
      {
        responses: all((index) => ({
          survey: "nps",
          score: 9,
          occurredAt: noonBefore(1),
          dimensions: everyDimension(`v-${index % 200}`),
        })),
      },
    ],
    [
      "answers to 500 invitations",
      "/v1/responses",
      {
        responses: all((index) => ({
          survey: "csat",
          score: 5,
          occurredAt: noonBefore(1),
          invitationId: `i-${index}`,
        })),
      },
    ],
    [
      "comments without a customer, about a ticket and an invitation each",
      "/v1/responses",
      {
        responses: all((index) => ({
          ...{ survey: "csat", score: 5, occurredAt: noonBefore(1), comment: "Quick and friendly." },
          ...{ invitationId: `text-${index}`, ticketId: `text-${index}` },
        })),
      },
    ],
    [
      "long comments",
      "/v1/responses",
      {
        responses: times(40, (index) => ({
          survey: "nps",
          score: 9,
          occurredAt: noonBefore(1),
          comment: `${"😀".repeat(4_990)}${index}`,
        })),
      },
    ],
    [`every event type (${eventTypes.length})`, "/v1/events", { events: all(eventOf) }],
  ];
}

/** One event of each type in turn, each about something of its own. */
function eventOf(index: number): object {
  const type = eventTypes[index % eventTypes.length] ?? "page.loaded";
  const base = { type, occurredAt: noonBefore(1 + (index % 5)) };
  const customerId = `every-${index}`;
  const subscription = { customerId, subscriptionId: `every-${index}` };
  const fields: Partial<Record<typeof type, object>> = {
    "purchase.made": { customerId, orderId: `every-${index}`, money },
    "purchase.refunded": { customerId, orderId: `every-${index}`, money },
    "spend.recorded": { money },
    "referral.sent": { customerId, code: `r-${index}` },
    "referral.converted": { customerId, code: `r-${index}` },
    "interaction.made": { customerId, touchpoint: "shop" },
    "stage.entered": { customerId, stage: "consideration" },
    "invitation.sent": { invitationId: `every-${index}` },
    "ticket.opened": { ticketId: `every-${index}` },
    "ticket.replied": { ticketId: `every-${index}` },
    "ticket.resolved": { ticketId: `every-${index}`, contacts: 1 },
    "ticket.reopened": { ticketId: `every-${index}` },
    "call.queued": { callId: `every-${index}` },
    "call.answered": { callId: `every-${index}` },
    "call.abandoned": { callId: `every-${index}` },
    "article.written": { articleId: `every-${index}`, agent: "anna" },
    "article.used": { articleId: `every-${index}`, ticketId: `every-${index}` },
    "session.ended": { pages: 1, seconds: 30 },
    "page.loaded": { milliseconds: 900 + index },
    "search.landed": {},
    "cta.viewed": { cta: "buy" },
    "cta.clicked": { cta: "buy" },
    "cart.started": { cartId: `every-${index}` },
    "cart.bought": { cartId: `every-${index}` },
    "probe.checked": { up: true },
    "mobile.scored": { score: 80 },
    "mention.seen": { sentiment: "positive" },
    "share.quoted": { symbol: "ACME", money },
    "subscription.started": { ...subscription, money, interval: "month" },
    "subscription.changed": { ...subscription, money, interval: "year" },
    "subscription.ended": subscription,
  };
  return { ...base, ...(fields[type] ?? { customerId }) };
}
