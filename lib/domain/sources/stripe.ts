import * as z from "zod";
import { defineProvider, nothing, type Reading } from "./provider.ts";
import { hmacOf, isAnyHmac, isRecent } from "./signatures.ts";
import { eventSchema, type StripeEvent, stripeMoney } from "./stripe-event.ts";
import { subscriptionReading } from "./stripe-subscriptions.ts";
import { epochSecondsSchema, idSchema, isSome, optionalIdSchema } from "./values.ts";

/** Stripe: https://docs.stripe.com/webhooks, https://docs.stripe.com/api/events */

const options = z.strictObject({
  purchases: z.enum(["charges", "invoices"]).default("charges").meta({
    description:
      "Which payments are purchases: every `charge.succeeded`, or every `invoice.paid`. Never both: an invoice is paid by a charge",
  }),
  joins: z.enum(["purchase", "created"]).default("purchase").meta({
    description:
      "When somebody becomes a customer: with the first purchase or subscription, or with `customer.created`",
  }),
  testMode: z.boolean().default(false).meta({ description: "Whether events of Stripe's test mode count" }),
});

type Options = z.output<typeof options>;

const chargeSchema = z.object({
  id: idSchema,
  created: epochSecondsSchema,
  amount: z.int(),
  amount_captured: z.int().nullish(),
  amount_refunded: z.int().nullish(),
  captured: z.boolean().default(true),
  currency: z.string(),
  customer: optionalIdSchema,
});

const invoiceSchema = z.object({
  id: idSchema,
  created: epochSecondsSchema,
  amount_paid: z.int(),
  currency: z.string(),
  customer: optionalIdSchema,
  status_transitions: z.object({ paid_at: epochSecondsSchema.nullish() }).nullish(),
});

export const stripe = defineProvider({
  name: "stripe",
  title: "Stripe",
  secret: "the endpoint's signing secret, `whsec_…`",
  canBeUnsigned: false,
  options,
  isSigned({ body, headers, receivedAt }, secret) {
    const parts = (headers["stripe-signature"] ?? "").split(",").map((part) => part.trim());
    const valuesOf = (name: string) =>
      parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));
    const [time] = valuesOf("t");
    if (!isRecent(time, receivedAt)) return false;
    return isAnyHmac(valuesOf("v1"), "hex", hmacOf("sha256", secret, `${time}.`, body));
  },
  read(payload, chosen) {
    const event = eventSchema.parse(payload);
    if (!event.livemode && !chosen.testMode) {
      const problem = "an event of Stripe's test mode: it counts where the option testMode is true";
      return { event: event.type, facts: [], problems: [problem] };
    }
    return readEvent(event, chosen);
  },
});

function readEvent(event: StripeEvent, chosen: Options): Reading {
  switch (event.type) {
    case "charge.succeeded":
    case "charge.captured":
      return chosen.purchases === "charges" ? chargeReading(event) : nothing(event.type);
    case "invoice.paid":
      return chosen.purchases === "invoices" ? invoiceReading(event) : nothing(event.type);
    case "charge.refunded":
      return refundReading(event, chosen);
    case "customer.subscription.created":
    case "customer.subscription.updated":
    case "customer.subscription.deleted":
      return subscriptionReading(event, chosen.joins === "purchase");
    case "customer.created":
    case "customer.deleted":
      return chosen.joins === "created" ? customerReading(event) : nothing(event.type);
    default:
      return nothing(event.type);
  }
}

/** What is only reserved on a card is no purchase before it is captured. */
function chargeReading({ type, data }: StripeEvent): Reading {
  const charge = chargeSchema.parse(data.object);
  const money = stripeMoney(charge.amount_captured ?? charge.amount, charge.currency);
  if (!charge.captured || !isSome(money)) return nothing(type);
  const fact = {
    ...{ id: charge.id, type: "purchase.made", orderId: charge.id },
    ...{ occurredAt: charge.created, customerId: charge.customer, money },
  } as const;
  return { event: type, facts: [fact], problems: [] };
}

function invoiceReading({ type, created, data }: StripeEvent): Reading {
  const invoice = invoiceSchema.parse(data.object);
  const money = stripeMoney(invoice.amount_paid, invoice.currency);
  if (!isSome(money)) return nothing(type);
  const occurredAt = invoice.status_transitions?.paid_at ?? created;
  const fact = {
    ...{ id: invoice.id, type: "purchase.made", orderId: invoice.id },
    ...{ occurredAt, customerId: invoice.customer, money },
  } as const;
  return { event: type, facts: [fact], problems: [] };
}

/** A charge says how much of it has been given back altogether, and how much that was before. */
function refundReading({ type, created, data }: StripeEvent, { purchases }: Options): Reading {
  const charge = chargeSchema.parse(data.object);
  const before = z.int().safeParse(data.previous_attributes?.["amount_refunded"]).data;
  if (before === undefined) {
    const problem = "a refund that does not say how much was refunded before";
    return { event: type, facts: [], problems: [problem] };
  }
  const total = charge.amount_refunded ?? 0;
  const money = stripeMoney(total - before, charge.currency);
  if (!isSome(money)) return nothing(type);
  const fact = {
    ...{ id: `${charge.id}:refunded:${total}`, type: "purchase.refunded" },
    ...(purchases === "charges" ? { orderId: charge.id } : {}),
    ...{ occurredAt: created, customerId: charge.customer, money },
  } as const;
  return { event: type, facts: [fact], problems: [] };
}

function customerReading({ type, created, data }: StripeEvent): Reading {
  const { id } = z.object({ id: idSchema }).parse(data.object);
  const step = type === "customer.created" ? "customer.joined" : "customer.left";
  const fact = { id: `${id}:${step}`, type: step, occurredAt: created, customerId: id } as const;
  return { event: type, facts: [fact], problems: [] };
}
