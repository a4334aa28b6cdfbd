import { commentIn } from "./comments.ts";
import type { Random } from "./random.ts";
import { isIn } from "./story.ts";
import { deviceOf } from "./surveys.ts";
import { type Draft, type World, wakingSecond } from "./world.ts";

/** Answers of the site's visitors: what they came for, and whether they got it done. */

const intents: readonly (readonly [string, number])[] = [
  ["Buy", 34],
  ["Compare prices", 24],
  ["Track an order", 18],
  ["Get help", 14],
  ["Just looking", 10],
];

/** Those whom the campaign brings have come to buy. */
const campaignIntents: readonly (readonly [string, number])[] = [...intents, ["Buy", 60]];

/** Makes the answers. */
export function* visitorFacts(world: World): Generator<Draft> {
  const random = world.random("visitors");
  for (let day = 0; day < world.plan.days; day += 1) {
    for (let left = random.poisson(world.sampleVolume(day, 3.5)); left > 0; left -= 1) {
      yield taskAnswer(world, day, random);
    }
    for (let left = random.poisson(world.sampleVolume(day, 3.5)); left > 0; left -= 1) {
      yield intentAnswer(world, day, random);
    }
  }
}

/** How many get done what they came for: 78 % is what usability tests find on average. */
function isDone({ story }: World, day: number, random: Random): boolean {
  const rate = isIn(story.redesign, day) ? 0.84 : 0.68;
  return random.chance(isIn(story.badRelease, day) ? rate - 0.12 : rate);
}

function taskAnswer(world: World, day: number, random: Random): Draft {
  const completed = isDone(world, day, random);
  const said = random.chance(0.15) ? commentIn("en", completed ? "good" : "bad", random) : {};
  const fields = { completed, ...(random.chance(0.5) ? { inTime: completed && random.chance(0.8) } : {}) };
  return answerOf(world, day, { survey: "task-completion", surveyId: "task", ...fields, ...said }, random);
}

function intentAnswer(world: World, day: number, random: Random): Draft {
  const choice = random.weighted(isIn(world.story.campaign, day) ? campaignIntents : intents);
  const done = random.chance(0.7) ? { completed: isDone(world, day, random) } : {};
  return answerOf(world, day, { survey: "visitor-intent", surveyId: "intent", choice, ...done }, random);
}

function answerOf(world: World, day: number, fields: Draft["fields"], random: Random): Draft {
  const dimensions = { touchpoint: "website", device: deviceOf(random) };
  const at = world.instant(day, wakingSecond(random));
  return { to: "responses", at, fields: { ...fields, dimensions } };
}
