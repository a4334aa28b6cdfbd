import { type Customer, isActive } from "./company.ts";
import { segmentsOf } from "./customers.ts";
import { purchasesOf } from "./purchases.ts";
import type { Random } from "./random.ts";
import { type CustomerSurvey, scored } from "./scores.ts";
import { type Draft, dayMilliseconds, event, type World } from "./world.ts";

/** Invitations to surveys by mail, of which some ten in a hundred are answered. */

interface Invitation {
  readonly survey: CustomerSurvey;
  readonly surveyId: string;
  readonly touchpoint: string;
  readonly customer: Customer;
  readonly day: number;
}

const askedAfterPurchase = 0.4;
const daysBetweenRelationSurveys = 120;

/** Makes the invitations with their answers. */
export function* invitationFacts(world: World): Generator<Draft> {
  const random = world.random("invitations");
  let number = 0;
  for (const invitation of invitationsOf(world, random)) {
    number += 1;
    yield* invite(world, invitation, `invitation-${number}`, random);
  }
}

function* invitationsOf(world: World, random: Random): Generator<Invitation> {
  for (const { customer, day } of purchasesOf(world)) {
    if (!random.chance(askedAfterPurchase)) continue;
    yield { survey: "csat", surveyId: "after-purchase", touchpoint: "delivery", customer, day: day + 4 };
  }
  for (const customer of world.company.customers) {
    const first = customer.joined + 45;
    for (let day = first; day < world.plan.days; day += daysBetweenRelationSurveys) {
      if (!isActive(customer, day)) continue;
      yield { survey: "nps", surveyId: "relationship", touchpoint: "account", customer, day };
    }
  }
}

/** People answer soon or not at all, and some only weeks later, when it does not count as an answer any more. */
function* invite(
  world: World,
  { survey, surveyId, touchpoint, customer, day }: Invitation,
  invitationId: string,
  random: Random,
): Generator<Draft> {
  const dimensions = { ...segmentsOf(customer), channel: "email", touchpoint };
  const about = { customerId: customer.id, surveyId, invitationId, dimensions };
  const sent = world.instant(day, random.pick([8, 9, 10, 17, 18]) * 3600 + random.int(0, 3_599));
  yield event(sent, "invitation.sent", about);
  if (!random.chance(0.12 + 0.03 * customer.temper)) return;
  const waits = random.chance(0.03) ? random.int(16, 40) : Math.min(12, random.exponential(1.3));
  const at = sent + Math.round(waits * dayMilliseconds);
  const answered = Math.floor((at - world.instant(0, 0)) / dayMilliseconds);
  const { story } = world;
  const { language } = customer;
  const answer = scored({ survey, day: answered, story, customer, language }, random);
  yield { to: "responses", at, fields: { survey, ...about, ...answer } };
}
