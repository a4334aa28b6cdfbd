import { mentionMessage } from "./messages.ts";
import { isIn } from "./story.ts";
import { type Draft, event, money, type World } from "./world.ts";

/** Mentions of the company in public, and its share price. */

const networks = ["mastodon", "instagram", "reddit", "news"] as const;

const moods = [
  { sentiment: "positive", perDay: 5 },
  { sentiment: "neutral", perDay: 9 },
  { sentiment: "negative", perDay: 2.5 },
] as const;

const symbol = "DEMO";
const firstPrice = 20;

/** Makes the facts of the market. */
export function* marketFacts(world: World): Generator<Draft> {
  yield* mentionFacts(world);
  yield* quoteFacts(world);
}

function* mentionFacts(world: World): Generator<Draft> {
  const random = world.random("mentions");
  const words = world.random("words of mentions");
  const { film, badRelease, outage } = world.story;
  for (let day = 0; day < world.plan.days; day += 1) {
    for (const { sentiment, perDay } of moods) {
      const louder = isIn(film, day) ? 14 : 1;
      const angry = sentiment === "negative" && (isIn(badRelease, day) || isIn(outage, day)) ? 3 : 1;
      const count = random.poisson(world.sampleVolume(day, perDay) * louder * angry);
      if (count === 0) continue;
      const written = mentionMessage(sentiment, words);
      const about = { sentiment, count, ...written, dimensions: { channel: random.pick(networks) } };
      yield event(world.instant(day, 22 * 3600 + random.int(0, 3_600)), "mention.seen", about);
    }
  }
}

/** A random walk on the days of trade, with two quotes a day of which the last one counts. */
function* quoteFacts(world: World): Generator<Draft> {
  const random = world.random("quotes");
  const { badRelease, campaign } = world.story;
  let price = firstPrice;
  for (let day = 0; day < world.plan.days; day += 1) {
    const weekday = new Date(world.instant(day, 0)).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (const hour of [9, 17]) {
      const drift = isIn(badRelease, day) ? -0.006 : isIn(campaign, day) ? 0.003 : 0.0004;
      price *= Math.exp(random.normal(drift, 0.007));
      const at = world.instant(day, hour * 3600 + random.int(0, 1_200));
      yield event(at, "share.quoted", { symbol, money: money(price) });
    }
  }
}
