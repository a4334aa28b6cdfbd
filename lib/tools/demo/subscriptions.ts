import type { Customer } from "./company.ts";
import { joiningSecond, segmentsOf } from "./customers.ts";
import type { Random } from "./random.ts";
import { type Draft, event, money, type World, wakingSecond } from "./world.ts";

/** Subscriptions of customers with a paid plan: they grow, shrink and end with the relationship. */

/** What a seat costs a month. */
const prices: Readonly<Record<string, number>> = { plus: 9, pro: 29 };

/** A year costs as much as so many months. */
const monthsOfYear = 10;

/** How many days pass between two changes, on average. */
const daysBetweenChanges = 260;

const intervals = [
  ["month", 70],
  ["quarter", 10],
  ["year", 20],
] as const;

/** Makes the facts of subscriptions. */
export function* subscriptionFacts(world: World): Generator<Draft> {
  const random = world.random("subscriptions");
  for (const customer of world.company.customers) {
    const price = prices[customer.plan];
    if (price !== undefined) yield* subscriptionOf(customer, price, world, random);
  }
}

function* subscriptionOf(customer: Customer, price: number, world: World, random: Random): Generator<Draft> {
  const { id: customerId, joined, left, returned } = customer;
  const { days } = world.plan;
  const about = { customerId, subscriptionId: `sub-${customerId}`, dimensions: segmentsOf(customer) };
  const interval = random.weighted(intervals);
  const months = { month: 1, quarter: 3, year: monthsOfYear }[interval];
  let quantity = random.int(1, 4);
  const priced = () => ({ ...about, money: money(price * months), interval, quantity });
  const spans = [
    { first: joined, last: left ?? days, second: joiningSecond(customer) + 600 },
    ...(returned === undefined ? [] : [{ first: returned, last: days, second: 86_000 }]),
  ];
  for (const { first, last, second } of spans) {
    yield event(world.instant(first, second), "subscription.started", priced());
    for (
      let day = first + 1 + Math.round(random.exponential(daysBetweenChanges));
      day < last;
      day += 1 + Math.round(random.exponential(daysBetweenChanges))
    ) {
      quantity = Math.max(1, quantity + (random.chance(0.6) ? 1 : -1));
      yield event(world.instant(day, wakingSecond(random)), "subscription.changed", priced());
    }
    if (last < days) yield event(world.instant(last, 86_300), "subscription.ended", about);
  }
}
