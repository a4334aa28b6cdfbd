import { answersAfter } from "./after-tickets.ts";
import { type Customer, isActive } from "./company.ts";
import { ticketMessage } from "./messages.ts";
import type { Random } from "./random.ts";
import { isIn } from "./story.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** Customer service: tickets, calls that wait in a queue, and the articles of the knowledge base. */

const agents = ["Ada", "Bruno", "Chidi", "Dana", "Emil", "Fumi", "Greta", "Hugo"] as const;

const categories: readonly (readonly [string, number])[] = [
  ["delivery", 30],
  ["returns", 20],
  ["billing", 16],
  ["product", 16],
  ["login", 10],
  ["app", 8],
];

/** In the bad release most tickets are about the app. */
const releaseCategories: readonly (readonly [string, number])[] = [...categories, ["app", 120]];

/** Where tickets come from, and the minutes after which half of them have their first reply. */
const channels: readonly (readonly [{ readonly channel: string; readonly minutes: number }, number])[] = [
  [{ channel: "email", minutes: 95 }, 46],
  [{ channel: "chat", minutes: 4 }, 34],
  [{ channel: "form", minutes: 130 }, 20],
];

const medianHours = 6;
const articles = 48;

/** Makes the facts of customer service. */
export function* serviceFacts(world: World): Generator<Draft> {
  const random = world.random("service");
  const answers = world.random("answered calls");
  yield* articleFacts(world, random);
  for (let day = 0; day < world.plan.days; day += 1) {
    const isHarder = isIn(world.story.badRelease, day);
    const active = world.company.customers.filter((customer) => isActive(customer, day));
    const tickets = random.poisson(world.sampleVolume(day, isHarder ? 8 : 3));
    for (let left = tickets; left > 0; left -= 1) {
      yield* ticketFacts(world, day, `ticket-${day}-${left}`, someone(active, random), random);
    }
    const calls = random.poisson(world.sampleVolume(day, isHarder ? 7 : 3.5));
    for (let left = calls; left > 0; left -= 1) {
      yield* callFacts(world, day, `call-${day}-${left}`, random, answers);
    }
  }
}

function someone(active: readonly Customer[], random: Random): Customer | undefined {
  return random.chance(0.9) ? active[random.int(0, Math.max(0, active.length - 1))] : undefined;
}

function* ticketFacts(
  world: World,
  day: number,
  ticketId: string,
  customer: Customer | undefined,
  random: Random,
): Generator<Draft> {
  const isHarder = isIn(world.story.badRelease, day);
  const slower = isHarder ? 2.6 : 1;
  const { channel, minutes } = random.weighted(channels);
  const category = random.weighted(isHarder ? releaseCategories : categories);
  const dimensions = { channel, category, agent: random.pick(agents), touchpoint: "support" };
  const about = { ticketId, ...(customer ? { customerId: customer.id } : {}), dimensions };
  const opened = world.instant(day, wakingSecond(random));
  // Its own numbers, so that it changes nothing of what else happens.
  const message = ticketMessage(category, world.random(`message ${ticketId}`));
  yield event(opened, "ticket.opened", { ...about, ...message });
  let at = opened + minutesLater(minutes * slower, 0.8, random);
  const contacts = 1 + random.poisson(isHarder ? 1.1 : 0.4);
  for (let contact = 0; contact < contacts; contact += 1) {
    yield event(at, "ticket.replied", about);
    at += minutesLater((60 * medianHours * slower) / contacts, 0.7, random);
  }
  if (random.chance(0.02)) return;
  yield event(at, "ticket.resolved", { ...about, ...(random.chance(0.7) ? { contacts } : {}) });
  yield* answersAfter({ ticketId, day, resolvedAt: at, customer }, world);
  if (random.chance(0.16)) {
    const articleId = `article-${random.int(1, articles)}`;
    yield event(at - 60_000, "article.used", { articleId, ticketId });
  }
  if (!random.chance(isHarder ? 0.16 : 0.06)) return;
  const reopened = at + minutesLater(60 * 40, 0.6, random);
  yield event(reopened, "ticket.reopened", about);
  yield event(reopened + minutesLater(60 * 9, 0.6, random), "ticket.resolved", about);
}

/** A log-normal time, in milliseconds. */
function minutesLater(medianMinutes: number, spread: number, random: Random): number {
  return Math.max(20, Math.round(60 * random.logNormal(medianMinutes, spread))) * 1000;
}

/** How often callers are passed on. */
const passedOn: readonly (readonly [number, number])[] = [
  [0, 70],
  [1, 22],
  [2, 8],
];

function* callFacts(
  world: World,
  day: number,
  callId: string,
  random: Random,
  answers: Random,
): Generator<Draft> {
  const dimensions = { channel: "phone", category: random.weighted(categories) };
  const at = world.instant(day, 8 * 3600 + random.int(0, 10 * 3600));
  yield event(at, "call.queued", { callId, dimensions });
  const isHarder = isIn(world.story.badRelease, day);
  if (random.chance(isHarder ? 0.24 : 0.07)) {
    yield event(at + minutesLater(3, 0.5, random), "call.abandoned", { callId, dimensions });
    return;
  }
  const seconds = Math.round(answers.logNormal(isHarder ? 70 : 16, 0.9));
  const transfers = answers.weighted(passedOn);
  yield event(at + seconds * 1_000, "call.answered", { callId, dimensions, seconds, transfers });
}

/** Articles are written over the years, and improved now and then. */
function* articleFacts(world: World, random: Random): Generator<Draft> {
  for (let number = 1; number <= articles; number += 1) {
    const agent = random.pick(agents);
    const day = Math.floor((world.plan.days * (number - 1)) / articles);
    const about = { articleId: `article-${number}`, dimensions: { category: random.weighted(categories) } };
    yield event(world.instant(day, 10 * 3600), "article.written", { ...about, agent });
    for (let left = random.int(0, 3); left > 0; left -= 1) {
      const later = random.int(day + 5, day + 200);
      yield event(world.instant(later, 15 * 3600), "article.written", {
        ...about,
        agent: random.pick(agents),
      });
    }
  }
}
