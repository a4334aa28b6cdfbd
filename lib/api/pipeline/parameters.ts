import * as z from "zod";
import { addDays, beginning, countDays, type Day, isDay } from "../../calendar/days.ts";
import { dayOf } from "../../calendar/zones.ts";
import { factIdSchema } from "../../facts/base.ts";
import { fieldErrors, maxErrors } from "../../facts/parse.ts";
import type { Method } from "../../route.ts";
import type { Workspace } from "../../workspace/settings.ts";
import { HttpProblem } from "./problem.ts";

/** Pieces of which the schemas of query parameters are made. */

/** The last day that can be asked for. */
const lastAskedDay: Day = "2999-12-31";

/** A calendar day: none before all facts, and none so late that others could not be reckoned from it. */
export const dayParameter = z
  .string()
  .refine(isDay, "must be a day that exists, YYYY-MM-DD")
  .refine((day) => !isDay(day) || day >= beginning, `must not be before ${beginning}`)
  .refine((day) => !isDay(day) || day <= lastAskedDay, `must not be after ${lastAskedDay}`)
  .meta({ description: "Calendar day in the workspace's time zone, included", example: "2026-10-01" });

/** At most so many days lie in one query: twenty years. */
export const maxDays = 7_320;

/** From when to when, both included. Without `to` up to today; without `from` 30 days. */
export const rangeParameters = {
  from: dayParameter.optional(),
  to: dayParameter.optional(),
};

/** A range of days with the day that is running. */
export interface ResolvedRange {
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
}

/**
 * The range that a query asks for.
 * @param most at most so many days
 * @param usual so many days up to `to` where there is no `from`
 * @throws HttpProblem 400 when it ends before it begins or is too long
 */
export function resolveRange(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  workspace: Workspace,
  now: number,
  most = maxDays,
  usual = 30,
): ResolvedRange {
  const today = dayOf(now, workspace.timeZone);
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  const from = query.from ?? addDays(to, 1 - usual);
  const refuse = (pointer: string, detail: string) =>
    new HttpProblem(400, "the parameters are invalid", { errors: [{ pointer, detail }] });
  if (from < beginning) throw refuse("/from", `must not be before ${beginning}`);
  if (from > to) throw refuse("/to", "must not be before from");
  if (countDays(from, to) > most) throw refuse("/from", `must be at most ${most} days before to`);
  return { from, to, today };
}

/**
 * Parses query parameters.
 * @throws HttpProblem 400 that names each parameter that is wrong or unknown
 */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: Readonly<Record<string, string>>,
): z.output<Schema> {
  const result = schema.safeParse(query, { reportInput: true });
  if (!result.success) {
    throw new HttpProblem(400, "the parameters are invalid", { errors: fieldErrors(result.error) });
  }
  return result.data;
}

/**
 * Refuses parameters where there are none: one that is ignored would be taken for obeyed.
 * @throws HttpProblem 400 that names each of them
 */
export function refuseQuery(query: Readonly<Record<string, string>>): void {
  parseQuery(noParameters, query);
}

const noParameters = z.strictObject({});

/**
 * Refuses a parameter that is given twice: API Gateway hands on both values as one, with a comma between them.
 * @param rawQuery as it was sent, without the question mark
 * @throws HttpProblem 400 that names each of them
 */
export function refuseRepeated(rawQuery: string | undefined): void {
  if (!rawQuery?.includes("&")) return;
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  for (const name of new URLSearchParams(rawQuery).keys()) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size === 0) return;
  const errors = [...repeated]
    .slice(0, maxErrors)
    .map((name) => ({ pointer: `/${name}`, detail: "must be given once" }));
  throw new HttpProblem(400, "the parameters are invalid", { errors });
}

/**
 * Checks the ids in a path. Nothing can have another one, as no path can carry it.
 * @throws HttpProblem 404, or 400 where something was to be made under the id
 */
export function checkIds(method: Method, parameters: Readonly<Record<string, string>>): void {
  for (const [name, id] of Object.entries(parameters)) {
    const { error } = factIdSchema.safeParse(id);
    if (!error) continue;
    if (method !== "PUT") throw new HttpProblem(404, "there is nothing with this id");
    const errors = error.issues.map(({ message }) => ({ pointer: `/${name}`, detail: message }));
    throw new HttpProblem(400, "the parameters are invalid", { errors });
  }
}

/**
 * Parses a body.
 * @throws HttpProblem 422 that names each field that is wrong or unknown
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body, { reportInput: true });
  if (!result.success) {
    throw new HttpProblem(422, "the body is invalid", { errors: fieldErrors(result.error) });
  }
  return result.data;
}
