import * as z from "zod";
import { addDays, beginning, earlierDay } from "../../../domain/calendar/days.ts";
import type { DayRange } from "../../../domain/calendar/intervals.ts";
import { dayOf } from "../../../domain/calendar/zones.ts";
import { customerIdSchema, factIdSchema, textSchema } from "../../../domain/facts/base.ts";
import { surveyNames } from "../../../domain/facts/responses.ts";
import { containsWords, parseWordSearch } from "../../../domain/text/search.ts";
import { defaultSettings, type Workspace } from "../../../domain/workspace/settings.ts";
import type { AnswerFilter } from "../../../store/records/fact-places.ts";
import type { StoredResponse } from "../../../store/records/responses.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";

/** By what survey responses can be chosen. */

const scoreParameter = z
  .string()
  .regex(/^(\d|10)$/, "must be an integer from 0 to 10")
  .transform(Number)
  .meta({ description: "Included; answers without a score are left out", example: "0" });

/** Yes or no. */
export const booleanParameter = z.enum(["true", "false"], { error: "must be true or false" });

/** Words to look for in a text. */
export const wordsParameter = z
  .string()
  .max(200, "must have at most 200 characters")
  .refine((text) => parseWordSearch(text) !== undefined, "must have a word to look for");

/** How words are looked for, after the name of the text. */
export const wordsDescription =
  "must all contain, in any case and with or without accents: beginnings of words, or any part where a script has no spaces";

/** Which survey's responses. */
export const surveyParameter = z.enum(surveyNames, { error: `must be one of ${surveyNames.join(", ")}` });

/** Which days' responses, and of which of the workspace's surveys. */
export const scopeParameters = {
  surveyId: factIdSchema.optional().meta({ description: "One of your surveys", example: "after-purchase" }),
  from: dayParameter.optional(),
  to: dayParameter.optional(),
};

/** The query parameters that choose responses, beside `filter.<dimension>`. */
export const responseFilterParameters = {
  survey: surveyParameter.optional(),
  ...scopeParameters,
  scoreFrom: scoreParameter.optional(),
  scoreTo: scoreParameter.optional(),
  completed: booleanParameter
    .optional()
    .meta({ description: "Whether the task, or what someone came for, was completed" }),
  choice: textSchema(100)
    .optional()
    .meta({ description: "The intent that was chosen", example: "Compare prices" }),
  hasComment: booleanParameter.optional(),
  q: wordsParameter
    .optional()
    .meta({ description: `Words that the comment ${wordsDescription}`, example: "delivery late" }),
  customerId: customerIdSchema.optional(),
  tag: textSchema(50).optional().meta({ description: "One of the response's tags" }),
};

const filterSchema = z.object(responseFilterParameters);

/** Parsed query parameters that choose responses. */
export type ResponseFilters = Partial<z.output<typeof filterSchema>>;

/**
 * The days asked for: all that the workspace has when neither end is given.
 * @throws HttpProblem 400 when they end before they begin
 */
export function resolveDays(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  workspace: Workspace,
  now: number,
): DayRange {
  // A change of the time zone leaves facts on days that are not there yet.
  const latest = addDays(dayOf(now, workspace.timeZone), 2);
  // Facts that are older than a day that was set later are still there.
  const earliest = earlierDay(workspace.earliestDay, defaultSettings.earliestDay);
  const days = { from: from ?? earliest, to: to ?? latest };
  if (from !== undefined && to !== undefined && from > to)
    throw invalidParameter("to", "must not be before from");
  // Outside of these days there are no facts, and each year would be searched.
  return {
    from: days.from < beginning ? beginning : days.from,
    to: days.to < latest ? days.to : latest,
  };
}

/** What the table itself can pass over. Finer tests stay with `responseTest`, so that several lists of a page share what they read. */
export function tableFilter({ survey, hasComment }: ResponseFilters): AnswerFilter {
  return { surveys: survey && [survey], hasComment: hasComment === "true" };
}

/**
 * Makes a test of what the filters ask for, beside the days, the customer and dimensions; `undefined` where they ask for everything.
 * @throws HttpProblem 400 when the scores end before they begin
 */
export function responseTest(filters: ResponseFilters): ((response: StoredResponse) => boolean) | undefined {
  const { survey, surveyId, scoreFrom, scoreTo, completed, choice, hasComment, q, tag } = filters;
  if (scoreFrom !== undefined && scoreTo !== undefined && scoreFrom > scoreTo) {
    throw invalidParameter("scoreTo", "must not be less than scoreFrom");
  }
  const words = q === undefined ? undefined : parseWordSearch(q);
  const tests: ((fact: StoredResponse["fact"]) => boolean)[] = [];
  if (survey !== undefined) tests.push((fact) => fact.survey === survey);
  if (surveyId !== undefined) tests.push((fact) => fact.surveyId === surveyId);
  if (scoreFrom !== undefined) tests.push((fact) => "score" in fact && fact.score >= scoreFrom);
  if (scoreTo !== undefined) tests.push((fact) => "score" in fact && fact.score <= scoreTo);
  if (completed !== undefined) {
    tests.push((fact) => "completed" in fact && fact.completed === (completed === "true"));
  }
  if (choice !== undefined) tests.push((fact) => "choice" in fact && fact.choice === choice);
  if (hasComment !== undefined) {
    tests.push(({ comment }) => (comment !== undefined) === (hasComment === "true"));
  }
  if (tag !== undefined) tests.push(({ tags }) => tags?.includes(tag) === true);
  // Last, as it costs the most.
  if (words) tests.push(({ comment }) => comment !== undefined && containsWords(words, comment));
  return tests.length === 0 ? undefined : (response) => tests.every((test) => test(response.fact));
}
