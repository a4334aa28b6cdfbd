import { preflightHeaders } from "../lib/api/pipeline/cors.ts";
import { httpHandler } from "../lib/api/pipeline/endpoint.ts";
import { HttpProblem } from "../lib/api/pipeline/problem.ts";
import { pageRoutes } from "../lib/page-routes.ts";
import { routes } from "../lib/routes.ts";

/** Answers requests that no route matches: preflight requests of browsers, 405 with `Allow` if the path exists with another method, else 404. */
export const handler = httpHandler(async ({ rawPath: path, headers, requestContext }) => {
  const { method } = requestContext.http;
  const told = method === "OPTIONS" ? preflightHeaders(path, headers["origin"]) : undefined;
  if (told) return { status: 204, text: "", headers: told };
  const allowed = [...routes, ...pageRoutes]
    .filter((route) => matches(route.path, path))
    .map((route) => route.method);
  if (allowed.length === 0) throw new HttpProblem(404, "there is nothing at this path");
  const allow = [...new Set(allowed)].join(", ");
  throw new HttpProblem(405, `${method} is not possible here: use ${allow}`, { headers: { allow } });
});

/** Whether a path fits a route's, where a `{parameter}` stands for one part. */
function matches(pattern: string, path: string): boolean {
  const expected = pattern.split("/");
  const given = path.split("/");
  return (
    expected.length === given.length &&
    expected.every((part, index) => (part.startsWith("{") ? given[index] !== "" : part === given[index]))
  );
}
