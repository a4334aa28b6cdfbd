import * as z from "zod";
import { rfmSegments } from "../../../domain/metrics/lifetime/rfm.ts";
import { customerStates } from "../../../queries/customers/customer.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { factFields, responseContent } from "../responses/answers.ts";
import { surveyParameter } from "../responses/filters.ts";

/** Customers as they are answered. */

const day = dayParameter.nullable();

const money = z
  .object({ amount: z.string(), currency: z.string() })
  .meta({ id: "MoneyAnswer", description: "A decimal string in major units" });

/** A fact of a customer as it is listed. */
export const factItemSchema = z
  .object({
    ...z.object(responseContent).partial().shape,
    type: z.string().meta({ description: "`response`, or the type of the event", example: "purchase.made" }),
    customerId: z.string(),
    orderId: z.string().optional(),
    stage: z.string().optional(),
    money: money.optional(),
    code: z.string().optional().meta({ description: "Of a referral" }),
    touchpoint: z.string().optional().meta({ description: "Of an interaction" }),
    ...factFields,
    excluded: z.boolean().optional(),
  })
  .meta({ id: "CustomerFact" });

/** The result of an erasure. */
export const erasedSchema = z
  .object({
    erased: z.object({
      facts: z.int().meta({
        description: "Facts that lost the customer, or a text about the customer's ticket or invitation",
      }),
      comments: z.int().meta({ description: "How many of them had a comment or a message" }),
      customer: z.boolean().meta({ description: "Whether there was a customer's history" }),
      deliveries: z.int().meta({
        description: "Deliveries of sources that could not be mapped, named the customer, and were removed",
      }),
    }),
    archive: z
      .object({
        days: z.int().meta({ description: "Closed days whose files name the person for the moment" }),
        rewrittenBy: z.iso.datetime().nullable().meta({ description: "When they are written anew" }),
        goneBy: z.iso.datetime().nullable().meta({ description: "When what they replace is gone as well" }),
      })
      .meta({ description: "The files of the archive; null where none names the person" }),
  })
  .meta({ id: "Erasure" });

const predictionSchema = z
  .object({
    pAlive: z.number().meta({
      description: "The probability that it is a customer still, 0 to 1; under contract it is known: 1 or 0",
    }),
    orders: z.number().meta({
      description:
        "Days with a purchase that are expected within the horizon; under contract months that it is expected to pay for",
    }),
    value: money.meta({ description: "What they are expected to bring, after margin, refunds and discount" }),
    months: z.number().meta({ description: "The horizon" }),
    through: dayParameter.meta({ description: "The last day of purchases that the models know" }),
    fittedAt: z.iso.datetime(),
  })
  .nullable()
  .meta({
    id: "CustomerPrediction",
    description:
      "By the model that the latest prediction takes (`taken` in `GET /v1/predictions`), and the customer's purchases or contracts up to now; null without a model, and without purchases in its currency, or any contract",
  });

/** Fifths, 5 for the best, and the segment that follows. */
const rfmSchema = z
  .object({
    recency: z.int().meta({ description: "1 to 5: the fifth by how lately it bought, 5 for the latest" }),
    frequency: z.int().meta({ description: "1 to 5: by on how many days it bought" }),
    money: z.int().meta({ description: "1 to 5: by what it spent" }),
    segment: z.enum(rfmSegments),
    through: dayParameter.meta({ description: "The day on which it was rated" }),
  })
  .nullable()
  .meta({
    id: "CustomerRfm",
    description:
      "By recency, frequency and money among all customers: in a list as `GET /v1/rfm` says of the last day, of one customer by the fifths of the latest prediction. Null for fewer than five customers, for who had not bought, and of one customer before there is a prediction",
  });

