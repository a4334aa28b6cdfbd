import * as z from "zod";
import { dimensionFiltersSchema } from "../facts/base.ts";
import type { Fact } from "../facts/parse.ts";
import { surveyNames } from "../facts/responses.ts";
import { type Announcement, eventTypes } from "./announcement.ts";

/** Which webhooks hear of an event: a compact form of them stands in the settings of each workspace, so that nobody else pays to find out. */

const scoreError = "must be a whole number from 0 to 10";
const score = z.int({ error: scoreError }).min(0, scoreError).max(10, scoreError);

/** Which facts a webhook hears of. Events that are not of a fact pass. */
export const filterSchema = z
  .strictObject({
    survey: z
      .enum(surveyNames, { error: `must be one of ${surveyNames.join(", ")}` })
      .optional()
      .meta({ description: "Only answers to this survey; no events" }),
    scores: z
      .strictObject({ from: score.optional(), to: score.optional() })
      .refine(({ from = 0, to = 10 }) => from <= to, "from must not be above to")
      .optional()
      .meta({
        description: "Only answers with a score in this range, both ends included; no events",
        example: { to: 6 },
      }),
    dimensions: dimensionFiltersSchema.optional().meta({
      description:
        "Only facts that were sent with all of these dimensions: one value of each, or one of several",
      example: { channel: ["web", "app"] },
    }),
  })
  .meta({ id: "WebhookFilter" });

export type WebhookFilter = z.output<typeof filterSchema>;

/** A webhook as the settings of its workspace have it. */
export const subscriptionSchema = z.object({
  events: z.array(z.enum(eventTypes)),
  filter: filterSchema.optional(),
});

export type Subscription = z.output<typeof subscriptionSchema>;

/** The enabled webhooks of a workspace, by id. */
export type Subscriptions = Readonly<Record<string, Subscription>>;

/** The ids of the webhooks that hear of an event. */
export function subscribersOf(subscriptions: Subscriptions, announcement: Announcement): string[] {
  return Object.entries(subscriptions).flatMap(([id, { events, filter }]) => {
    if (!events.some((type) => type === announcement.type)) return [];
    return !("fact" in announcement) || passes(announcement.fact, filter) ? [id] : [];
  });
}

/** Whether any webhook hears of one of these types. */
export function isAnyTold(subscriptions: Subscriptions | undefined, ...types: readonly string[]): boolean {
  return Object.values(subscriptions ?? {}).some(({ events }) => events.some((type) => types.includes(type)));
}

/** Whether a fact is one that a filter asks for. */
export function passes(fact: Fact, { survey, scores, dimensions = {} }: WebhookFilter = {}): boolean {
  if (survey !== undefined && !("survey" in fact && fact.survey === survey)) return false;
  if (scores !== undefined && !hasScoreIn(fact, scores)) return false;
  return Object.entries(dimensions).every(([name, wanted]) => {
    const value = Object.hasOwn(fact.dimensions, name) ? fact.dimensions[name] : undefined;
    return value !== undefined && [wanted].flat().includes(value);
  });
}

function hasScoreIn(fact: Fact, { from = 0, to = 10 }: NonNullable<WebhookFilter["scores"]>): boolean {
  return fact.type === "response" && "score" in fact && fact.score >= from && fact.score <= to;
}
