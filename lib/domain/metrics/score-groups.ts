import type { ResponseFact, ScoreSurvey, SurveyName } from "../facts/responses.ts";
import { isSatisfied } from "./csat.ts";

/** Groups of answers by which comments are compared: who is unhappy, and who is happy. */

type Grouping = (scale: string, score: number) => string;

interface ScoreGroups {
  /** From the unhappiest to the happiest. */
  readonly names: readonly string[];
  readonly of: Grouping;
}

function between(
  low: number,
  high: number,
  [below, middle, above]: readonly [string, string, string],
): Grouping {
  return (_scale, score) => (score < low ? below : score > high ? above : middle);
}

const npsNames = ["detractors", "passives", "promoters"] as const;
const effortNames = ["difficult", "neutral", "easy"] as const;
const esatNames = ["dissatisfied", "neutral", "satisfied"] as const;

const ease = between(4, 4, effortNames);
const effort = between(3, 3, ["easy", "neutral", "difficult"]);
const onTen = between(6, 7, esatNames);
const onFive = between(3, 3, esatNames);

/** The groups of each survey with scores: see `answerGroups`. */
const scoreGroups: Readonly<Record<ScoreSurvey, ScoreGroups>> = {
  nps: { names: npsNames, of: between(7, 8, npsNames) },
  csat: {
    names: ["dissatisfied", "satisfied"],
    of: (scale, score) => (isSatisfied(scale, score) ? "satisfied" : "dissatisfied"),
  },
  ces: {
    names: effortNames,
    of: (scale, score) => (scale === "effort-1-5" ? effort(scale, score) : ease(scale, score)),
  },
  esat: {
    names: esatNames,
    of: (scale, score) => (scale === "1-5" ? onFive(scale, score) : onTen(scale, score)),
  },
};

const taskNames = ["not completed", "completed"] as const;

/**
 * The groups of a survey, from the unhappiest to the happiest; none for `visitor-intent`, whose groups are the intents. NPS: 0–6, 7–8,
 * 9–10. CSAT: by the metric's threshold of each scale. CES on 1–7: 1–3, 4, 5–7 (its top box); effort on 1–5 the other way round: 4–5, 3, 1–2. ESAT: 1–5,
 * 6–7, 8–10 (its top box); on 1–5: 1–2, 3, 4–5. Task completion: not completed, completed.
 */
export function answerGroups(survey: SurveyName): readonly string[] {
  if (survey === "task-completion") return taskNames;
  return survey === "visitor-intent" ? [] : scoreGroups[survey].names;
}

export function answerGroupOf(response: ResponseFact): string {
  switch (response.survey) {
    case "task-completion":
      return taskNames[response.completed ? 1 : 0];
    case "visitor-intent":
      return response.choice;
    default:
      return scoreGroups[response.survey].of(response.scale, response.score);
  }
}
