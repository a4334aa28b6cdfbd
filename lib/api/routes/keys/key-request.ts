import * as z from "zod";
import { dimensionNameSchema, instantSchema, textSchema } from "../../../domain/facts/base.ts";
import { eventTypes } from "../../../domain/facts/events.ts";
import { surveyNames } from "../../../domain/facts/responses.ts";
import { anything, publicRules, type SenderRules } from "../../../domain/facts/sender-rules.ts";
import { maxCountOfFact } from "../../../domain/facts/web.ts";
import { deploymentLimits, type KeyLimits, publicLimits } from "../../../store/settings/api-keys.ts";

/** The body of `POST /v1/keys`: who may use the key, which facts it may send, and how many. */

const originSchema = z
  .string()
  .max(200)
  .refine(isOrigin, "must be a web origin, for example https://shop.example")
  .meta({ example: "https://shop.example" });

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function wholeSchema(from: number, to: number, description: string) {
  const error = `must be an integer from ${from} to ${to}, or null`;
  return z.int({ error }).min(from, error).max(to, error).nullable().optional().meta({ description });
}

function listOf<const Names extends readonly [string, ...string[]]>(names: Names, description: string) {
  return z
    .array(z.enum(names, { error: `must be one of ${names.join(", ")}` }))
    .refine((list) => new Set(list).size === list.length, "must not name anything twice")
    .nullable()
    .optional()
    .meta({ description });
}

const publicText = (list: readonly string[] | null) => (list ?? []).map((name) => `\`${name}\``).join(", ");

/** Rules for the facts that a key may send. */
const ruleFields = {
  eventTypes: listOf(
    eventTypes as [string, ...string[]],
    `Types of events that it may send; null for all. A public key: ${publicText(publicRules.eventTypes)} when absent`,
  ),
  surveys: listOf(
    surveyNames as unknown as [string, ...string[]],
    `Surveys whose answers it may send; null for all. A public key: ${publicText(publicRules.surveys)} when absent`,
  ),
  dimensions: z
    .record(dimensionNameSchema, z.array(textSchema(100)).max(50, "must have at most 50 values").nullable(), {
      error: "must be an object of names and lists of values, or null",
    })
    .refine((allowed) => Object.keys(allowed).length <= 10, "must have at most 10 dimensions")
    .nullable()
    .optional()
    .meta({
      description:
        "Dimensions that it may send, each with the values that it may send, null for any; null for all dimensions. Values that are named here count by name like those of senders who are trusted",
      example: { channel: ["web", "app"], page: null },
    }),
  maxAgeDays: wholeSchema(
    0,
    36_500,
    `How many days before today a fact may lie; null for any. A public key: ${publicRules.maxAgeDays} when absent`,
  ),
  maxCount: wholeSchema(
    1,
    maxCountOfFact,
    `The largest \`count\` of an event; null for any. A public key: ${publicRules.maxCount} when absent`,
  ),
  maxAmount: wholeSchema(
    0,
    999_999_999_999,
    `The largest amount of money, in whole units of its currency; null for any. A public key: ${publicRules.maxAmount} when absent`,
  ),
  customers: z.boolean({ error: "must be true or false" }).optional().meta({
    description: "Whether its facts may name customers. A public key: false when absent",
  }),
  replaces: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Whether its facts may replace earlier ones of the same sender, with `supersedes` or `latest`. All visitors share a public key: whoever knows the id of another one's fact, or an invitation's, could replace what was said. A public key: false when absent",
  }),
};

/** How much a key may ask of the service. */
const limitFields = {
  requestsPerSecond: wholeSchema(
    1,
    10_000,
    `Requests a second, over 10 seconds; null for what the deployment allows. A public key: ${publicLimits.requestsPerSecond} when absent`,
  ),
  requestsPerDay: wholeSchema(
    1,
    1_000_000_000,
    `Requests a day (UTC); null for any number. A public key: ${publicLimits.requestsPerDay} when absent`,
  ),
  unitsPerSecond: wholeSchema(
    1,
    1_000_000,
    `Units of the table a second, over 10 seconds: read units, and 5 for each write unit, as it costs 5 times as much; null for what the service allows. A public key: ${publicLimits.unitsPerSecond} when absent`,
  ),
  unitsPerDay: wholeSchema(
    1,
    100_000_000_000,
    `The same units a day (UTC); null for any number. A public key: ${publicLimits.unitsPerDay} when absent`,
  ),
};

/** Rules are handed from the authorizer to each function: in so many bytes of JSON they fit beside everything else. */
const maxRuleBytes = 4_096;

/** The body of `POST /v1/keys`. */
export const keyRequestSchema = z
  .strictObject({
    name: textSchema(100).meta({ description: "What it is for", example: "web shop" }),
    scopes: z
      .array(z.enum(["ingest", "read", "admin"], { error: "must be one of ingest, read, admin" }))
      .min(1, "must name at least one scope")
      .refine((scopes) => new Set(scopes).size === scopes.length, "must not name a scope twice")
      .meta({ description: "ingest: write facts; read: read answers; admin: everything" }),
    origins: z.array(originSchema).max(20, "must have at most 20 origins").optional().meta({
      description:
        "The key may be used from these web origins alone, and is public; for keys with the scope ingest only",
    }),
    public: z.boolean({ error: "must be true or false" }).optional().meta({
      description:
        "Whether strangers can read the key, in a page or an app: its facts get ids of their own and may say little unless the fields below allow more. True for a key with origins; for keys with the scope ingest only",
    }),
    expiresAt: instantSchema
      .optional()
      .meta({ description: "From then on it is refused; never when absent" }),
    ...ruleFields,
    ...limitFields,
  })
  .superRefine((request, context) => {
    const { scopes, origins = [], public: isPublic } = request;
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const isIngest = scopes.length === 1 && scopes[0] === "ingest";
    if (!isIngest && origins.length > 0)
      refuse("origins", "only a key with the scope ingest alone can be limited to origins");
    if (!isIngest && isPublic === true)
      refuse("public", "only a key with the scope ingest alone can be public");
    if (origins.length > 0 && isPublic === false) refuse("public", "a key with origins is public");
    const ruled = Object.keys(ruleFields).find((name) => request[name as keyof typeof request] !== undefined);
    if (!isIngest && ruled !== undefined)
      refuse(ruled, "only a key with the scope ingest alone can be limited in what it sends");
    const rules = rulesOf(request);
    if (Buffer.byteLength(JSON.stringify(rules)) > maxRuleBytes)
      refuse("dimensions", `must be shorter: what a key may send takes at most ${maxRuleBytes} bytes`);
  })
  .meta({ id: "KeyRequest" });

type KeyRequest = z.output<typeof keyRequestSchema>;

/** Whether a request asks for a key that strangers can read. */
export function isPublic({ origins = [], public: asked = false }: Partial<KeyRequest>): boolean {
  return asked || origins.length > 0;
}

/** The rules that a request asks for. */
export function rulesOf(request: Partial<KeyRequest>): SenderRules {
  return withDefaults(request, isPublic(request) ? publicRules : anything);
}

/** The limits that a request asks for. */
export function limitsOf(request: Partial<KeyRequest>): KeyLimits {
  return withDefaults(request, isPublic(request) ? publicLimits : deploymentLimits);
}

/** The fields of a request, with defaults for those that it leaves out. */
function withDefaults<Fields extends object>(request: object, defaults: Fields): Fields {
  const named = Object.keys(defaults).flatMap((name) => {
    const value: unknown = Reflect.get(request, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...defaults, ...Object.fromEntries(named) };
}
