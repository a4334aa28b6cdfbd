import middy, { type MiddyfiedHandler } from "@middy/core";
import httpEventNormalizer from "@middy/http-event-normalizer";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Scope } from "../../domain/workspace/scope.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { type Route, routeKey } from "../../route.ts";
import { routes } from "../../routes.ts";
import type { Table } from "../../store/table/client.ts";
import type { ReadAhead } from "../../store/table/read-ahead.ts";
import type { Deadline } from "../../store/table/retries.ts";
import type { RequestLog } from "../../telemetry/logger.ts";
import { type AnyAnswer, toResult } from "./answer.ts";
import { authorise } from "./authorise.ts";
import { parseJson } from "./body.ts";
import { allowOrigin } from "./cors.ts";
import { answerProblems } from "./failures.ts";
import type { HttpEvent } from "./http-event.ts";
import { limitKey } from "./limit.ts";
import { logRequest } from "./log.ts";
import type { RequestContext } from "./middleware.ts";
import { checkParameters, definedOnly, refuseRepeated } from "./parameters.ts";
import type { Principal } from "./principal.ts";
import { HttpProblem } from "./problem.ts";
import { withBudgetOf } from "./read-budget.ts";
import { type ContentPolicy, securityHeaders } from "./security-headers.ts";
import { type ReadAheadPlan, readWorkspace } from "./workspace.ts";

/**
 * The request pipeline: log → authorise → limit → check parameters → read the workspace → parse the body → handle → answer. A handler of
 * a route cannot be made without it, so no route can forget to ask for a key, or to limit what it reads.
 */

/** A request that has passed authentication and authorisation. */
export interface HttpRequest {
  /** Its reads are charged to the request's budget, where the route has one. */
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
  /** Items that were read together with the workspace. */
  readonly ahead: ReadAhead;
  readonly deadline: Deadline;
  /** Adds to the one line that is logged about the request: counts and names, never contents. */
  readonly note: RequestLog["note"];
}

/** Handles a route. */
export type RouteHandler = (request: HttpRequest) => Promise<AnyAnswer>;

/** Handles a public route: without a key, a workspace or the table. */
export type PublicHandler = () => Promise<AnyAnswer>;

/** A Lambda handler of the HTTP API. */
export type HttpHandler = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** The same, while middlewares are added to it. */
export type Pipeline = MiddyfiedHandler<HttpEvent, APIGatewayProxyStructuredResultV2, Error, RequestContext>;

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
  const own = new Map(Object.keys(handlers).map((key) => [key, withKey(findRoute(key))]));
  const routeOf = (key: string) => own.get(key) ?? refuse();
  const handle = (event: HttpEvent, context: RequestContext) => {
    const { table, workspace, principal, parameters, query, body, ahead, deadline, log } = context;
    const asked = { workspace, principal, parameters, query, body, headers: definedOnly(event.headers) };
    const request = { ...asked, table, ahead, deadline, note: log.note };
    return (handlers[event.routeKey] ?? refuse())(withBudgetOf(routeOf(event.routeKey), request));
  };
  return lambdaHandler(
    pipeline(handle, policy)
      .use(authorise((key) => routeOf(key).scope))
      .use(limitKey())
      .use(checkParameters(routeOf))
      .use(readWorkspace(plans, (key) => routeOf(key).scope === "ingest"))
      .use(parseJson()),
  );
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

/** A Lambda handler that answers every request, whatever its route, and logs it. */
export function httpHandler(handle: (event: HttpEvent) => Promise<AnyAnswer>): HttpHandler {
  return lambdaHandler(pipeline(handle));
}

/** The middlewares make the context that the handler gets of the one that Lambda gives. */
export function lambdaHandler(run: Pipeline): HttpHandler {
  return (event, context) => run(event, context as RequestContext);
}

/** The middlewares around every handler, also where it throws. */
export function pipeline(
  handle: (event: HttpEvent, context: RequestContext) => Promise<AnyAnswer>,
  policy: ContentPolicy = {},
): Pipeline {
  const answer = async (event: HttpEvent, context: RequestContext) => toResult(await handle(event, context));
  return middy(answer)
    .use(httpHeaderNormalizer())
    .use(httpEventNormalizer())
    .use(securityHeaders(policy))
    .use(allowOrigin())
    .use(logRequest())
    .use(answerProblems()) as Pipeline;
}

/** @throws Error when a route is not in the route table */
export function findRoute(key: string): Route {
  const route = routes.find((candidate) => routeKey(candidate) === key);
  if (!route) throw new Error(`${key} is not in the route table`);
  return route;
}

/** @throws Error where the route needs none */
function withKey(route: Route): Route & { readonly scope: Scope } {
  const { scope } = route;
  if (scope === "public") throw new Error(`${routeKey(route)} is public: use publicEndpoint`);
  if (scope === "address") throw new Error(`${routeKey(route)} takes no key: use sourceEndpoint`);
  return { ...route, scope };
}

function refuse(): never {
  throw new HttpProblem(404, "there is nothing here");
}
