import * as z from "zod";
import { isDay } from "../../calendar/days.ts";
import { isTimeZone } from "../../calendar/zones.ts";
import { checkFormat } from "./formats.ts";
import { parseTemplate } from "./template.ts";

/** The schema of mapping files. `docs/importing.md` is its reference. */

/** The error of an unknown key. */
export const unknownSetting = "is not a known setting";

const template = z.string().superRefine((text, context) => {
  const parsed = parseTemplate(text);
  if ("problem" in parsed) context.addIssue({ code: "custom", message: parsed.problem });
});

const column = z.string().min(1);
const constant = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be a text, a number, true or false",
});
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "must be a time of day such as 12:00");
const zone = z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/London");

const format = z.string().superRefine((text, context) => {
  const problem = checkFormat(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

const numberStyle = {
  /** The decimal sign. Default `.`. */
  decimal: z.enum([".", ","]).optional(),
  /** The sign between groups of three digits. Default: none is allowed. */
  grouping: z.enum([",", ".", " ", "'"]).optional(),
};

const timeStyle = {
  /** A pattern such as `dd/MM/yyyy HH:mm`. Default: ISO 8601. */
  format: format.optional(),
  /** The zone of times without an offset. */
  zone: zone.optional(),
  /** The time of day of dates without one. */
  at: timeOfDay.optional(),
  /** How a time is read that a clock change skips or repeats. Default `compatible`. */
  clockChange: z.enum(["compatible", "earlier", "later", "reject"]).optional(),
};

/** A condition on the cells of a row. */
export type Condition =
  | z.infer<typeof comparison>
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] };

const comparison = z
  .strictObject({
    column,
    is: z.union([constant, z.array(constant).min(1)]).optional(),
    isNot: z.union([constant, z.array(constant).min(1)]).optional(),
    above: z.number().optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
    atMost: z.number().optional(),
    blank: z.boolean().optional(),
  })
  .refine((condition) => Object.keys(condition).length > 1, {
    error: "says nothing about the column: add is, isNot, above, atLeast, below, atMost or blank",
  });

const condition: z.ZodType<Condition> = z.lazy(() =>
  byKey<Condition>("a condition", {
    column: comparison,
    any: z.strictObject({ any: z.array(condition).min(1) }),
    all: z.strictObject({ all: z.array(condition).min(1) }),
  }),
);

const conditions = z
  .union([z.array(z.unknown()), z.unknown()])
  .transform((given) => (Array.isArray(given) ? given : [given]));

/** One condition, or several that must all hold. */
const when = conditions.pipe(z.array(condition));

const number = z.strictObject({ number: template, ...numberStyle });
/** Numbers added up; absent where one of them is blank. */
const sum = z.strictObject({ sum: z.array(z.union([template, z.number()])).min(1), ...numberStyle });
const money = z.strictObject({
  money: template,
  currency: template,
  absolute: z.boolean().optional(),
  ...numberStyle,
});
const time = z.strictObject({ time: template, ...timeStyle });
const spread = z.strictObject({
  spread: z.strictObject({
    from: z.string().refine(isDay, "must be a day such as 2024-04-01"),
    days: z.int().min(1).max(36_600),
  }),
  at: timeOfDay.optional(),
  zone: zone.optional(),
  clockChange: timeStyle.clockChange,
});
const list = z.strictObject({ list: template, separator: z.string().min(1) });
const hash = z.strictObject({ hash: template, prefix: z.string().optional() });
const map = z.strictObject({
  map: template,
  values: z.record(z.string(), constant),
  otherwise: constant.optional(),
});

/** How a field's value comes from a row. */
export type Value =
  | string
  | number
  | boolean
  | z.infer<typeof number>
  | z.infer<typeof sum>
  | z.infer<typeof money>
  | z.infer<typeof time>
  | z.infer<typeof spread>
  | z.infer<typeof list>
  | z.infer<typeof hash>
  | z.infer<typeof map>
  | Choose;

/** The first case whose condition holds gives the value. */
export interface Choose {
  readonly choose: readonly { readonly when: readonly Condition[]; readonly value: Value }[];
  readonly otherwise?: Value | undefined;
}

const value: z.ZodType<Value> = z.lazy(() =>
  byKey<Value>(
    "a text, a number, true, false",
    { number, sum, money, time, spread, list, hash, map, choose },
    [template, z.number(), z.boolean()],
  ),
);

const choose: z.ZodType<Choose> = z.strictObject({
  choose: z.array(z.strictObject({ when, value })).min(1),
  otherwise: value.optional(),
});

/** The fields of a fact, by how they are treated. */
export interface Fields {
  readonly id: Value | undefined;
  readonly dimensions: Readonly<Record<string, Value>>;
  /** All others, in the file's order. */
  readonly values: Readonly<Record<string, Value>>;
}

const fields = z
  .object({ id: value.optional(), dimensions: z.record(z.string(), value).optional() })
  .catchall(value)
  .transform(({ id, dimensions = {}, ...values }): Fields => ({ id, dimensions, values }));

const fact = z.strictObject({
  /** For the summary and the rejects; default: the `type` or `survey`. */
  name: z.string().min(1).optional(),
  /** The route: `POST /v1/responses` or `POST /v1/events`. */
  to: z.enum(["responses", "events"]),
  when: when.optional(),
  fields,
});

/** A mapping file. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.string().optional(),
  csv: z
    .strictObject({
      delimiter: z.string().length(1).optional(),
      encoding: z.enum(["utf-8", "windows-1252", "utf-16le"]).optional(),
    })
    .optional(),
  /** Texts that count as an empty cell. */
  blank: z.array(z.string()).optional(),
  numbers: z.strictObject(numberStyle).optional(),
  times: z.strictObject(timeStyle).optional(),
  /** Rows to leave out, with the reason that the summary names. */
  skip: z.array(z.strictObject({ when, reason: z.string().min(1) })).optional(),
  /** Fields of every fact, which a fact's own stand over. */
  fields: fields.optional(),
  facts: z.array(fact).min(1),
});

