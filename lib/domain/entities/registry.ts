import { article } from "./article.ts";
import { call } from "./call.ts";
import { cart } from "./cart.ts";
import { customer } from "./customer.ts";
import type { EnrichedFact } from "./enriched-fact.ts";
import type { AnyEntity } from "./entity.ts";
import { invitation } from "./invitation.ts";
import { order } from "./order.ts";
import { quote } from "./quote.ts";
import { referral } from "./referral.ts";
import { ticket } from "./ticket.ts";

/** Every entity. Keys, transactions, recounts and reconciliation follow from this list. */
export const entities: readonly AnyEntity[] = [
  customer,
  referral,
  ticket,
  order,
  call,
  article,
  cart,
  quote,
  invitation,
];

/**
 * The entity with a name.
 * @throws RangeError when there is none
 */
export function entityNamed(name: string): AnyEntity {
  const entity = entities.find((one) => one.name === name);
  if (!entity) throw new RangeError(`there is no entity ${name}`);
  return entity;
}

/** An entity that a fact is about. */
export interface Subject {
  readonly entity: AnyEntity;
  readonly id: string;
}

/** The entities that a fact is about, at most one of each kind. */
export function subjectsOf(placed: EnrichedFact): Subject[] {
  return entities.flatMap((entity) => {
    const id = entity.idOf(placed);
    return id === undefined ? [] : [{ entity, id }];
  });
}
