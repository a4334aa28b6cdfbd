import * as z from "zod";
import { dimensionValueSchema } from "../facts/base.ts";
import { currencySchema } from "../facts/money.ts";
import { type FreeFact, nothing, type Reading } from "./provider.ts";
import { dimensionOf, moneyOf, optionalIdSchema, optionalTextSchema, timeSchema } from "./values.ts";

/** The calls of Segment's specification, which RudderStack shares: https://segment.com/docs/connections/spec/ */

/** At most so many calls in one delivery. */
const maxCalls = 500;

const eventNames = (names: readonly string[], description: string) =>
  z
    .array(z.string().min(1).max(200))
    .max(50)
    .default([...names])
    .meta({ description });

/** What a call says itself, and what would take another fact out of the counts. */
const notToBeNamed = new Set(["id", "occurredAt", "supersedes"]);

const fieldNameSchema = z
  .string()
  .max(40)
  .refine((name) => !notToBeNamed.has(name), "must not be id, occurredAt or supersedes");

const customSchema = z.strictObject({
  fact: z
    .record(fieldNameSchema, z.union([z.string().max(100), z.number(), z.boolean()]))
    .default({})
    .meta({ description: "Fields of the fact that are always the same: its type or survey first of all" }),
  fields: z
    .record(fieldNameSchema, z.string().max(200))
    .default({})
    .meta({ description: "By field of the fact, where its value is in the call: `properties.rating`" }),
});

type Custom = z.output<typeof customSchema>;

/** The options of both. */
export const trackingOptions = z.strictObject({
  purchases: eventNames(
    ["Order Completed"],
    "Events that are purchases: `order_id`, `total` or `revenue`, `currency`",
  ),
  refunds: eventNames(["Order Refunded"], "Events that are refunds"),
  joins: eventNames(["Signed Up"], "Events with which somebody becomes a customer"),
  leaves: eventNames(["Account Deleted"], "Events with which a customer leaves"),
  cartsStarted: eventNames(["Product Added"], "Events that start a cart, by their `cart_id`"),
  cartsBought: eventNames([], "Events that buy a cart, by their `cart_id`, beside purchases that have one"),
  events: z
    .record(z.string().min(1).max(200), customSchema)
    .default({})
    .meta({ description: "Other events, by name: the facts that they are" }),
  ignored: eventNames([], "Events that are not counted, and not kept as unmapped"),
  currency: currencySchema.optional().meta({ description: "The currency of events that name none" }),
  touchpoint: dimensionValueSchema.optional().meta({
    description:
      "The touchpoint at which `page` and `screen` calls of known customers are interactions; none when absent",
  }),
});

export type TrackingOptions = z.output<typeof trackingOptions>;

const callSchema = z.object({
  type: z.string(),
  messageId: z.string().min(1),
  userId: optionalIdSchema,
  timestamp: timeSchema.nullish(),
  originalTimestamp: timeSchema.nullish(),
  event: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  context: z
    .object({
      page: z.object({ path: optionalTextSchema, referrer: optionalTextSchema }).nullish().catch(undefined),
      campaign: z.unknown().optional(),
    })
    .nullish(),
});

type Call = z.output<typeof callSchema>;

/** Reads one call, or a batch of them. */
export function trackingReading(payload: unknown, options: TrackingOptions): Reading {
  const calls = callsOf(payload);
  const readings = calls.map((call) => readApart(call, options));
  const [first] = readings;
  const more = readings.length > 1 ? ` and ${readings.length - 1} more` : "";
  return {
    event: `${first?.event ?? "nothing"}${more}`,
    facts: readings.flatMap(({ facts }) => facts),
    problems: [...new Set(readings.flatMap(({ problems }) => problems))],
  };
}

function callsOf(payload: unknown): readonly unknown[] {
  const list = z.array(z.unknown()).max(maxCalls);
  if (Array.isArray(payload)) return list.parse(payload);
  const batch = z.object({ batch: list }).safeParse(payload);
  return batch.success ? batch.data.batch : [z.record(z.string(), z.unknown()).parse(payload)];
}

/** One call that has another form is no reason for the others of its batch. */
function readApart(input: unknown, options: TrackingOptions): Reading {
  const call = callSchema.safeParse(input);
  if (call.success && occurredAt(call.data) === undefined) {
    return { event: call.data.type, facts: [], problems: ["a call without its timestamp"] };
  }
  if (call.success) return readCall(call.data, options);
  const [issue] = call.error.issues;
  const problem = `a call has another form: ${issue?.path.join("/") ?? ""} ${issue?.message ?? ""}`;
  return { event: "call", facts: [], problems: [problem] };
}

function readCall(call: Call, options: TrackingOptions): Reading {
  if (call.type === "track") return readTrack(call, call.event ?? "", options);
  if (call.type === "page" || call.type === "screen") return readPage(call, options);
  return nothing(call.type);
}

