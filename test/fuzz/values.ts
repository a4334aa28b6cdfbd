import { type JsonSchema, resolved } from "../fixtures/documented.ts";
import { pick } from "../fixtures/histories.ts";

/** Values by the schemas of the OpenAPI document: such as it allows, and such as somebody sends who means harm. */

/** Numbers from 0 (excluded) to 1 (excluded). */
export type Random = () => number;

const day = 86_400_000;

/** Texts that break what is careless with texts: scripts, paths, formulas, expressions, broken and invisible characters. */
export const hostileTexts: readonly string[] = [
  ...[
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udc00x",
    "\ufeff",
    "\u202egnp.exe",
    "\u200b\u200d\u2060",
    "\u2028",
  ],
  ...[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "{{7*7}}",
    "$" + "{7*7}",
  ],
  ...[
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE facts; --",
    "a' OR '1'='1",
  ],
  ...[
    "../../../etc/passwd",
    "..%2f..%2f",
    "%00",
    "%c0%ae%c0%ae/",
    "/",
    "//",
    ".",
    "..",
    "#",
    "?",
    "a#b#c",
    "W#default",
  ],
  ...[
    "a\r\nSet-Cookie: x=1",
    "\n",
    "\r",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
  ],
  ...[
    "(a+)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "a".repeat(60),
    `${"a".repeat(5_000)}!`,
    "é".normalize("NFD"),
    "ﷺ".repeat(99),
  ],
  ...["NaN", "Infinity", "-0", "1e999", "0x10", "1_000", "٣", "null", "undefined", "true", "[object Object]"],
  ...[
    "erased:x",
    "key#x",
    "settings",
    "9999-12-31",
    "2026-02-30",
    "0000-00-00",
    "2026-10-01T25:00:00Z",
    "👩‍👩‍👧‍👦",
    "İi",
  ],
];

/** Numbers at the edges of what numbers can be. */
const hostileNumbers: readonly number[] = [
  ...[0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 1e308, -1e308, 5e-324, 0.1 + 0.2, 1e21],
];

/** Something of any kind that has no place where it is put. */
export function hostileValue(random: Random): unknown {
  return pick<() => unknown>(random, [
    () => pick(random, hostileTexts),
    () => pick(random, hostileTexts),
    () => pick(random, hostileNumbers),
    () => pick(random, [null, true, false, [], {}, [[]], [null], { "": "" }]),
    () => nested(Math.ceil(random() * 400)),
    () => Array.from({ length: Math.ceil(random() * 60) }, () => pick(random, hostileTexts)),
    () => JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}') as unknown,
    () => Object.fromEntries(hostileTexts.map((text) => [text, text])),
  ])();
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** What strings with a pattern or a format are tried from. */
const plainTexts = [
  "a1",
  "web",
  "GBP",
  "USD",
  "12.50",
  "0",
  "7",
  "10",
  "true",
  "50",
  "channel",
  "plan",
  "all",
];

/** A value that a schema allows, as far as it says; in the neighbourhood of the values that others have. */
export function allowedValue(schema: JsonSchema, random: Random, field = ""): unknown {
  const one = resolved(schema);
  const choices = one.oneOf ?? one.anyOf;
  if (choices !== undefined) return allowedValue(pick(random, choices), random, field);
  if (one.const !== undefined) return one.const;
  if (one.enum !== undefined) return pick(random, one.enum);
  switch (one.type) {
    case "object":
      return allowedObject(one, random);
    case "array": {
      const length = Math.floor(random() * Math.min(one.maxItems ?? 6, 6));
      return Array.from({ length }, () => allowedValue(one.items ?? {}, random, field));
    }
    case "integer":
      return allowedInteger(one, random);
    case "number":
      return (one.minimum ?? 0) + random() * ((one.maximum ?? 100) - (one.minimum ?? 0));
    case "boolean":
      return random() < 0.5;
    case "null":
      return null;
    default:
      return allowedText(one, random, field);
  }
}

function allowedObject({ properties = {}, required = [] }: JsonSchema, random: Random): unknown {
  const fields = Object.entries(properties).filter(([name]) => required.includes(name) || random() < 0.5);
  // Names of one's own, where no properties are named.
  if (Object.keys(properties).length === 0) return { channel: pick(random, ["web", "shop"]), plan: "gold" };
  return Object.fromEntries(fields.map(([name, one]) => [name, allowedValue(one, random, name)]));
}

function allowedInteger({ minimum = 0, maximum = 10 }: JsonSchema, random: Random): number {
  const most = Math.min(maximum, minimum + 1_000);
  return minimum + Math.floor(random() * (most - minimum + 1));
}

function allowedText({ pattern, example, maxLength }: JsonSchema, random: Random, field: string): string {
  const time = Date.now() - Math.floor(random() * 60 * day);
  if (field === "occurredAt") return new Date(time).toISOString();
  if (field === "expiresAt") return new Date(Date.now() + day).toISOString();
  // Short ranges: a long one is much work for one request.
  if (field === "from" || field === "to")
    return new Date(Date.now() - (random() * 10 + 1) * day).toISOString().slice(0, 10);
  if (field === "id" || field.endsWith("Id")) return `${field}-${Math.floor(random() * 300)}`;
  if (pattern !== undefined) {
    const expression = new RegExp(pattern);
    const fitting = [...plainTexts, String(example ?? "")].filter((text) => expression.test(text));
    return fitting.length === 0 ? "a1" : pick(random, fitting);
  }
  // Where any text is allowed, the hostile ones are: comments, tags, names.
  if (maxLength !== undefined && random() < 0.5) return pick(random, hostileTexts);
  return String(example ?? pick(random, plainTexts));
}

/** The same value with something hostile in one place. */
export function spoilt(value: unknown, random: Random): unknown {
  if (random() < 0.25 || typeof value !== "object" || value === null) return hostileValue(random);
  if (Array.isArray(value)) {
    const place = Math.floor(random() * (value.length + 1));
    return value.with === undefined || place === value.length
      ? [...value, hostileValue(random)]
      : value.with(place, spoilt(value[place], random));
  }
  const names = Object.keys(value);
  const name = names.length === 0 || random() < 0.2 ? pick(random, hostileTexts) : pick(random, names);
  const known: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  // A field may be called "__proto__".
  return Object.fromEntries([...Object.entries(value), [name, spoilt(known, random)]]);
}
