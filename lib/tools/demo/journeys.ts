import { type Customer, isActive } from "./company.ts";
import { joiningSecond, segmentsOf } from "./customers.ts";
import type { Random } from "./random.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** The way of customers, and of those who never become one, through the stages of a journey. */

/** For each customer so many others look around. */
const leadsPerCustomer = 1.1;

/** Makes the entries into stages. */
export function* journeyFacts(world: World): Generator<Draft> {
  const random = world.random("journeys");
  for (const customer of world.company.customers) yield* customerJourney(world, customer, random);
  const leads = Math.round(world.plan.customers * leadsPerCustomer);
  for (let lead = 1; lead <= leads; lead += 1) yield* leadJourney(world, lead, random);
}

function* customerJourney(world: World, customer: Customer, random: Random): Generator<Draft> {
  const { id: customerId, joined } = customer;
  const enter = (day: number, second: number, stage: string) =>
    event(world.instant(day, second), "stage.entered", {
      customerId,
      stage,
      dimensions: segmentsOf(customer),
    });
  const considered = joined - random.int(1, 12);
  yield enter(considered - random.int(2, 25), wakingSecond(random), "awareness");
  yield enter(considered, wakingSecond(random), "consideration");
  yield enter(joined, joiningSecond(customer), "decision");
  const stays = joined + random.int(40, 100);
  if (!isActive(customer, stays) || random.chance(0.2)) return;
  yield enter(stays, wakingSecond(random), "retention");
  const recommends = stays + random.int(20, 160);
  if (!isActive(customer, recommends) || !random.chance(0.3 + 0.3 * customer.temper)) return;
  yield enter(recommends, wakingSecond(random), "advocacy");
}

function* leadJourney(world: World, lead: number, random: Random): Generator<Draft> {
  const day = random.int(0, world.plan.days - 1);
  const about = {
    customerId: `demo-lead-${lead}`,
    dimensions: { channel: random.pick(["search", "social"]) },
  };
  const enter = (later: number, stage: string) =>
    event(world.instant(day + later, wakingSecond(random)), "stage.entered", { ...about, stage });
  yield enter(0, "awareness");
  if (random.chance(0.45)) yield enter(random.int(1, 20), "consideration");
}
