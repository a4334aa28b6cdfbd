import { leavingReason } from "../facts/customers.ts";
import type { Fact } from "../facts/parse.ts";
import { isUnhappy } from "./contacts.ts";
import { customerOccurrences } from "./customer-occurrences.ts";
import { engagementDays } from "./engagement.ts";
import { defineEntity } from "./entity.ts";
import { interactionDetail } from "./interactions.ts";
import { namesOfStages } from "./journey.ts";
import { subscriptionStep } from "./recurring-revenue.ts";

/** What says that a customer is unhappy, helps itself or gets in touch. */
const contactFacts = [
  "response",
  "ticket.opened",
  "call.queued",
  "article.searched",
  "article.used",
] as const;

/** A customer: the steps of a life as one, its purchases, where it interacted, recommendations, and the stages of its journeys. */
export const customer = defineEntity({
  name: "customer",
  idField: "customerId",
  facts: [
    "customer.joined",
    "customer.left",
    "customer.returned",
    "purchase.made",
    "stage.entered",
    "subscription.started",
    "subscription.changed",
    "subscription.ended",
    "interaction.made",
    "referral.sent",
    "referral.converted",
    ...contactFacts,
  ],
  aside: ["interaction.made", "referral.sent", "referral.converted", ...contactFacts],
  personal: true,
  steps: {
    joined: { code: "j", instant: true },
    left: { code: "l", instant: true, detail: true },
    returned: { code: "r", instant: true },
    // The detail is the currency, the sum the amounts in its minor unit.
    purchased: { code: "p", detail: true, sum: true },
    interacted: { code: "i", detail: true },
    recommended: { code: "s" },
    referred: { code: "f" },
    stage: { code: "e", instant: true, detail: true },
    // The detail is the currency, the amount a month and the subscription.
    subscribed: { code: "a", instant: true, detail: true },
    subscriptionChanged: { code: "b", instant: true, detail: true },
    unsubscribed: { code: "d", instant: true, detail: true },
    // Bad scores; tickets and calls; what was read or searched without a ticket.
    unhappy: { code: "u", instant: true },
    contacted: { code: "c", instant: true },
    helpedItself: { code: "h", instant: true },
  },
  origins: ["joined", "returned", "purchased", "subscribed", "stage"],
  summed: { facts: ["purchase.made"], occurrences: ["purchases-attributed"] },
  place({ fact, countedAs }) {
    switch (fact.type) {
      // An explicit join says more about how a customer was won than the purchase that implied one; else the first thing known does.
      case "customer.joined":
        return { id: fact.customerId, kind: "joined", rank: 1 };
      case "customer.returned":
        return { id: fact.customerId, kind: "returned", rank: 0 };
      case "customer.left":
        return { id: fact.customerId, kind: "left", detail: countedAs ?? leavingReason(fact) ?? "" };
      case "purchase.made":
        return fact.customerId === undefined
          ? undefined
          : {
              ...{ id: fact.customerId, kind: "purchased", rank: 0 },
              ...{ detail: fact.money.currency, amount: fact.money.amountMinor },
            };
      case "interaction.made":
        return {
          id: fact.customerId,
          kind: "interacted",
          detail: interactionDetail(fact.touchpoint, countedAs),
        };
      case "referral.sent":
        return { id: fact.customerId, kind: "recommended" };
      case "referral.converted":
        return { id: fact.customerId, kind: "referred" };
      case "response":
      case "ticket.opened":
      case "call.queued":
      case "article.searched":
      case "article.used":
        return contactOf(fact);
      // A price may be agreed on long before the customer is one, as a stage is; a change or an end says nothing of how it was won.
      case "subscription.started":
        return { id: fact.customerId, ...subscriptionStep(fact), rank: 0 };
      case "subscription.changed":
      case "subscription.ended":
        return { id: fact.customerId, ...subscriptionStep(fact) };
      // A journey may begin long before its customer is one.
      case "stage.entered":
        return { id: fact.customerId, kind: "stage", detail: fact.stage, rank: -1 };
      default:
        return undefined;
    }
  },
  dependencies: ({ inactivityDays, engagedTouchpoints, journeyStages, funnels }) => ({
    inactivityDays,
    engagedTouchpoints,
    journeyStages,
    funnels: namesOfStages(funnels),
  }),
  dueAfterDays: ({ inactivityDays }) => [
    engagementDays,
    ...(inactivityDays === null ? [] : [inactivityDays]),
  ],
  derive: (history, settings, wanted) => customerOccurrences(history, settings, wanted),
});

/** Where a fact belongs that says whether a customer is unhappy, helps itself or gets in touch. */
function contactOf(fact: Fact) {
  if (fact.customerId === undefined) return undefined;
  const id = fact.customerId;
  switch (fact.type) {
    case "response":
      return isUnhappy(fact) ? ({ id, kind: "unhappy" } as const) : undefined;
    case "article.used":
      return fact.ticketId === undefined ? ({ id, kind: "helpedItself" } as const) : undefined;
    case "article.searched":
      return { id, kind: "helpedItself" } as const;
    default:
      return { id, kind: "contacted" } as const;
  }
}

/** A customer's history. */
export type CustomerHistory = typeof customer.unknown;
