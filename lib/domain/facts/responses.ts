import * as z from "zod";
import {
  baseFields,
  customerIdSchema,
  dimensionValueSchema,
  type FactBase,
  factIdSchema,
  orderIdSchema,
  textSchema,
  ticketIdSchema,
} from "./base.ts";

/** Survey responses. */

/** The scales of each survey, the default first: name → lowest and highest score, both included. */
export const surveyScales = {
  nps: { "0-10": [0, 10], "1-10": [1, 10] },
  csat: {
    "1-5": [1, 5],
    "1-3": [1, 3],
    "1-4": [1, 4],
    "1-6": [1, 6],
    "1-7": [1, 7],
    "1-10": [1, 10],
    "0-10": [0, 10],
    "0-5": [0, 5],
  },
  ces: { "1-7": [1, 7], "effort-1-5": [1, 5] },
  esat: { "1-10": [1, 10], "1-5": [1, 5] },
} as const satisfies Record<string, Record<string, readonly [number, number]>>;

/** A survey that asks for a score. */
export type ScoreSurvey = keyof typeof surveyScales;

/** At most so many characters (code points) of a comment are taken. */
export const maxCommentLength = 5_000;

const responseFields = {
  ...baseFields,
  surveyId: factIdSchema.optional().meta({ description: "Which of your surveys was answered" }),
  invitationId: factIdSchema.optional().meta({ description: "The invitation that was answered" }),
  latest: z.literal("invitation", { error: "must be invitation" }).optional().meta({
    description:
      "`invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey",
  }),
  ticketId: ticketIdSchema.optional().meta({
    description:
      "The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own",
    example: "INC0000045",
  }),
  orderId: orderIdSchema.optional().meta({
    description:
      "The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken",
    example: "536365",
  }),
  comment: textSchema(maxCommentLength, { multiline: true })
    .optional()
    .meta({ description: "At most 5,000 characters" }),
  tags: z.array(textSchema(50)).max(20, "must have at most 20 tags").optional(),
};

/**
 * The error of a score that is out of range: it names the range of the survey and the scale that stand beside it.
 * @param input what was sent as a response
 */
export function scoreError(input: unknown): string {
  const { survey, scale } = fieldsOf(input);
  const scales = entryOf<Readonly<Record<string, Range>>>(surveyScales, survey) ?? {};
  const range = entryOf<Range>(scales, scale === undefined ? Object.keys(scales)[0] : scale);
  return range === undefined ? "must be an integer of the scale" : outside(range);
}

/** The lowest and the highest score of a scale, both included. */
type Range = readonly [from: number, to: number];

function outside([from, to]: Range): string {
  return `must be an integer from ${from} to ${to}`;
}

function fieldsOf(input: unknown): { readonly survey?: unknown; readonly scale?: unknown } {
  return typeof input === "object" && input !== null ? input : {};
}

/** An own entry by a name that anybody may have sent. */
function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: unknown): Entry | undefined {
  return typeof name === "string" && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function scoreSchema<const Survey extends ScoreSurvey>(survey: Survey) {
  const scales: Readonly<Record<string, Range>> = surveyScales[survey];
  const names = Object.keys(scales) as [string, ...string[]];
  const lowest = Math.min(...Object.values(scales).map(([from]) => from));
  const highest = Math.max(...Object.values(scales).map(([, to]) => to));
  const { customerId, ...rest } = { customerId: customerIdSchema.optional(), ...responseFields };
  return z
    .strictObject({
      survey: z.literal(survey),
      // Employees are no customers.
      ...(survey === "esat" ? rest : { customerId, ...rest }),
      scale: z
        .enum(names, { error: `must be one of ${names.join(", ")}` })
        .optional()
        .meta({ description: `${names[0]} when absent` }),
      score: z
        .int()
        .meta({ description: "Within the scale, both ends included", minimum: lowest, maximum: highest }),
    })
    .superRefine(({ scale, score }, context) => {
      const range = scales[scale ?? names[0]] ?? [lowest, highest];
      if (score < range[0] || score > range[1]) {
        context.addIssue({ code: "custom", path: ["score"], message: outside(range) });
      }
    });
}

const answererFields = { customerId: customerIdSchema.optional(), ...responseFields };

const completedSchema = z
  .boolean({ error: "must be true or false" })
  .meta({ description: "Whether what the visitor came for was done" });

const taskSchema = z
  .strictObject({
    survey: z.literal("task-completion"),
    completed: completedSchema,
    inTime: z.boolean({ error: "must be true or false" }).optional().meta({
      description: "Whether it was done in the time that it may take; only of a completed task true",
    }),
    ...answererFields,
  })
  .refine(({ completed, inTime }) => completed || inTime !== true, {
    path: ["inTime"],
    message: "must not be true where the task was not completed",
  });

const intentSchema = z.strictObject({
  survey: z.literal("visitor-intent"),
  choice: dimensionValueSchema.meta({
    description:
      "What the visitor came for, as it was chosen among the answers offered: at most 100 characters. A workspace's first 30 are counted by name, the others as `(other)`.",
    example: "Compare prices",
  }),
  completed: completedSchema.optional(),
  ...answererFields,
});

/** The surveys that ask for a score. */
const scoreSurveys = Object.keys(surveyScales) as ScoreSurvey[];

/** Every survey, in the order in which the documentation lists them. */
export const surveyNames = [...scoreSurveys, "task-completion", "visitor-intent"] as const;

export type SurveyName = (typeof surveyNames)[number];

/** The survey of this name; undefined where there is none: a metric that a survey asks for has its name. */
export function surveyOf(name: string): SurveyName | undefined {
  return surveyNames.find((survey) => survey === name);
}

/** One survey response as a client sends it. */
export const responseSchema = z
  .discriminatedUnion(
    "survey",
    [
      scoreSchema("nps").meta({ id: "NpsResponse" }),
      scoreSchema("csat").meta({ id: "CsatResponse" }),
      scoreSchema("ces").meta({ id: "CesResponse" }),
      scoreSchema("esat").meta({ id: "EsatResponse" }),
      taskSchema.meta({ id: "TaskCompletionResponse" }),
      intentSchema.meta({ id: "VisitorIntentResponse" }),
    ],
    { error: `must be one of ${surveyNames.join(", ")}` },
  )
  .meta({ id: "SurveyResponse", description: "One answer to a survey" });

interface ResponseBase extends FactBase {
  readonly type: "response";
  readonly survey: SurveyName;
  readonly surveyId?: string;
  readonly invitationId?: string;
  /** Only the latest answer of the invitation counts. */
  readonly latest?: "invitation";
  readonly ticketId?: string;
  readonly orderId?: string;
  readonly comment?: string;
  readonly tags?: readonly string[];
}

/** A parsed response with a score. */
export interface ScoreResponse extends ResponseBase {
  readonly survey: ScoreSurvey;
  readonly scale: string;
  readonly score: number;
}

/** A parsed response that says whether a task was completed. */
export interface TaskResponse extends ResponseBase {
  readonly survey: "task-completion";
  readonly completed: boolean;
  readonly inTime?: boolean;
}

/** A parsed response that says what someone came for. */
export interface IntentResponse extends ResponseBase {
  readonly survey: "visitor-intent";
  readonly choice: string;
  readonly completed?: boolean;
}

/** A parsed survey response. */
export type ResponseFact = ScoreResponse | TaskResponse | IntentResponse;

/** The default scale of a survey. */
export function defaultScale(survey: ScoreSurvey): string {
  return Object.keys(surveyScales[survey])[0] ?? "";
}
