import { type Customer, isActive } from "./company.ts";
import { segmentsOf } from "./customers.ts";
import type { Random } from "./random.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** Where customers are in touch with the company. */

const touchpoints = ["app", "website", "newsletter", "support", "social", "store"] as const;

/** Some are all over the place for a while: fully engaged. The others look in now and then. */
const engagedShare = 0.16;
const engagedDays = 75;
const daysBetween = { engaged: 5.5, usual: 75 };

/** Makes the facts of interactions. */
export function* interactionFacts(world: World): Generator<Draft> {
  const random = world.random("interactions");
  for (const customer of world.company.customers) yield* touchesOf(customer, world, random);
}

function* touchesOf(customer: Customer, world: World, random: Random): Generator<Draft> {
  const { days } = world.plan;
  const about = { customerId: customer.id, dimensions: segmentsOf(customer) };
  let turn = random.int(0, touchpoints.length - 1);
  for (let begin = customer.joined + 1; begin < days; begin += engagedDays) {
    const isEngaged = random.chance(engagedShare + 0.1 * customer.temper);
    const mean = isEngaged ? daysBetween.engaged : daysBetween.usual;
    for (let time = begin + random.exponential(mean); time < begin + engagedDays; ) {
      const day = Math.floor(time);
      turn += 1;
      const touchpoint = touchpoints[turn % touchpoints.length] ?? "app";
      if (isActive(customer, day)) {
        yield event(world.instant(day, wakingSecond(random)), "interaction.made", { ...about, touchpoint });
      }
      // An engaged customer comes back at an even pace, everybody else by chance.
      time += isEngaged ? mean * random.logNormal(1, 0.3) : random.exponential(mean);
    }
  }
}
