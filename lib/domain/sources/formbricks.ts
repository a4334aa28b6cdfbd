import * as z from "zod";
import { defineProvider, nothing } from "./provider.ts";
import { hmacOf, isAnyHmac, isRecent } from "./signatures.ts";
import { type GivenAnswer, surveyOptions, surveyReading } from "./surveys.ts";
import { idSchema, timeSchema } from "./values.ts";

/** Formbricks: https://formbricks.com/docs/xm-and-surveys/core-features/integrations/webhooks; it signs by https://www.standardwebhooks.com */

const valueSchema = z.union([z.string(), z.number(), z.boolean()]);

const attributesSchema = z.record(z.string(), z.unknown()).nullish();

const responseSchema = z.object({
  id: idSchema,
  surveyId: z.string(),
  createdAt: timeSchema,
  updatedAt: timeSchema.nullish(),
  // Matrices and addresses are lists and objects: no question of one score.
  data: z.record(z.string(), z.unknown()),
  contactAttributes: attributesSchema,
  personAttributes: attributesSchema,
  contact: z.object({ userId: z.string().nullish() }).nullish(),
});

export const formbricks = defineProvider({
  name: "formbricks",
  title: "Formbricks",
  secret: "the webhook's secret, `whsec_…`",
  canBeUnsigned: false,
  options: surveyOptions,
  isSigned({ body, headers, receivedAt }, secret) {
    const { "webhook-id": id, "webhook-timestamp": time } = headers;
    if (id === undefined || !isRecent(time, receivedAt)) return false;
    const signatures = (headers["webhook-signature"] ?? "")
      .split(" ")
      .flatMap((one) => (one.startsWith("v1,") ? [one.slice("v1,".length)] : []));
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return isAnyHmac(signatures, "base64", hmacOf("sha256", key, `${id}.${time}.`, body));
  },
  read(payload, chosen) {
    const { event, data } = z.object({ event: z.string(), data: z.unknown() }).parse(payload);
    if (event !== "responseFinished") return nothing(event);
    const response = responseSchema.parse(data);
    const fields = { ...response.personAttributes, ...response.contactAttributes };
    const userId = response.contact?.userId ?? undefined;
    return surveyReading(
      {
        ...{ event, responseId: response.id, surveyId: response.surveyId },
        // What is written after it was finished changes `updatedAt`, and must not change the fact.
        ...{ submittedAt: response.createdAt, answers: plain(response.data) },
        fields: plain({ ...(userId === undefined ? {} : { userId }), ...fields }),
      },
      chosen,
    );
  },
});

function plain(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, GivenAnswer> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) => {
      const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
      const parsed = valueSchema.safeParse(one);
      return parsed.success ? [[name, parsed.data] as const] : [];
    }),
  );
}
