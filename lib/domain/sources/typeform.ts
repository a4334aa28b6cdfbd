import * as z from "zod";
import { defineProvider, nothing } from "./provider.ts";
import { after, hmacOf, isHmac } from "./signatures.ts";
import { type GivenAnswer, surveyOptions, surveyReading } from "./surveys.ts";
import { idSchema, timeSchema } from "./values.ts";

/** Typeform: https://www.typeform.com/developers/webhooks/secure-your-webhooks/, …/example-payload/ */

const labelSchema = z.object({ label: z.string().nullish(), other: z.string().nullish() });

const answerSchema = z.object({
  type: z.string(),
  field: z.object({ id: z.string(), ref: z.string().nullish() }),
  text: z.string().optional(),
  email: z.string().optional(),
  number: z.number().optional(),
  boolean: z.boolean().optional(),
  choice: labelSchema.optional(),
  choices: z.object({ labels: z.array(z.string()).nullish() }).optional(),
});

const formSchema = z.object({
  form_id: z.string(),
  token: idSchema,
  submitted_at: timeSchema,
  hidden: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  answers: z.array(answerSchema).max(1_000).nullish(),
});

export const typeform = defineProvider({
  name: "typeform",
  title: "Typeform",
  secret: "the secret that you enter with the webhook",
  canBeUnsigned: false,
  options: surveyOptions,
  isSigned: ({ body, headers }, secret) =>
    isHmac(after("sha256=", headers["typeform-signature"]), "base64", hmacOf("sha256", secret, body)),
  read(payload, chosen) {
    const { event_type: event, form_response } = z
      .object({ event_type: z.string(), form_response: z.unknown() })
      .parse(payload);
    if (event !== "form_response") return nothing(event);
    const form = formSchema.parse(form_response);
    const answers = (form.answers ?? []).flatMap((answer) => {
      const value = givenBy(answer);
      const names = [answer.field.id, answer.field.ref].filter((name) => typeof name === "string");
      return value === undefined ? [] : names.map((name) => [name, value] as const);
    });
    return surveyReading(
      {
        ...{ event, responseId: form.token, surveyId: form.form_id, submittedAt: form.submitted_at },
        ...{ answers: new Map(answers), fields: new Map(Object.entries(form.hidden ?? {})) },
      },
      chosen,
    );
  },
});

function givenBy(answer: z.output<typeof answerSchema>): GivenAnswer | undefined {
  const { text, email, number, boolean, choice, choices } = answer;
  return (
    number ??
    boolean ??
    text ??
    email ??
    choice?.label ??
    choice?.other ??
    choices?.labels?.join(", ") ??
    undefined
  );
}
