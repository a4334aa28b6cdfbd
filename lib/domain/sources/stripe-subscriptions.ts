import * as z from "zod";
import { nothing, type Reading, type SourceFact } from "./provider.ts";
import { type StripeEvent, stripeMoney } from "./stripe-event.ts";
import { idSchema } from "./values.ts";

/** Stripe's subscriptions: each item of one is a subscription of ours, as it has a price and a quantity of its own. */

const itemSchema = z.object({
  id: idSchema,
  quantity: z.int().nullish(),
  price: z.object({
    currency: z.string(),
    unit_amount: z.int().nullish(),
    recurring: z
      .object({
        interval: z.enum(["day", "week", "month", "year"]),
        interval_count: z.int().min(1).default(1),
        usage_type: z.string().nullish(),
      })
      .nullish(),
  }),
});

type Item = z.output<typeof itemSchema>;

const itemsSchema = z.object({ data: z.array(itemSchema).max(100) });

const subscriptionSchema = z.object({
  id: idSchema,
  customer: idSchema,
  status: z.string(),
  items: itemsSchema,
});

/** Statuses in which a subscription is paid for, or is going to be. */
const running = new Set(["active", "past_due"]);

/** Statuses in which it is over, for now at least. */
const over = new Set(["canceled", "unpaid", "incomplete_expired", "paused"]);

/**
 * What changed about a subscription.
 * @param joins whether somebody becomes a customer with it
 */
export function subscriptionReading(event: StripeEvent, joins: boolean): Reading {
  const subscription = subscriptionSchema.parse(event.data.object);
  const before = event.data.previous_attributes ?? {};
  const isNew = event.type === "customer.subscription.created";
  if (event.type === "customer.subscription.deleted" || over.has(subscription.status)) {
    return { event: event.type, facts: endings(event, subscription, subscription.items.data), problems: [] };
  }
  if (!running.has(subscription.status)) return nothing(event.type);
  const starts = isNew || (typeof before["status"] === "string" && !running.has(before["status"]));
  // An update of nothing that is paid: a card, a period that has begun, notes.
  if (!starts && !("items" in before) && !("quantity" in before) && !("plan" in before)) {
    return nothing(event.type);
  }
  const priced = subscription.items.data.map((item) => priceFact(event, subscription, item, isNew));
  const facts = priced.flatMap((one) => (typeof one === "string" ? [] : [one]));
  const join = {
    ...{ id: `${event.id}:joined`, type: "customer.joined" },
    ...{ occurredAt: event.created, customerId: subscription.customer },
  } as const;
  const kept = new Set(subscription.items.data.map(({ id }) => id));
  const gone = itemsOf(before).filter(({ id }) => !kept.has(id));
  return {
    event: event.type,
    facts: [
      ...(starts && joins && facts.length > 0 ? [join] : []),
      ...facts,
      ...endings(event, subscription, gone),
    ],
    problems: priced.flatMap((one) => (typeof one === "string" && one !== "" ? [one] : [])),
  };
}

function itemsOf(before: Readonly<Record<string, unknown>>): readonly Item[] {
  const parsed = itemsSchema.safeParse(before["items"]);
  return parsed.success ? parsed.data.data : [];
}

function endings(
  { id, created }: StripeEvent,
  { customer }: { readonly customer: string },
  items: readonly Item[],
): SourceFact[] {
  return items.map((item) => ({
    ...{ id: `${id}:${item.id}:ended`, type: "subscription.ended" },
    ...{ occurredAt: created, customerId: customer, subscriptionId: item.id },
  }));
}

/** @returns why the item has no price that counts; an empty text where it is not meant to: usage is no recurring revenue */
function priceFact(
  { id, created }: StripeEvent,
  { customer }: { readonly customer: string },
  item: Item,
  isNew: boolean,
): SourceFact | string {
  const { price, quantity } = item;
  if (!price.recurring || price.recurring.usage_type === "metered") return "";
  if (price.unit_amount === undefined || price.unit_amount === null) {
    return "a price in tiers, or in fractions of the smallest unit: it has no price for one unit";
  }
  const billed = billedAs(price.recurring.interval, price.recurring.interval_count, price.unit_amount);
  if (!billed)
    return `a price for ${price.recurring.interval_count} ${price.recurring.interval}s cannot be told by the month, quarter or year`;
  if (quantity === 0) return "";
  return {
    ...{ id: `${id}:${item.id}`, type: isNew ? "subscription.started" : "subscription.changed" },
    ...{ occurredAt: created, customerId: customer, subscriptionId: item.id },
    ...{ money: stripeMoney(billed.amount, price.currency), interval: billed.interval },
    quantity: quantity ?? 1,
  };
}

/** The same price for an interval that facts have; `undefined` where it is not a whole number. */
function billedAs(interval: "day" | "week" | "month" | "year", count: number, amount: number) {
  if (interval === "month" && count === 1) return { interval: "month", amount } as const;
  if (interval === "month" && count === 3) return { interval: "quarter", amount } as const;
  // A year has 52 weeks and 365 days here: what is billed so is told by the year.
  const perYear = { day: 365, week: 52, month: 12, year: 1 }[interval];
  const yearly = (amount * perYear) / count;
  return Number.isSafeInteger(yearly) ? ({ interval: "year", amount: yearly } as const) : undefined;
}
