import * as z from "zod";

/** The pieces that every fact is made of. */

/** A fact's id: 1–128 characters of letters, digits and `. _ : -`. */
export const factIdSchema = z
  .string({ error: "must be a text" })
  .regex(/^[A-Za-z0-9._:-]{1,128}$/, "must be 1 to 128 letters, digits or . _ : -")
  .meta({
    description:
      "The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters.",
    example: "answer-2026-000123",
  });

/** The id that a client chooses for what it sets: an annotation, a goal, an alert, a webhook. */
export const chosenIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, "must be 1 to 64 letters, digits or . _ : -");

/** Text without control characters or broken Unicode. `most` counts characters (code points). */
export function textSchema(most: number, { multiline = false } = {}) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  const forbidden = multiline ? /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/ : /[\u0000-\u001f\u007f]/;
  return z
    .string({ error: "must be a text" })
    .min(1, "must not be empty")
    .refine((text) => text.length <= most || [...text].length <= most, `must have at most ${most} characters`)
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode (no lone surrogates)")
    .refine((text) => !forbidden.test(text), "must not contain control characters")
    .meta({ maxLength: most });
}

/** A whole number within bounds, both included. */
export function integerSchema(from: number, to: number) {
  const error = `must be an integer from ${from} to ${to}`;
  return z.int({ error }).min(from, error).max(to, error);
}

/** Customers whose id begins so are persons who have been erased: nobody can send or ask for such an id. */
export const erasedPrefix = "erased:";

/** A customer's id in the sender's systems. */
export const customerIdSchema = textSchema(128)
  .refine((id) => !id.startsWith(erasedPrefix), `must not begin with ${erasedPrefix}`)
  .meta({
    description: "The customer's id in your systems; not shown in logs. Must not begin with `erased:`",
    example: "17850",
  });

const notAnInstant = "must be an RFC 3339 time with an offset, for example 2026-10-01T09:30:00Z";

/** A ticket's id in the sender's systems. */
export const ticketIdSchema = textSchema(128);

/** An order's number in the sender's systems. */
export const orderIdSchema = textSchema(128).meta({
  description: "The order's number in your systems",
  example: "536365",
});

/** At most so many characters (code points) of a message are taken. */
export const maxMessageLength = 5_000;

/** What somebody wrote: goes with the customer who is erased. */
export const messageSchema = textSchema(maxMessageLength, { multiline: true }).optional().meta({
  description:
    "What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it",
  example: "Where is my parcel?",
});

/** An instant: RFC 3339 with an offset; `t` and `z` in small letters say the same. */
export const instantSchema = z
  .string({ error: notAnInstant })
  .toUpperCase()
  .check(z.iso.datetime({ offset: true, error: notAnInstant }))
  .meta({ example: "2026-10-01T09:30:00+02:00" });

/** A dimension's name. */
export const dimensionNameSchema = z
  .string()
  .regex(
    /^[a-z][a-zA-Z0-9_]{0,39}$/,
    "must be a name: a lower-case letter, then up to 39 letters, digits or _",
  )
  // Names that every object has: a lookup would find them in a fact without that dimension.
  .refine((name) => !(name in Object.prototype), "is a reserved name");

/**
 * Names of groups and filters for facts without a value of a dimension, for values past the limit, and for customers who were lost
 * by inactivity.
 */
export const reservedValues = { none: "(none)", other: "(other)", inactive: "(inactive)" } as const;

/** Why nobody can send a reserved value. */
const reservations: Readonly<Record<string, string>> = {
  [reservedValues.none]: "must not be (none), which stands for having no value: leave it out",
  [reservedValues.other]: "must not be (other), which stands for the values past the limit",
  [reservedValues.inactive]: "must not be (inactive), which stands for customers who were lost by inactivity",
};

/** A value of a dimension, and of each field that stands for one: nobody can send what stands for no value, or for many. */
export const dimensionValueSchema = textSchema(100).refine((value) => !Object.hasOwn(reservations, value), {
  error: ({ input }) => reservations[String(input)],
});

/** Names and values of at most 10 dimensions. */
function dimensionsOf<Value>(values: z.ZodType<Value, Value>) {
  return z
    .record(dimensionNameSchema, values, { error: "must be an object of names and texts" })
    .refine((dimensions) => Object.keys(dimensions).length <= 10, "must have at most 10 dimensions");
}

/** Free attributes of a fact, by which metrics can be grouped and filtered. */
export const dimensionsSchema = dimensionsOf(dimensionValueSchema).meta({
  description:
    "At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values",
  example: { channel: "web", touchpoint: "checkout" },
});

/** At most so many values of one dimension can be asked for at once. */
export const maxFilterValues = 50;

const filterValuesSchema = z
  .array(textSchema(100))
  .min(1, "must have at least one value")
  .max(maxFilterValues, `must have at most ${maxFilterValues} values`);

/** The values that facts must have, each one or one of several: `(none)` asks for those without any. */
export const dimensionFiltersSchema = dimensionsOf(z.union([textSchema(100), filterValuesSchema]));

/** The fields that every fact has, the answers of employees included. */
export const baseFields = {
  id: factIdSchema.optional(),
  occurredAt: instantSchema
    .optional()
    .meta({ description: "When it happened; now when absent. At most 5 minutes in the future." }),
  dimensions: dimensionsSchema.optional(),
  supersedes: factIdSchema.optional().meta({
    description:
      "The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts",
    example: "answer-2026-000122",
  }),
};

/** The fields that every other fact has: it may say whom it is about. */
export const aboutFields = {
  ...baseFields,
  customerId: customerIdSchema.optional(),
};

/** Fields of every parsed fact. */
export interface FactBase {
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly occurredAt: number;
  readonly customerId?: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The fact that it replaces. */
  readonly supersedes?: string;
}
