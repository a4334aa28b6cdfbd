import * as z from "zod";
import { chosenIdSchema, textSchema } from "../facts/base.ts";
import { eventTypes, toldToPeople } from "./announcement.ts";
import { formats } from "./formats.ts";
import { filterSchema, type Subscription } from "./subscription.ts";

/** A webhook as a client sets it. */

const maxFilterLength = 1_000;
const inWords: readonly string[] = toldToPeople;

/** How a webhook is written down: what is read back from the store. Whether its URL can be used is not said here. */
export const storedWebhookSchema = z.strictObject({
  description: textSchema(200).optional().meta({ description: "What it is for, for people" }),
  url: z.string({ error: "must be a text" }).max(2_000, "must have at most 2000 characters").optional().meta({
    description:
      "Where deliveries are sent: `https`, of the public internet. Its name is looked up for each delivery, and a redirect is not followed",
    example: "https://example.com/hooks/cx",
  }),
  target: z
    .strictObject({ eventBridge: z.literal(true, { error: "must be true" }) })
    .optional()
    .meta({
      description:
        "In place of `url`: the default event bus of the account and region where this service runs",
    }),
  events: z
    .array(z.enum(eventTypes, { error: `must be one of ${eventTypes.join(", ")}` }))
    .min(1, "must name at least one type of event")
    .refine((types) => new Set(types).size === types.length, "must not name a type twice")
    .meta({ description: "What it hears of", example: ["response.recorded", "goal.reached"] }),
  filter: filterSchema.optional().meta({ description: "Which facts it hears of; all when absent" }),
  enabled: z.boolean({ error: "must be true or false" }).default(true),
  format: z
    .enum(formats, { error: `must be one of ${formats.join(", ")}` })
    .default("standard")
    .meta({
      description:
        "The form of the body. `slack` and `teams` are what their incoming webhooks take: only for `alert.raised`, `alert.cleared` and `digest.ready`, which are said in words",
    }),
});

export type WebhookDefinition = z.output<typeof storedWebhookSchema>;

/** The body of `PUT /v1/webhooks/{id}`. */
export const webhookSchema = storedWebhookSchema
  .refine(({ url, target }) => (url === undefined) !== (target === undefined), {
    message: "must have exactly one of url and target",
  })
  .refine(({ format, events }) => format === "standard" || events.every((type) => inWords.includes(type)), {
    path: ["format"],
    message: `can be slack or teams only where all events are of ${toldToPeople.join(", ")}`,
  })
  .refine(({ format, target }) => format === "standard" || target === undefined, {
    path: ["format"],
    message: "must be standard for an event bus",
  })
  .refine(({ filter = {} }) => JSON.stringify(filter).length <= maxFilterLength, {
    path: ["filter"],
    message: `must have at most ${maxFilterLength} characters as JSON: it is read with every request that records facts`,
  })
  .meta({ id: "WebhookDefinition" });

/** A webhook's id in the client's systems. */
export const webhookIdSchema = chosenIdSchema
  // The settings of its workspace have it as a name, which would not be read back.
  .refine((id) => id !== "__proto__", "must be another one than __proto__")
  .meta({ description: "The webhook's id, chosen by you", example: "detractors-to-crm" });

/** What a webhook hears of; `undefined` while it is disabled. */
export function subscriptionOf({ enabled, events, filter }: WebhookDefinition): Subscription | undefined {
  return enabled ? { events, ...(filter === undefined ? {} : { filter }) } : undefined;
}
