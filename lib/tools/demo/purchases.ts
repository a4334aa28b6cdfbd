import { type Customer, isActive } from "./company.ts";
import type { Random } from "./random.ts";
import { type Draft, event, money, type World, wakingSecond } from "./world.ts";

/** Purchases with their seasons, and refunds. */

/** Purchases of each month, January first, against the mean. */
const season = [0.8, 0.85, 0.95, 1, 1, 0.95, 0.85, 0.85, 1, 1, 1.65, 1.9] as const;

const strongest = Math.max(...season);

const medianAmount: Readonly<Record<string, number>> = { basic: 38, plus: 62, pro: 120 };

export interface Purchase {
  readonly customer: Customer;
  readonly orderId: string;
  readonly day: number;
  readonly at: number;
  readonly amount: number;
  readonly channel: string;
}

/** All purchases of known customers, customer by customer. */
export function* purchasesOf(world: World): Generator<Purchase> {
  const random = world.random("purchases");
  let number = 10_000;
  for (const customer of world.company.customers) {
    for (const day of purchaseDays(customer, world, random)) {
      const isFirst = day === customer.joined;
      const second = isFirst ? 12 * 3600 + random.int(0, 9 * 3600) : wakingSecond(random);
      number += 1;
      yield {
        ...{ customer, day, orderId: `order-${number}` },
        at: world.instant(day, second),
        amount: random.logNormal(medianAmount[customer.plan] ?? 50, 0.5),
        channel: random.weighted([
          ["web", 60],
          ["app", 32],
          ["phone", 8],
        ]),
      };
    }
  }
}

/** The days on which a customer buys: a random process whose pace follows the season. */
function* purchaseDays(customer: Customer, world: World, random: Random): Generator<number> {
  const { joined, silentFrom = Number.POSITIVE_INFINITY, purchaseGap } = customer;
  if (random.chance(0.85)) yield joined;
  const end = Math.min(silentFrom, world.plan.days);
  for (let time = joined + 1; time < end; ) {
    time += random.exponential(purchaseGap / strongest);
    const day = Math.floor(time);
    const month = Number(world.dayAt(day).slice(5, 7)) - 1;
    const isBought = random.chance((season[month] ?? 1) / strongest);
    if (isBought && time < end && isActive(customer, day)) yield day;
  }
}

/** Makes the facts of purchases and refunds. */
export function* purchaseFacts(world: World): Generator<Draft> {
  const random = world.random("refunds");
  for (const purchase of purchasesOf(world)) {
    const { customer, orderId, day, at, amount, channel } = purchase;
    // Customers in Britain pay in pounds: a second currency, which is never added to the first.
    const currency = customer.country === "GB" ? "GBP" : "EUR";
    // The plan is the customer's: no purchase repeats it.
    const dimensions = { channel, country: customer.country };
    const paid = { customerId: customer.id, orderId, dimensions };
    yield event(at, "purchase.made", { ...paid, money: money(amount, currency) });
    if (random.chance(0.04)) {
      const back = random.chance(0.7) ? amount : amount * 0.4;
      const later = world.instant(day + random.int(2, 20), wakingSecond(random));
      yield event(later, "purchase.refunded", { ...paid, money: money(back, currency) });
    }
  }
  yield* guestPurchases(world, random);
}

/** Purchases without an account: they have no customer. */
function* guestPurchases(world: World, random: Random): Generator<Draft> {
  for (let day = 0; day < world.plan.days; day += 1) {
    for (let left = random.poisson(world.volume(day, 0.5)); left > 0; left -= 1) {
      const orderId = `guest-${day}-${left}`;
      const dimensions = { channel: "web", country: "DE" };
      const at = world.instant(day, wakingSecond(random));
      yield event(at, "purchase.made", { orderId, dimensions, money: money(random.logNormal(35, 0.4)) });
    }
  }
}
