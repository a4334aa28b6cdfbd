import { type Draft, type World, wakingSecond } from "./world.ts";

/** Answers to a partner's survey at fairs: it asks how likely people recommend the company on 1–10, and not on 0–10. */

const scores: readonly (readonly [number, number])[] = [
  [3, 4],
  [5, 6],
  [6, 8],
  [7, 14],
  [8, 22],
  [9, 26],
  [10, 20],
];

/** Makes the answers. */
export function* fairFacts(world: World): Generator<Draft> {
  const random = world.random("fairs");
  for (let day = 0; day < world.plan.days; day += 1) {
    for (let left = random.poisson(world.sampleVolume(day, 0.6)); left > 0; left -= 1) {
      yield {
        to: "responses",
        at: world.instant(day, wakingSecond(random)),
        fields: {
          survey: "nps",
          scale: "1-10",
          surveyId: "partner-fair",
          score: random.weighted(scores),
          dimensions: { touchpoint: "fair" },
        },
      };
    }
  }
}