/** A customer's state and totals. */
export const customerSchema = z
  .object({
    id: z.string(),
    state: z
      .enum(customerStates)
      .meta({ description: "none: never a customer, for example someone who only answered a survey" }),
    joinedOn: day,
    lostOn: day.meta({ description: "The last day of being lost" }),
    returnedOn: day.meta({ description: "The last day of coming back" }),
    lapsesOn: day.meta({ description: "With inactivityDays: the day on which it is lost unless it buys" }),
    firstPurchaseOn: day,
    lastPurchaseOn: day,
    purchases: z.int(),
    interactions: z.int().meta({ description: "In the 30 days up to today" }),
    touchpoints: z.int().meta({ description: "At how many different touchpoints these were" }),
    engaged: z
      .boolean()
      .meta({ description: "Whether it is an active customer with at least `engagedTouchpoints` of them" }),
    referred: z.boolean().meta({ description: "Whether it came by a recommendation" }),
    referralsSent: z.int().meta({ description: "How often it has recommended you" }),
    journey: z.array(z.object({ stage: z.string(), on: dayParameter })).meta({
      description:
        "The stages that it has entered on its latest journey, in the order of the workspace's stages",
    }),
    segments: z
      .record(z.string(), z.string())
      .meta({ description: "Where it was won: the tracked dimensions under which it counts" }),
    revenue: z.array(money).meta({ description: "By currency" }),
    refunds: z.array(money),
    latestScores: z.array(
      z.object({
        survey: surveyParameter,
        scale: z.string(),
        score: z.int(),
        id: z.string(),
        occurredAt: z.string(),
        day: dayParameter,
      }),
    ),
    prediction: predictionSchema,
    rfm: rfmSchema,
    addedUp: z.object({ facts: z.int(), complete: z.boolean() }).meta({
      description: "How many facts revenue, refunds and latest scores are from, and whether that is all",
    }),
    items: z.array(factItemSchema).meta({ description: "The customer's facts, newest first" }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "Customer" });

const latestScore = z
  .object({
    score: z.int(),
    scale: z.string(),
    day: dayParameter.meta({ description: "On which it counts" }),
    id: z.string().meta({ description: "Of the response" }),
  })
  .meta({ id: "LatestScore" });

/** A customer in a list. */
export const customerEntrySchema = z
  .object({
    id: z.string(),
    state: z.enum(customerStates),
    joinedOn: day,
    lostOn: day.meta({ description: "The last day of being lost" }),
    returnedOn: day.meta({ description: "The last day of coming back" }),
    lastSeenOn: dayParameter.meta({ description: "The last day of which any fact is known" }),
    lastPurchaseOn: day,
    orders: z.int().meta({ description: "Purchases" }),
    revenue: money.meta({ description: "In the workspace's currency" }),
    refunds: money.meta({ description: "In the workspace's currency" }),
    otherRevenue: z.array(money).meta({ description: "In other currencies" }),
    otherRefunds: z.array(money),
    prediction: predictionSchema,
    rfm: rfmSchema,
    dimensions: z.record(z.string(), z.string()).meta({ description: "Of the fact with which it was won" }),
    scores: z
      .object({
        ...{ nps: latestScore.optional(), csat: latestScore.optional() },
        ...{ ces: latestScore.optional(), esat: latestScore.optional() },
      })
      .meta({ description: "The latest of each survey" }),
  })
  .meta({ id: "CustomerEntry" });

const known = {
  through: dayParameter.meta({
    description:
      "The last day that is in it: yesterday, where today has more facts than one request may read",
  }),
  changedDays: z.int().meta({
    description:
      "Closed days of which the latest changes are not in it yet: within the hour they are. Nobody who was erased is listed",
  }),
};

/** A page of customers. */
export const customersSchema = z
  .object({
    items: z.array(customerEntrySchema),
    total: z.int().meta({ description: "How many customers fulfil the conditions" }),
    ...known,
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "Customers" });

/** How many customers fulfilled conditions over time. */
export const customerCountsSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    interval: z.string(),
    items: z.array(
      z.object({
        from: dayParameter,
        to: dayParameter,
        customers: z.int().meta({
          description: "How many fulfilled the conditions at the end of the interval, by what is known today",
        }),
        provisional: z
          .boolean()
          .meta({ description: "Whether the interval is not over, or not read to its end" }),
      }),
    ),
    ...known,
  })
  .meta({ id: "CustomerCounts" });
