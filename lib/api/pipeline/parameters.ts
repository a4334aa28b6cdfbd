import * as z from "zod";
import { beginning, type Day, isDay } from "../../domain/calendar/days.ts";
import { factIdSchema } from "../../domain/facts/base.ts";
import { fieldErrors, maxErrors } from "../../domain/facts/parse.ts";
import type { Method, Route } from "../../route.ts";
import type { Middleware } from "./middleware.ts";
import { HttpProblem, invalidBody, invalidParameters } from "./problem.ts";

/** Checking what a request carries: its query, the ids in its path, its body. */

/** The last day that can be asked for. */
const lastAskedDay: Day = "2999-12-31";

/** A calendar day: none before all facts, and none so late that others could not be reckoned from it. */
export const dayParameter = z
  .string()
  .refine(isDay, "must be a day that exists, YYYY-MM-DD")
  .refine((day) => !isDay(day) || day >= beginning, `must not be before ${beginning}`)
  .refine((day) => !isDay(day) || day <= lastAskedDay, `must not be after ${lastAskedDay}`)
  .meta({ description: "Calendar day in the workspace's time zone, included", example: "2026-10-01" });

/**
 * Parses query parameters.
 * @throws HttpProblem 400 that names each parameter that is wrong or unknown
 */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: Readonly<Record<string, string>>,
): z.output<Schema> {
  const result = schema.safeParse(query, { reportInput: true });
  if (!result.success) throw invalidParameters(fieldErrors(result.error));
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
  throw invalidParameters(errors);
}

/**
 * Checks the ids in the path and the names in the query, whatever the route.
 * @param routeOf the route of a key
 */
export function checkParameters(
  routeOf: (routeKey: string) => Pick<Route, "method" | "takesQuery">,
): Middleware {
  return {
    before: ({ event, context }) => {
      const { method, takesQuery = method === "GET" } = routeOf(event.routeKey);
      context.parameters = definedOnly(event.pathParameters);
      context.query = definedOnly(event.queryStringParameters);
      checkIds(method, context.parameters);
      refuseRepeated(event.rawQueryString);
      if (!takesQuery) refuseQuery(context.query);
    },
  };
}

/** The values that are there. */
export function definedOnly(
  values: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * Checks the ids in a path. Nothing can have another one, as no path can carry it.
 * @throws HttpProblem 404, or 400 where something was to be made under the id
 */
function checkIds(method: Method, parameters: Readonly<Record<string, string>>): void {
  for (const [name, id] of Object.entries(parameters)) {
    const { error } = factIdSchema.safeParse(id);
    if (!error) continue;
    if (method !== "PUT") throw new HttpProblem(404, "there is nothing with this id");
    const errors = error.issues.map(({ message }) => ({ pointer: `/${name}`, detail: message }));
    throw invalidParameters(errors);
  }
}

/**
 * Parses a body.
 * @throws HttpProblem 422 that names each field that is wrong or unknown
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body, { reportInput: true });
  if (!result.success) throw invalidBody(fieldErrors(result.error));
  return result.data;
}

/**
 * A body whose object at a field has no key `__proto__`, which zod would leave out without a word.
 * @throws HttpProblem 422 where there is one
 */
export function refusePrototype(body: unknown, field: string): unknown {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    throw invalidBody([{ pointer: `/${field}/__proto__`, detail: "is a reserved name" }]);
  }
  return body;
}
