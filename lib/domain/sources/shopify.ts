import * as z from "zod";
import { defineProvider, nothing, type Reading } from "./provider.ts";
import { hmacOf, isHmac } from "./signatures.ts";
import { dimensionsOf, idSchema, isSome, moneyOfText, optionalTextSchema, timeSchema } from "./values.ts";

/** Shopify: https://shopify.dev/docs/apps/build/webhooks, https://shopify.dev/docs/api/admin-rest/latest/resources/order */

const options = z.strictObject({
  customer: z
    .enum(["id", "email"])
    .default("id")
    .meta({ description: "What names a customer: Shopify's id, or the e-mail address in small letters" }),
  joins: z.enum(["purchase", "created"]).default("purchase").meta({
    description: "When somebody becomes a customer: with the first order, or with `customers/create`",
  }),
  testOrders: z.boolean().default(false).meta({ description: "Whether orders of a test gateway count" }),
});

type Options = z.output<typeof options>;

const customerSchema = z.object({ id: idSchema, email: optionalTextSchema });

const orderSchema = z.object({
  id: idSchema,
  created_at: timeSchema,
  processed_at: timeSchema.nullish(),
  currency: z.string(),
  total_price: z.string(),
  test: z.boolean().nullish(),
  source_name: optionalTextSchema,
  customer: customerSchema.nullish(),
});

const refundSchema = z.object({
  id: idSchema,
  order_id: idSchema,
  created_at: timeSchema,
  processed_at: timeSchema.nullish(),
  transactions: z.array(
    z.object({
      kind: z.string(),
      status: z.string(),
      amount: z.string().regex(/^\d{1,12}(\.\d{1,8})?$/),
      currency: z.string(),
      test: z.boolean().nullish(),
    }),
  ),
});

export const shopify = defineProvider({
  name: "shopify",
  title: "Shopify",
  secret:
    "the signing secret that the page of notifications shows below the webhooks, or the app's client secret",
  canBeUnsigned: false,
  options,
  isSigned: ({ body, headers }, secret) =>
    isHmac(headers["x-shopify-hmac-sha256"], "base64", hmacOf("sha256", secret, body)),
  read(payload, chosen, headers) {
    const topic = headers["x-shopify-topic"] ?? "";
    switch (topic) {
      case "orders/paid":
        return orderReading(topic, orderSchema.parse(payload), chosen);
      case "refunds/create":
        return refundReading(topic, refundSchema.parse(payload), chosen);
      case "customers/create":
        return chosen.joins === "created" ? customerReading(topic, payload, chosen) : nothing(topic);
      case "":
        return { event: "", facts: [], problems: ["the header X-Shopify-Topic is missing"] };
      default:
        return nothing(topic);
    }
  },
});

function customerIdOf(customer: z.output<typeof customerSchema> | null | undefined, by: Options["customer"]) {
  return by === "id" ? customer?.id : customer?.email?.toLowerCase();
}

function orderReading(event: string, order: z.output<typeof orderSchema>, chosen: Options): Reading {
  if (order.test === true && !chosen.testOrders) return nothing(event);
  const fact = {
    ...{ id: `order:${order.id}`, type: "purchase.made", orderId: order.id },
    occurredAt: order.processed_at ?? order.created_at,
    customerId: customerIdOf(order.customer, chosen.customer),
    money: moneyOfText(order.total_price, order.currency),
    dimensions: dimensionsOf({ channel: order.source_name }),
  } as const;
  return { event, facts: [fact], problems: [] };
}

/** The money of a refund is in its transactions: goods can come back without any, and several may be paid at once. */
function refundReading(event: string, refund: z.output<typeof refundSchema>, chosen: Options): Reading {
  const paid = refund.transactions.filter(
    ({ kind, status, test }) =>
      kind === "refund" && status === "success" && (test !== true || chosen.testOrders),
  );
  const facts = paid.flatMap(({ amount, currency }, index) => {
    const money = moneyOfText(amount, currency);
    if (!isSome(money)) return [];
    const fact = {
      ...{ id: `refund:${refund.id}:${index}`, type: "purchase.refunded", orderId: refund.order_id },
      ...{ occurredAt: refund.processed_at ?? refund.created_at, money },
    } as const;
    return [fact];
  });
  return { event, facts, problems: [] };
}

function customerReading(event: string, payload: unknown, chosen: Options): Reading {
  const customer = customerSchema.extend({ created_at: timeSchema }).parse(payload);
  const customerId = customerIdOf(customer, chosen.customer);
  if (customerId === undefined)
    return { event, facts: [], problems: ["a customer without an e-mail address"] };
  const fact = {
    ...{ id: `customer:${customer.id}:joined`, type: "customer.joined" },
    ...{ occurredAt: customer.created_at, customerId },
  } as const;
  return { event, facts: [fact], problems: [] };
}
