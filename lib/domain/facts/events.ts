import * as z from "zod";
import { type AcquisitionFact, acquisitionEvents } from "./acquisition.ts";
import { customerEvents, type LeavingFact, type LifecycleFact } from "./customers.ts";
import { type InteractionFact, interactionEvents } from "./interactions.ts";
import { type InvitationFact, invitationEvents } from "./invitations.ts";
import { journeyEvents, type StageFact } from "./journeys.ts";
import { type MarketFact, marketEvents } from "./market.ts";
import { type PaymentFact, paymentEvents } from "./payments.ts";
import { type ServiceFact, serviceEvents } from "./service.ts";
import { type SubscriptionFact, subscriptionEvents } from "./subscriptions.ts";
import { type WebFact, webEvents } from "./web.ts";

/** All events: each type a schema of its own, one file a family. */

/** The schema of every type, in the order in which the documentation lists them. */
export const eventSchemas = [
  ...customerEvents,
  ...paymentEvents,
  ...subscriptionEvents,
  ...acquisitionEvents,
  ...interactionEvents,
  ...serviceEvents,
  ...invitationEvents,
  ...journeyEvents,
  ...webEvents,
  ...marketEvents,
] as const;

/** Any parsed event. */
export type EventFact =
  | LifecycleFact
  | LeavingFact
  | PaymentFact
  | SubscriptionFact
  | AcquisitionFact
  | InteractionFact
  | InvitationFact
  | StageFact
  | ServiceFact
  | WebFact
  | MarketFact;

export type EventType = (typeof eventSchemas)[number]["shape"]["type"]["value"];

/** The types of events, in the order in which the documentation lists them. */
export const eventTypes: readonly EventType[] = eventSchemas.map(({ shape }) => shape.type.value);

/** One event as a client sends it. */
export const eventSchema = z
  .discriminatedUnion("type", eventSchemas, { error: `must be one of ${eventTypes.join(", ")}` })
  .meta({ id: "Event", description: "Something that happened" });
