import type { Customer } from "./company.ts";
import type { Random } from "./random.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** Customers who join, leave and come back. */

/** The dimensions that are a customer's own. */
export function segmentsOf({ channel, country, plan }: Customer): Record<string, string> {
  return { channel, country, plan };
}

/** Makes the facts of customers' lives. */
export function* customerFacts(world: World): Generator<Draft> {
  const random = world.random("customers");
  const reasons = world.random("reasons");
  for (const customer of world.company.customers) yield* lifeOf(customer, world, random, reasons);
}

/** Why customers leave. */
const reasonsOfLeaving: readonly (readonly [string | undefined, number])[] = [
  ["price", 34],
  ["service", 22],
  ["quality", 18],
  ["moved away", 12],
  // Some say nothing.
  [undefined, 14],
];

function* lifeOf(customer: Customer, { instant }: World, random: Random, reasons: Random): Generator<Draft> {
  const { id: customerId, joined, left, returned } = customer;
  const dimensions = segmentsOf(customer);
  yield event(instant(joined, joiningSecond(customer)), "customer.joined", { customerId, dimensions });
  if (left !== undefined) {
    const reason = reasons.weighted(reasonsOfLeaving);
    const why = reason === undefined ? {} : { reason };
    yield event(instant(left, wakingSecond(random)), "customer.left", { customerId, dimensions, ...why });
  }
  if (returned !== undefined) {
    yield event(instant(returned, wakingSecond(random)), "customer.returned", { customerId, dimensions });
  }
}

/** When a customer joins on its day: a little before noon, so that other facts can say that they come after it. */
export function joiningSecond({ id }: Customer): number {
  return 8 * 3600 + ((Number(id.slice(-5)) * 617) % (4 * 3600));
}
