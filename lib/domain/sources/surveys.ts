import * as z from "zod";
import { dimensionNameSchema, factIdSchema } from "../facts/base.ts";
import { surveyNames, surveyScales } from "../facts/responses.ts";
import type { FreeFact, Reading } from "./provider.ts";
import { commentOf, dimensionOf } from "./values.ts";

/** Answers of survey tools: which question is which score is for an administrator to say. */

const nameSchema = z.string().min(1).max(200);

const scales = [...new Set(Object.values(surveyScales).flatMap((of) => Object.keys(of)))] as [
  string,
  ...string[],
];

const questionSchema = z.strictObject({
  question: nameSchema.meta({ description: "The question's id, or its reference where the tool has one" }),
  survey: z.enum(surveyNames).meta({ description: "What it asks for" }),
  scale: z
    .enum(scales)
    .optional()
    .meta({ description: "The scale of the score; the survey's usual one when absent" }),
  surveyId: factIdSchema
    .optional()
    .meta({ description: "Which of your surveys this is; the tool's id when absent" }),
  comment: nameSchema.optional().meta({ description: "The question whose answer is the comment" }),
  values: z.record(nameSchema, z.int().min(0).max(10)).optional().meta({
    description:
      "The scores of answers that are no numbers, by what they say; 1 and 0 for a task done and not done",
  }),
});

type Question = z.output<typeof questionSchema>;

/** The options of every survey tool. */
export const surveyOptions = z.strictObject({
  questions: z
    .array(questionSchema)
    .max(50)
    .default([])
    .meta({ description: "The questions that count. Until there are any, answers are kept as unmapped" }),
  customerField: nameSchema
    .optional()
    .meta({ description: "The hidden field or attribute that names the customer" }),
  invitationField: nameSchema.optional().meta({ description: "The one that names the invitation" }),
  ticketField: nameSchema.optional().meta({ description: "The one that names the ticket" }),
  orderField: nameSchema.optional().meta({ description: "The one that names the order" }),
  dimensionFields: z
    .record(dimensionNameSchema, nameSchema)
    .default({})
    .meta({ description: "By dimension, the field that has its value" }),
});

export type SurveyOptions = z.output<typeof surveyOptions>;

/** An answer as a tool tells it. */
export type GivenAnswer = string | number | boolean;

/** One person's answers to a survey. */
export interface AnswerSheet {
  readonly event: string;
  readonly responseId: string;
  readonly surveyId: string | undefined;
  /** RFC 3339. */
  readonly submittedAt: string;
  /** By each name that a question has. */
  readonly answers: ReadonlyMap<string, GivenAnswer>;
  /** Hidden fields and attributes of the person. */
  readonly fields: ReadonlyMap<string, GivenAnswer>;
}

/** The responses that a sheet has for the questions that count. */
export function surveyReading(sheet: AnswerSheet, options: SurveyOptions): Reading {
  const { event } = sheet;
  if (options.questions.length === 0) {
    return {
      event,
      facts: [],
      problems: ["options.questions does not say yet which question is which score"],
    };
  }
  const answered = options.questions.filter(({ question }) => sheet.answers.has(question));
  if (answered.length === 0) {
    return {
      event,
      facts: [],
      problems: ["none of the questions that options.questions names was answered"],
    };
  }
  const read = answered.map((question) => responseOf(sheet, question, options));
  return {
    event,
    facts: read.flatMap((one) => (typeof one === "string" ? [] : [one])),
    problems: read.flatMap((one) => (typeof one === "string" ? [one] : [])),
  };
}

/** @returns why it is none */
function responseOf(sheet: AnswerSheet, asked: Question, options: SurveyOptions): FreeFact | string {
  const said = saidOf(asked, sheet.answers.get(asked.question));
  if (typeof said === "string") return said;
  const field = (name: string | undefined) => {
    const value = name === undefined ? undefined : sheet.fields.get(name);
    return value === undefined || value === "" ? undefined : String(value);
  };
  const dimensions = Object.entries(options.dimensionFields).flatMap(([name, from]) => {
    const value = dimensionOf(field(from));
    return value === undefined ? [] : [[name, value] as const];
  });
  const comment = asked.comment === undefined ? undefined : sheet.answers.get(asked.comment);
  return {
    ...{ id: `${sheet.responseId}:${asked.question}`, survey: asked.survey, ...said },
    ...{ occurredAt: sheet.submittedAt, surveyId: asked.surveyId ?? idOf(sheet.surveyId) },
    // Employees are no customers.
    ...(asked.survey === "esat" ? {} : { customerId: field(options.customerField) }),
    ...{ invitationId: idOf(field(options.invitationField)) },
    ...{ ticketId: field(options.ticketField), orderId: field(options.orderField) },
    comment: comment === undefined ? undefined : commentOf(String(comment)),
    ...(dimensions.length > 0 ? { dimensions: Object.fromEntries(dimensions) } : {}),
  };
}

function idOf(text: string | undefined): string | undefined {
  return factIdSchema.safeParse(text).success ? text : undefined;
}

/** What an answer says. @returns a text where it cannot be told */
function saidOf({ question, survey, scale, values = {} }: Question, answer: GivenAnswer | undefined) {
  if (survey === "visitor-intent") {
    return { choice: dimensionOf(String(answer ?? "")) };
  }
  const label = String(answer);
  const number = Object.hasOwn(values, label)
    ? values[label]
    : typeof answer === "boolean"
      ? Number(answer)
      : numberOf(answer);
  if (number === undefined) {
    return `the answer to ${question} is no whole number: values of options.questions can say what it is worth`;
  }
  if (survey === "task-completion") return { completed: number > 0 };
  return { score: number, ...(scale === undefined ? {} : { scale }) };
}

/** The number that an answer is, or begins with: `10 - Extremely likely`. */
function numberOf(answer: GivenAnswer | undefined): number | undefined {
  if (typeof answer === "number") return Number.isInteger(answer) ? answer : undefined;
  const digits = /^(\d{1,2})(\s*[-–—:.]\s*\D.*)?$/s.exec(String(answer ?? "").trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
