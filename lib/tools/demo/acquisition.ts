import { type Customer, isActive } from "./company.ts";
import { joiningSecond, segmentsOf } from "./customers.ts";
import type { Random } from "./random.ts";
import { isIn } from "./story.ts";
import { type Draft, event, money, type World, wakingSecond } from "./world.ts";

/** Spend on winning customers, and recommendations. */

const weekly = [
  { channel: "search", amount: 420 },
  { channel: "social", amount: 260 },
  { channel: "partner", amount: 180 },
  { channel: "email", amount: 60 },
] as const;

const campaignADay = 190;

/** Makes the facts of acquisition. */
export function* acquisitionFacts(world: World): Generator<Draft> {
  yield* spendFacts(world);
  yield* referralFacts(world);
}

function* spendFacts(world: World): Generator<Draft> {
  const random = world.random("spend");
  const size = world.plan.customers / 1_000;
  for (let day = 0; day < world.plan.days; day += 1) {
    const at = world.instant(day, 7 * 3600);
    for (const { channel, amount } of day % 7 === 0 ? weekly : []) {
      const spent = money(random.logNormal(amount * size, 0.15));
      yield event(at, "spend.recorded", { money: spent, dimensions: { channel } });
    }
    if (isIn(world.story.campaign, day)) {
      const spent = money(random.logNormal(campaignADay * size, 0.2));
      yield event(at, "spend.recorded", { money: spent, dimensions: { channel: "social" } });
    }
  }
}

/** A recommendation some days before each customer who came by one, and the same number of recommendations that lead to nothing. */
function* referralFacts(world: World): Generator<Draft> {
  const random = world.random("referrals");
  const { customers } = world.company;
  for (const [index, customer] of customers.entries()) {
    if (customer.channel !== "referral") continue;
    const sent = customer.joined - random.int(1, 6);
    const code = `R-${index + 1}`;
    const joined = world.instant(customer.joined, joiningSecond(customer));
    const referrer = someoneBefore(customers, sent, random);
    if (!referrer) continue;
    yield sending(world, referrer, sent, code, random);
    yield event(joined, "referral.converted", { customerId: customer.id, code });
    for (let left = random.int(1, 2); left > 0; left -= 1) {
      const other = someoneBefore(customers, sent, random) ?? referrer;
      yield sending(world, other, sent, `R-${index + 1}-${left}`, random);
    }
  }
}

function sending(world: World, referrer: Customer, day: number, code: string, random: Random): Draft {
  const about = { customerId: referrer.id, code, dimensions: segmentsOf(referrer) };
  return event(world.instant(day, wakingSecond(random)), "referral.sent", about);
}

/** Some customer of a day: the content ones recommend more. */
function someoneBefore(customers: readonly Customer[], day: number, random: Random): Customer | undefined {
  const there = customers.filter((customer) => customer.joined < day && isActive(customer, day));
  const content = there.filter(({ temper }) => temper > 0);
  const among = content.length > 0 ? content : there;
  return among[random.int(0, Math.max(0, among.length - 1))];
}
