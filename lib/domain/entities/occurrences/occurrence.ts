import type { AcquisitionOccurrence } from "./acquisition.ts";
import type { CustomerOccurrence } from "./customers.ts";
import type { InvitationOccurrence } from "./invitations.ts";
import type { JourneyOccurrence } from "./journeys.ts";
import type { PaymentOccurrence } from "./payments.ts";
import type { ServiceOccurrence } from "./service.ts";
import type { RecurringRevenueMoved } from "./subscriptions.ts";
import type { SurveyOccurrence } from "./surveys.ts";
import type { WebOccurrence } from "./web.ts";

/**
 * Anything that metrics count. Some follow from a fact by itself (`lib/domain/entities/one-fact`), others from the whole history
 * of the entity that it is about (`lib/domain/entities/registry.ts`).
 */
export type Occurrence =
  | SurveyOccurrence
  | InvitationOccurrence
  | PaymentOccurrence
  | RecurringRevenueMoved
  | AcquisitionOccurrence
  | CustomerOccurrence
  | ServiceOccurrence
  | WebOccurrence
  | JourneyOccurrence;

/** The occurrences of a kind. */
export type OccurrenceOf<Kind extends Occurrence["kind"], One = Occurrence> = One extends {
  readonly kind: infer Own;
}
  ? Kind extends Own
    ? One
    : never
  : never;