function readTrack(call: Call, name: string, options: TrackingOptions): Reading {
  if (options.ignored.includes(name)) return nothing(name);
  const custom = Object.hasOwn(options.events, name) ? options.events[name] : undefined;
  if (custom) return { event: name, facts: [customFact(call, custom)], problems: [] };
  if (options.purchases.includes(name)) return purchaseReading(call, name, options);
  if (options.refunds.includes(name)) return moneyReading(call, name, options, "purchase.refunded");
  if (options.joins.includes(name)) return customerReading(call, name, "customer.joined");
  if (options.leaves.includes(name)) return customerReading(call, name, "customer.left");
  if (options.cartsStarted.includes(name)) return cartReading(call, name, "cart.started");
  if (options.cartsBought.includes(name)) return cartReading(call, name, "cart.bought");
  return {
    event: name,
    facts: [],
    problems: ["an event that no option names: options.events, or options.ignored"],
  };
}

function occurredAt({ timestamp, originalTimestamp }: Call): string | undefined {
  return timestamp ?? originalTimestamp ?? undefined;
}

function purchaseReading(call: Call, name: string, options: TrackingOptions): Reading {
  const reading = moneyReading(call, name, options, "purchase.made");
  const cart = optionalIdSchema.safeParse(call.properties?.["cart_id"]).data;
  if (cart === undefined || reading.facts.length === 0) return reading;
  const { facts } = cartReading(call, name, "cart.bought");
  return { ...reading, facts: [...reading.facts, ...facts] };
}

function moneyReading(
  call: Call,
  name: string,
  options: TrackingOptions,
  type: "purchase.made" | "purchase.refunded",
): Reading {
  const { properties } = call;
  const amount = z
    .union([z.number(), z.string()])
    .safeParse(properties?.["total"] ?? properties?.["revenue"] ?? properties?.["value"]).data;
  const currency = z.string().safeParse(properties?.["currency"]).data ?? options.currency;
  const orderId = optionalIdSchema.safeParse(properties?.["order_id"]).data;
  if (amount === undefined)
    return { event: name, facts: [], problems: ["an order without total or revenue"] };
  if (currency === undefined)
    return { event: name, facts: [], problems: ["money without a currency: options.currency"] };
  if (orderId === undefined && type === "purchase.made") {
    return { event: name, facts: [], problems: ["an order without order_id"] };
  }
  const fact = {
    // Sent again by another library, an order is the same order.
    id: type === "purchase.made" ? `order:${orderId}` : call.messageId,
    ...{ type, orderId, occurredAt: occurredAt(call), customerId: call.userId },
    money: moneyOf(amount, currency),
  };
  return { event: name, facts: [fact], problems: [] };
}

function customerReading(call: Call, name: string, type: "customer.joined" | "customer.left"): Reading {
  const { userId: customerId } = call;
  if (customerId === undefined) return { event: name, facts: [], problems: ["a customer without userId"] };
  return {
    ...{ event: name, problems: [] },
    facts: [{ id: call.messageId, type, occurredAt: occurredAt(call), customerId }],
  };
}

function cartReading(call: Call, name: string, type: "cart.started" | "cart.bought"): Reading {
  const cartId = optionalIdSchema.safeParse(call.properties?.["cart_id"]).data;
  if (cartId === undefined) return nothing(name);
  const fact = {
    id: `${call.messageId}:cart`,
    type,
    cartId,
    occurredAt: occurredAt(call),
    customerId: call.userId,
  };
  return { event: name, facts: [fact], problems: [] };
}

const searchEngine =
  /^https?:\/\/(www\.)?(google|bing|duckduckgo|ecosia|qwant|baidu|search\.yahoo|yandex)\.[a-z.]+([/?#]|$)/i;

/** A page that was opened from a search engine, and not from an advertisement, is a visit from search. */
function readPage(call: Call, { touchpoint }: TrackingOptions): Reading {
  const { page, campaign } = call.context ?? {};
  const isFound = page?.referrer !== undefined && searchEngine.test(page.referrer) && !campaign;
  const landed = {
    ...{ id: `${call.messageId}:search`, type: "search.landed", occurredAt: occurredAt(call) },
    page: dimensionOf(page?.path),
  } as const;
  const interaction =
    touchpoint === undefined || call.userId === undefined
      ? []
      : [
          {
            ...{ id: call.messageId, type: "interaction.made", occurredAt: occurredAt(call) },
            ...{ customerId: call.userId, touchpoint },
          } as const,
        ];
  return { event: call.type, facts: [...(isFound ? [landed] : []), ...interaction], problems: [] };
}

function customFact(call: Call, { fact, fields }: Custom): FreeFact {
  const chosen = Object.entries(fields).map(
    ([name, path]) => [name, valueAt(call, path.split("."))] as const,
  );
  const known = Object.fromEntries(chosen.filter(([, value]) => value !== undefined && value !== null));
  const isSurvey = "survey" in fact;
  const customer = isSurvey && fact["survey"] === "esat" ? {} : { customerId: call.userId };
  return { ...customer, ...fact, ...known, id: call.messageId, occurredAt: occurredAt(call) };
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return valueAt(Reflect.get(value, name), rest);
}