/** A mapping file, checked. */
export type Mapping = z.infer<typeof mappingSchema>;

/** One kind of fact that a mapping makes of a row. */
export type FactMapping = Mapping["facts"][number];

/** How numbers are written in the file. */
export interface NumberStyle {
  readonly decimal?: "." | "," | undefined;
  readonly grouping?: "," | "." | " " | "'" | undefined;
}

/** How times are written in the file. */
export interface TimeStyle {
  readonly format?: string | undefined;
  readonly zone?: string | undefined;
  readonly at?: string | undefined;
  readonly clockChange?: "compatible" | "earlier" | "later" | "reject" | undefined;
}

/**
 * A schema that is chosen by the key which an object has, so that an error speaks of that one alternative and not
 * of all of them.
 */
function byKey<Output>(
  what: string,
  kinds: Readonly<Record<string, z.ZodType>>,
  plain: readonly z.ZodType[] = [],
): z.ZodType<Output> {
  const names = Object.keys(kinds);
  return z.unknown().transform((given, context): Output => {
    const named = isObject(given) ? names.filter((name) => name in given) : [];
    const schema =
      named.length === 1
        ? kinds[named[0] ?? ""]
        : plain.find((candidate) => typeof given === typeOf(candidate));
    if (!schema) {
      const several = named.length > 1 ? ` (it has ${named.join(" and ")}: keep one)` : "";
      const message = `must be ${what} or an object with one of: ${names.join(", ")}${several}`;
      context.issues.push({ code: "custom", message, input: given });
      return z.NEVER;
    }
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data as Output;
    for (const issue of parsed.error.issues.flatMap(withKeysApart)) {
      context.issues.push({ code: "custom", message: issue.message, path: issue.path, input: given });
    }
    return z.NEVER;
  }) as z.ZodType<Output>;
}

function isObject(given: unknown): given is object {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function typeOf(schema: z.ZodType): string {
  return schema.def.type;
}

/** Names each unknown key by its place, as the rest of the issues are. */
function withKeysApart(issue: z.core.$ZodIssue): { message: string; path: PropertyKey[] }[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ message: unknownSetting, path: [...issue.path, key] }));
}
