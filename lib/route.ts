import type { Scope } from "./domain/workspace/scope.ts";

/** Which HTTP methods the API has. */
export type Method = "GET" | "HEAD" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One route. */
export interface Route {
  readonly method: Method;
  /**
   * The path as API Gateway writes it, with `{parameters}`, which are ids of letters, digits and `. _ : -`: an HTTP API
   * decodes paths before it matches them, so whatever may hold other characters travels in the query or the body.
   */
  readonly path: string;
  /** The Lambda function that answers: the name of its file in `functions/`, without `.ts`. */
  readonly function: string;
  /** The scope that a key needs; `public` where nothing is asked for, `address` where the path itself is the secret of a source. */
  readonly scope: Scope | "public" | "address";
  /** Whether it takes query parameters although it is no GET: the others refuse all of them. */
  readonly takesQuery?: boolean;
  /**
   * Whether a request may only read so much of the table (`lib/store/table/budget.ts`): a GET when absent, and no other, since what writes
   * reads whatever that takes. Some settings say that they are read whole, alone and as lists.
   */
  readonly isBudgeted?: boolean;
}

/** Whether a route needs a key: then the authorizer is asked before its function. */
export function needsKey({ scope }: Pick<Route, "scope">): boolean {
  return scope !== "public" && scope !== "address";
}

/** The key by which API Gateway names a route, for example `GET /v1/metrics/{id}`. */
export function routeKey(route: Route): string {
  return `${route.method} ${route.path}`;
}
