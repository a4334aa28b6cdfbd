import { type Route, routeKey } from "../../route.ts";
import { routes } from "../../routes.ts";
import { readWorkspaceAnd } from "../../store/settings/workspaces.ts";
import { defaultTable, type Table } from "../../store/table/client.ts";
import type { Key } from "../../store/table/keys.ts";
import type { ReadAhead } from "../../store/table/read-ahead.ts";
import { type Deadline, deadlineIn } from "../../store/table/retries.ts";
import type { Scope } from "../../workspace/scope.ts";
import type { Workspace } from "../../workspace/settings.ts";
import type { AnyAnswer } from "./answer.ts";
import { readJson } from "./body.ts";
import { type ContentPolicy, type HttpHandler, httpHandler, type Note } from "./handler.ts";
import type { HttpEvent } from "./http-event.ts";
import { withinLimits } from "./key-limit.ts";
import { checkIds, refuseQuery, refuseRepeated } from "./parameters.ts";
import { type Principal, principalOf } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/**
 * The way of every request: who asks → may they → parse → do → answer. A handler cannot be made without it, so no
 * route can forget to ask for a key.
 */

/** A request that has passed authentication and authorisation. */
export interface HttpRequest {
  readonly table: Table;
  readonly workspace: Workspace;
  readonly principal: Principal;
  /** Path parameters: ids of letters, digits and `. _ : -`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; `undefined` where the method has none. */
  readonly body: unknown;
  /** What was read together with the workspace. */
  readonly ahead: ReadAhead;
  readonly deadline: Deadline;
  readonly note: Note;
}

/** What a route does. */
export type RouteHandler = (request: HttpRequest) => Promise<AnyAnswer>;

/** What is known of a request before its workspace has been read. */
export interface KnownRequest extends Pick<HttpRequest, "parameters" | "query"> {
  /** The workspace's id. */
  readonly workspace: string;
}

/** Says which items a route is sure to need beside the workspace, so that they come in the same request. */
export type ReadAheadPlan = (request: KnownRequest) => Key[];

/** What a public route does: without a key, a workspace or the table. */
export type PublicHandler = () => Promise<AnyAnswer>;

/** Milliseconds at the end of a function's time in which no new try begins. */
const reserveMilliseconds = 8_000;

/**
 * The Lambda handler of routes that need a key.
 * @param handlers by route key, for example `GET /v1/metrics`
 * @param plans what to read ahead, by route key
 * @param policy what a browser may do with answers that are pages
 * @throws Error when a route is not in the route table, or is public
 */
export function endpoint(
  handlers: Readonly<Record<string, RouteHandler>>,
  plans: Readonly<Record<string, ReadAheadPlan>> = {},
  policy?: ContentPolicy,
): HttpHandler {
  const own = new Map(
    Object.entries(handlers).map(([key, handler]) => {
      const route = findRoute(key);
      if (route.scope === "public") throw new Error(`${key} is public: use publicEndpoint`);
      const { scope, method } = route;
      return [
        key,
        { scope, method, takesQuery: method === "GET" || route.takesQuery === true, handler },
      ] as const;
    }),
  );
  return httpHandler(async (event, context, note) => {
    const { scope, method, takesQuery, handler } = own.get(event.routeKey) ?? refuse();
    const principal = authorise(event, scope);
    note({ workspace: principal.workspace });
    return withinLimits(principal, note, async () => {
      const table = defaultTable();
      const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
      const parameters = definedOnly(event.pathParameters);
      const query = definedOnly(event.queryStringParameters);
      checkIds(method, parameters);
      refuseRepeated(event.rawQueryString);
      if (!takesQuery) refuseQuery(query);
      const keys = plans[event.routeKey]?.({ workspace: principal.workspace, parameters, query }) ?? [];
      const { workspace, ahead } = await readWorkspaceAnd(table, principal.workspace, keys, deadline);
      if (!workspace) throw new HttpProblem(401, "the key belongs to a workspace that is gone");
      return handler({
        table,
        workspace,
        principal,
        parameters,
        query,
        headers: definedOnly(event.headers),
        body: readJson(event),
        ahead,
        deadline,
        note,
      });
    });
  }, policy);
}

/**
 * The Lambda handler of routes that need no key.
 * @throws Error when a route is not in the route table, or is not public
 */
export function publicEndpoint(handlers: Readonly<Record<string, PublicHandler>>): HttpHandler {
  for (const key of Object.keys(handlers)) {
    if (findRoute(key).scope !== "public") throw new Error(`${key} needs a key: use endpoint`);
  }
  return httpHandler(async (event) => {
    refuseRepeated(event.rawQueryString);
    return (handlers[event.routeKey] ?? refuse())();
  });
}

function authorise(event: HttpEvent, scope: Scope): Principal {
  const principal = principalOf(event.requestContext.authorizer?.lambda, Date.now());
  if (!principal) throw new HttpProblem(401, "the key is unknown, expired or revoked", bearer);
  if (!principal.scopes.includes(scope) && !principal.scopes.includes("admin")) {
    throw new HttpProblem(403, `this needs a key with the scope ${scope}`);
  }
  const { origins } = principal;
  if (origins.length > 0 && !origins.includes(event.headers?.["origin"] ?? "")) {
    throw new HttpProblem(403, "this key may not be used from this origin");
  }
  return principal;
}

const bearer = { headers: { "www-authenticate": "Bearer" } };

function findRoute(key: string): Route {
  const route = routes.find((candidate) => routeKey(candidate) === key);
  if (!route) throw new Error(`${key} is not in the route table`);
  return route;
}

function refuse(): never {
  throw new HttpProblem(404, "there is nothing here");
}

function definedOnly(
  values: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
