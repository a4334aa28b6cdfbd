import { type Day, dayNumber } from "../calendar/days.ts";
import { weekdayOf } from "../calendar/weekdays.ts";
import { hourOf } from "../calendar/zones.ts";
import type { Fact } from "./parse.ts";

/**
 * By what a fact can be grouped and filtered: its dimensions, some of its fields, and the hour and the weekday on which it
 * happened. All of them can be tracked, grouped and filtered by alike.
 */

/** Fields that stand for a dimension of the same name, in every fact that has them. */
export const dimensionFields: readonly string[] = [
  "surveyId",
  "touchpoint",
  "choice",
  "agent",
  "reason",
  "page",
  "exitPage",
  "previousPage",
  "keyword",
  "cta",
  "target",
  "sentiment",
  "symbol",
  "articleId",
];

/** Filters: dimension → the values of which facts must have one; `(none)` stands for having none. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Filters as people read them: dimension → its values, with commas between them. */
export function filterTexts(filters: Filters): [dimension: string, values: string][] {
  return Object.entries(filters).map(([dimension, values]) => [dimension, values.join(", ")]);
}

/** Values as they stand in a query parameter: a comma and a backslash in a value have a backslash before them. */
export function joinedValues(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(/[\\,]/g, "\\$&")).join(",");
}

/** The values of a list with commas between them; in a value a comma and a backslash have a backslash before them. */
export function splitValues(text: string): string[] {
  const values = [""];
  for (const [part] of text.matchAll(/\\[\s\S]|[^\\]|\\$/g)) {
    if (part === ",") values.push("");
    else values[values.length - 1] += part === "\\," || part === "\\\\" ? part.slice(1) : part;
  }
  return values;
}

/** Names of what every fact has a value of, by when it happened. */
const momentNames: readonly string[] = ["hour", "weekday"];

/** Under which names a fact has a value of its own (see `characteristicOf`), in order. */
export function characteristicNames(fact: Fact): string[] {
  const fields = dimensionFields.filter((name) => Object.hasOwn(fact, name));
  return [...new Set([...Object.keys(fact.dimensions), ...fields, ...momentNames])].sort();
}

/** When something happened. */
export interface Moment {
  /** The day on which it counts. */
  readonly day: Day;
  /** The workspace's. */
  readonly timeZone: string;
}

/**
 * A fact's value under a name: the dimension that was sent, else a field of that name, else `hour` (00–23) or `weekday`
 * (monday–sunday) in the workspace's time zone.
 */
export function characteristicOf(fact: Fact, name: string, { day, timeZone }: Moment): string | undefined {
  if (Object.hasOwn(fact.dimensions, name)) return fact.dimensions[name];
  if (dimensionFields.includes(name) && Object.hasOwn(fact, name)) {
    const value: unknown = Reflect.get(fact, name);
    return typeof value === "string" ? value : undefined;
  }
  if (name === "hour") return String(hourOf(fact.occurredAt, timeZone)).padStart(2, "0");
  if (name === "weekday") return weekdayOf(dayNumber(day));
  return undefined;
}
