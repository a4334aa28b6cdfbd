import type { Random } from "./random.ts";
import { isIn } from "./story.ts";
import { deviceOf } from "./surveys.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** The shop's website. What happens thousands of times a day is one fact a day and group, with a count. */

const pages = [
  "/",
  "/shop/shoes",
  "/shop/bags",
  "/shop/sale",
  "/help/returns",
  "/help/sizes",
  "/checkout",
] as const;

const keywords = [
  "return shoes",
  "vegan leather bag",
  "shoe size chart",
  "winter boots",
  "demo shop",
] as const;

const devices = ["mobile", "desktop"] as const;

const sessionsPerDay = 900;

/** Makes the facts of the website. */
export function* webFacts(world: World): Generator<Draft> {
  const random = world.random("web");
  for (let day = 0; day < world.plan.days; day += 1) {
    for (const device of devices) {
      const share = device === "mobile" ? 0.6 : 0.4;
      const sessions = amount(world.volume(day, sessionsPerDay) * share * crowd(world, day), random);
      yield* sessionFacts(world, day, device, sessions, random);
      yield* pageFacts(world, day, device, 4 * sessions, random);
      yield* searchFacts(world, day, device, Math.round(0.4 * sessions), random);
    }
    yield* ctaFacts(world, day, random);
    yield* cartFacts(world, day, random);
    yield* probeFacts(world, day, random);
    if (day % 7 === 0) yield* mobileFacts(world, day, random);
  }
}

/** The campaign and the film bring people who would not have come. */
function crowd({ story }: World, day: number): number {
  return isIn(story.campaign, day) ? 1.8 : isIn(story.film, day) ? 1.6 : 1;
}

function isRedesigned({ story }: World, day: number): boolean {
  return isIn(story.redesign, day);
}

/** About so many, at least one. */
function amount(mean: number, random: Random): number {
  return Math.max(1, random.poisson(mean));
}

/** When a fact that stands for a whole day is sent: after its end has begun. */
function dayEnd(world: World, day: number, random: Random): number {
  return world.instant(day, 23 * 3600 + random.int(0, 3_500));
}

function* sessionFacts(
  world: World,
  day: number,
  device: string,
  sessions: number,
  random: Random,
): Generator<Draft> {
  const rate = (isRedesigned(world, day) ? 0.39 : 0.5) + random.normal(0, 0.02);
  const bounced = Math.min(sessions, Math.round(sessions * Math.max(0, rate)));
  const dimensions = { device };
  const page = random.pick(pages);
  if (bounced > 0) {
    const seen = { pages: 1, seconds: random.int(5, 40), page, exitPage: page };
    yield event(dayEnd(world, day, random), "session.ended", { ...seen, count: bounced, dimensions });
  }
  if (sessions - bounced > 0) {
    const seen = { pages: random.int(3, 8), seconds: random.int(90, 420) };
    const way = { page: random.pick(pages), exitPage: random.pick(pages) };
    const at = dayEnd(world, day, random);
    yield event(at, "session.ended", { ...seen, ...way, count: sessions - bounced, dimensions });
  }
}

const speeds = [
  { share: 0.5, milliseconds: 1_100 },
  { share: 0.35, milliseconds: 1_900 },
  { share: 0.15, milliseconds: 4_200 },
] as const;

function* pageFacts(
  world: World,
  day: number,
  device: string,
  loads: number,
  random: Random,
): Generator<Draft> {
  const slower = (isIn(world.story.badRelease, day) ? 1.7 : 1) * (device === "mobile" ? 1.25 : 1);
  for (const { share, milliseconds } of speeds) {
    const taken = Math.round(random.logNormal(milliseconds * slower, 0.12));
    const count = Math.max(1, Math.round(loads * share));
    const page = random.pick(pages);
    // Most come from another page of the shop.
    const previousPage = pages[(pages.indexOf(page) + 1 + (day % 3)) % pages.length];
    const about = { milliseconds: taken, page, previousPage, count, dimensions: { device } };
    yield event(dayEnd(world, day, random), "page.loaded", about);
  }
}

function* searchFacts(
  world: World,
  day: number,
  device: string,
  visits: number,
  random: Random,
): Generator<Draft> {
  if (visits === 0) return;
  const about = { keyword: random.pick(keywords), page: random.pick(pages), dimensions: { device } };
  yield event(dayEnd(world, day, random), "search.landed", { ...about, count: visits });
}

const ctas = [
  { cta: "newsletter-sign-up", page: "/", rate: 0.03 },
  { cta: "add-to-cart", page: "/shop/shoes", rate: 0.09 },
] as const;

function* ctaFacts(world: World, day: number, random: Random): Generator<Draft> {
  const better = isRedesigned(world, day) ? 1.3 : 1;
  for (const { cta, page, rate } of ctas) {
    const views = amount(world.volume(day, 420) * crowd(world, day), random);
    const clicks = Math.min(views, random.poisson(views * rate * better));
    const at = dayEnd(world, day, random);
    const about = { cta, page, dimensions: { device: deviceOf(random) } };
    yield event(at, "cta.viewed", { ...about, count: views });
    if (clicks > 0) yield event(at + 1000, "cta.clicked", { ...about, count: clicks });
  }
}

function* cartFacts(world: World, day: number, random: Random): Generator<Draft> {
  const bought = isRedesigned(world, day) ? 0.42 : 0.29;
  for (let left = random.poisson(world.sampleVolume(day, 4.5)); left > 0; left -= 1) {
    const about = { cartId: `cart-${day}-${left}`, dimensions: { device: deviceOf(random), channel: "web" } };
    const at = world.instant(day, wakingSecond(random));
    yield event(at, "cart.started", about);
    if (!random.chance(bought)) continue;
    // Some think it over for longer than a cart stays open.
    const minutes = random.chance(0.06) ? random.int(1_500, 4_000) : random.int(2, 90);
    yield event(at + minutes * 60_000, "cart.bought", about);
  }
}

const minutesADay = 1_440;

/** A monitor asks once a minute. */
function* probeFacts(world: World, day: number, random: Random): Generator<Draft> {
  const isOut = isIn(world.story.outage, day);
  const failed = isOut ? 6 * 60 + random.int(0, 30) : random.chance(0.12) ? random.int(1, 4) : 0;
  const target = "shop.example";
  const at = dayEnd(world, day, random);
  yield event(at, "probe.checked", { target, up: true, count: minutesADay - failed });
  if (failed > 0) yield event(at + 1000, "probe.checked", { target, up: false, count: failed });
}

function* mobileFacts(world: World, day: number, random: Random): Generator<Draft> {
  const level = isRedesigned(world, day) ? 88 : 71;
  for (const page of pages.slice(0, 4)) {
    const score = Math.min(100, Math.max(0, Math.round(random.normal(level, 4))));
    yield event(world.instant(day, 4 * 3600), "mobile.scored", { score, page });
  }
}
