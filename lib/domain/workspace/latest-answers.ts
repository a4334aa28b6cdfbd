import * as z from "zod";
import { factIdSchema } from "../facts/base.ts";
import type { Fact } from "../facts/parse.ts";
import { surveyNames } from "../facts/responses.ts";

/** Surveys of which only the latest answer of an invitation counts. */

/** At most so many: each answer is compared with all of them. */
const maxSurveys = 20;

const surveySchema = z
  .strictObject({
    survey: z
      .enum(surveyNames, { error: `must be one of ${surveyNames.join(", ")}` })
      .optional()
      .meta({ description: "What it asks for: any where absent" }),
    surveyId: factIdSchema.optional().meta({ description: "Which of your surveys: any where absent" }),
  })
  .refine(
    ({ survey, surveyId }) => survey !== undefined || surveyId !== undefined,
    "must have survey, surveyId or both",
  );

/** The setting. */
export const latestAnswersSchema = z
  .array(surveySchema, { error: "must be a list of surveys" })
  .max(maxSurveys, `must name at most ${maxSurveys} surveys`)
  .refine(
    (surveys) =>
      new Set(surveys.map(({ survey, surveyId }) => `${survey ?? ""}\n${surveyId ?? ""}`)).size ===
      surveys.length,
    "must not name a survey twice",
  )
  .meta({
    description:
      'Surveys of which only the latest answer of an invitation counts: their answers with `invitationId` are taken as if they said `latest: "invitation"`. Answers with different `surveyId` are answers to different surveys: both count. Not those that name what they replace (`supersedes`), nor those of keys that may not replace facts. It holds for answers that are recorded from then on',
    example: [{ survey: "csat", surveyId: "after-order" }],
  });

/** The surveys that a workspace names. */
export type LatestAnswers = z.output<typeof latestAnswersSchema>;

/** Whether a fact, which does not say so itself, is an answer of which only the latest one of its invitation counts. */
export function isLatestAnswer(fact: Fact, surveys: LatestAnswers): boolean {
  if (fact.type !== "response" || fact.invitationId === undefined) return false;
  if (fact.latest !== undefined || fact.supersedes !== undefined) return false;
  return surveys.some(
    ({ survey = fact.survey, surveyId = fact.surveyId }) =>
      survey === fact.survey && surveyId === fact.surveyId,
  );
}
