import * as z from "zod";
import { isDay } from "../../domain/calendar/days.ts";
import { isTimeZone } from "../../domain/calendar/zones.ts";
import { byKey } from "./by-key.ts";
import { checkFormat } from "./formats.ts";
import { parseTemplate } from "./template.ts";

/** The parts of a mapping that make a value of a row's cells. `docs/importing.md` is their reference. */

/** Text with columns in braces. */
export const template = z.string().superRefine((text, context) => {
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

/** How numbers are written. With neither, each number is read by its own signs, where these can be read in one way only. */
export const numberStyle = {
  /** The decimal sign. Default `.`. */
  decimal: z.enum([".", ","]).optional(),
  /** The sign between groups of three digits. Default: none is allowed. */
  grouping: z.enum([",", ".", " ", "'"]).optional(),
};

/** How times are written. */
export const timeStyle = {
  /** A pattern such as `dd/MM/yyyy HH:mm`. Default: ISO 8601, and every other form that can be read in one way only. */
  format: format.optional(),
  /** Whether 01/02/2026 is the first of February (`dmy`) or the second of January (`mdy`). */
  order: z.enum(["dmy", "mdy"]).optional(),
  /** The zone of times without an offset. */
  zone: zone.optional(),
  /** The time of day of dates without one. */
  at: timeOfDay.optional(),
  /** How a time is read that a clock change skips or repeats. Default `compatible`. */
  clockChange: z.enum(["compatible", "earlier", "later", "reject"]).optional(),
};

/** A condition on a row. */
export type Condition =
  | (Bounds & { readonly column: string })
  | (Bounds & { readonly value: Value })
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] };

const bounds = {
  is: z.union([constant, z.array(constant).min(1)]).optional(),
  isNot: z.union([constant, z.array(constant).min(1)]).optional(),
  above: z.number().optional(),
  atLeast: z.number().optional(),
  below: z.number().optional(),
  atMost: z.number().optional(),
  blank: z.boolean().optional(),
};

/** The bounds of a condition: all that are given must hold. */
export type Bounds = z.infer<z.ZodObject<typeof bounds>>;

const saysSomething = (condition: object) => Object.keys(condition).length > 1;
const saysNothing = {
  error: "says nothing about it: add is, isNot, above, atLeast, below, atMost or blank",
};

const condition: z.ZodType<Condition> = z.lazy(() =>
  byKey<Condition>("a condition", {
    column: z.strictObject({ column, ...bounds }).refine(saysSomething, saysNothing),
    value: z.strictObject({ value, ...bounds }).refine(saysSomething, saysNothing),
    any: z.strictObject({ any: z.array(condition).min(1) }),
    all: z.strictObject({ all: z.array(condition).min(1) }),
  }),
);

const conditions = z
  .union([z.array(z.unknown()), z.unknown()])
  .transform((given) => (Array.isArray(given) ? given : [given]));

/** One condition, or several that must all hold. */
export const when = conditions.pipe(z.array(condition));

const number = z.strictObject({ number: template, ...numberStyle });
const durationUnits = z.enum(["milliseconds", "seconds", "minutes", "hours", "days"]);
const duration = z.strictObject({ duration: template, unit: durationUnits.optional() });
const score = z.strictObject({
  score: template,
  scale: z.string().regex(/^\d+-\d+$/, "must be a scale such as 1-5"),
});
const money = z.strictObject({
  money: z.lazy(() => value),
  currency: template,
  /** Whether the amount is in cents, or whatever is the smallest unit of the currency. */
  minor: z.boolean().optional(),
  absolute: z.boolean().optional(),
  ...numberStyle,
});
const shift = z.lazy(() =>
  z
    .partialRecord(z.enum(["seconds", "minutes", "hours", "days"]), value)
    .refine((units) => Object.keys(units).length > 0, "must have seconds, minutes, hours or days"),
);
const time = z.strictObject({
  time: template,
  plus: shift.optional(),
  minus: shift.optional(),
  ...timeStyle,
});
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

/** Arithmetic: each part is a column's text that is read as a number, a number, or a value that makes one. */
export type Arithmetic = NumberStyle &
  (
    | { readonly sum: readonly Value[] }
    | { readonly product: readonly Value[] }
    | { readonly difference: readonly Value[] }
    | { readonly quotient: readonly Value[] }
    | { readonly round: Value; readonly decimals?: number | undefined }
    | { readonly total: Value; readonly when?: readonly Condition[] | undefined }
  );

/** Seconds, or another unit, from one time to another. */
export interface Between {
  readonly between: readonly [Value, Value];
  readonly unit?: z.infer<typeof durationUnits> | undefined;
}

/** How a field's value comes from a row. */
export type Value =
  | string
  | number
  | boolean
  | z.infer<typeof number>
  | z.infer<typeof duration>
  | z.infer<typeof score>
  | Arithmetic
  | Between
  | MoneyValue
  | TimeValue
  | z.infer<typeof spread>
  | z.infer<typeof list>
  | z.infer<typeof hash>
  | z.infer<typeof map>
  | Choose;

/** An amount with its currency. */
export interface MoneyValue extends NumberStyle {
  readonly money: Value;
  readonly currency: string;
  readonly minor?: boolean | undefined;
  readonly absolute?: boolean | undefined;
}

/** How far a time is moved: unit → number. */
export type Shift = Readonly<Partial<Record<"seconds" | "minutes" | "hours" | "days", Value | undefined>>>;

/** An instant. */
export interface TimeValue extends TimeStyle {
  readonly time: string;
  readonly plus?: Shift | undefined;
  readonly minus?: Shift | undefined;
}

/** The first case whose condition holds gives the value. */
export interface Choose {
  readonly choose: readonly { readonly when: readonly Condition[]; readonly value: Value }[];
  readonly otherwise?: Value | undefined;
}

/** How a field's value comes from a row. */
export const value: z.ZodType<Value> = z.lazy(() => {
  const parts = z.array(value).min(1);
  const two = z.tuple([value, value]);
  return byKey<Value>(
    "a text, a number, true, false",
    {
      ...{ number, duration, score, money, time, spread, list, hash, map, choose },
      sum: z.strictObject({ sum: parts, ...numberStyle }),
      product: z.strictObject({ product: parts, ...numberStyle }),
      difference: z.strictObject({ difference: two, ...numberStyle }),
      quotient: z.strictObject({ quotient: two, ...numberStyle }),
      round: z.strictObject({ round: value, decimals: z.int().min(0).max(8).optional(), ...numberStyle }),
      total: z.strictObject({ total: value, when: when.optional(), ...numberStyle }),
      between: z.strictObject({ between: two, unit: durationUnits.optional() }),
    },
    [template, z.number(), z.boolean()],
  );
});

const choose: z.ZodType<Choose> = z.strictObject({
  choose: z.array(z.strictObject({ when, value })).min(1),
  otherwise: value.optional(),
});

/** How numbers are written in the file. */
export interface NumberStyle {
  readonly decimal?: "." | "," | undefined;
  readonly grouping?: "," | "." | " " | "'" | undefined;
}

/** How times are written in the file. */
export interface TimeStyle {
  readonly format?: string | undefined;
  readonly order?: "dmy" | "mdy" | undefined;
  readonly zone?: string | undefined;
  readonly at?: string | undefined;
  readonly clockChange?: "compatible" | "earlier" | "later" | "reject" | undefined;
}
