import * as z from "zod";
import { defineProvider, nothing } from "./provider.ts";
import { hmacOf, isHmac } from "./signatures.ts";
import { type GivenAnswer, surveyOptions, surveyReading } from "./surveys.ts";
import { idSchema, optionalTextSchema, timeSchema } from "./values.ts";

/**
 * SurveyMonkey: https://api.surveymonkey.com/v3/docs#webhook-callbacks. A callback says that somebody has answered, and not what:
 * the answers are asked for with an access token.
 */

const hosts = {
  us: "https://api.surveymonkey.com",
  eu: "https://api.eu.surveymonkey.com",
  ca: "https://api.surveymonkey.ca",
} as const;

const options = surveyOptions.extend({
  region: z.enum(["us", "eu", "ca"]).default("us").meta({ description: "Where the account's data is kept" }),
});

const numberIdSchema = z.union([z.string().regex(/^\d{1,20}$/), z.int().min(0).transform(String)]);

const callbackSchema = z.object({
  event_type: z.string(),
  object_id: numberIdSchema,
  resources: z.object({ survey_id: numberIdSchema }),
});

const answerSchema = z.object({
  choice_id: z.string().nullish(),
  text: optionalTextSchema,
  simple_text: optionalTextSchema,
  choice_metadata: z.object({ weight: z.union([z.string(), z.number()]).nullish() }).nullish(),
});

const detailsSchema = z.object({
  id: idSchema,
  survey_id: idSchema,
  date_modified: timeSchema,
  custom_variables: z.record(z.string(), z.string()).nullish(),
  metadata: z
    .object({ contact: z.record(z.string(), z.object({ value: z.string().nullish() })).nullish() })
    .nullish(),
  pages: z
    .array(
      z.object({ questions: z.array(z.object({ id: idSchema, answers: z.array(answerSchema) })).nullish() }),
    )
    .nullish(),
});

export const surveyMonkey = defineProvider({
  name: "surveymonkey",
  title: "SurveyMonkey",
  secret: "the app's client id and secret with an ampersand between them, `<client id>&<secret>`",
  canBeUnsigned: false,
  options,
  isSigned: ({ body, headers }, secret) =>
    isHmac(headers["sm-signature"], "base64", hmacOf("sha1", secret, body)),
  details(payload, chosen) {
    const callback = callbackSchema.safeParse(payload);
    if (!callback.success || callback.data.event_type !== "response_completed") return undefined;
    const { object_id, resources } = callback.data;
    return `${hosts[chosen.region]}/v3/surveys/${resources.survey_id}/responses/${object_id}/details?simple=true`;
  },
  read(payload, chosen) {
    const { event_type: event, details } = z
      .object({ event_type: z.string(), details: z.unknown().optional() })
      .parse(payload);
    if (event !== "response_completed") return nothing(event);
    if (details === undefined) {
      const problem = "the answers could not be asked for: the source has no accessToken";
      return { event, facts: [], problems: [problem] };
    }
    const response = detailsSchema.parse(details);
    const contact = Object.entries(response.metadata?.contact ?? {}).map(
      ([name, { value }]) => [name, value ?? ""] as const,
    );
    return surveyReading(
      {
        ...{ event, responseId: response.id, surveyId: response.survey_id },
        ...{ submittedAt: response.date_modified, answers: answersOf(response) },
        fields: new Map([...contact, ...Object.entries(response.custom_variables ?? {})]),
      },
      chosen,
    );
  },
});

function answersOf({ pages }: z.output<typeof detailsSchema>): ReadonlyMap<string, GivenAnswer> {
  const questions = (pages ?? []).flatMap((page) => page.questions ?? []);
  return new Map(
    questions.flatMap(({ id, answers }) => {
      const [first] = answers;
      const value = first?.choice_metadata?.weight ?? first?.simple_text ?? first?.text;
      return value === undefined || value === null ? [] : [[id, value] as const];
    }),
  );
}
