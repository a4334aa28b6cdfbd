import type { Delivery } from "../../domain/sources/provider.ts";
import type { FoundSource } from "../../store/settings/sources.ts";
import { ReadAhead } from "../../store/table/read-ahead.ts";
import type { AnyAnswer } from "./answer.ts";
import { bytesOf } from "./body.ts";
import { findRoute, type HttpHandler, type HttpRequest, lambdaHandler, pipeline } from "./endpoint.ts";
import type { HttpEvent } from "./http-event.ts";
import { limitKey } from "./limit.ts";
import type { RequestContext } from "./middleware.ts";
import { definedOnly } from "./parameters.ts";
import { HttpProblem } from "./problem.ts";
import { hurry, readSource } from "./source.ts";
import { readWorkspace } from "./workspace.ts";

/** The pipeline of webhooks: log → find the source → limit → read the workspace → handle. The handler checks the signature first of all. */

/** A delivery to a source. Nobody has looked yet whether it is the provider's. */
export interface DeliveryRequest extends HttpRequest {
  readonly found: FoundSource;
  readonly delivery: Delivery;
}

/** Handles deliveries. */
export type DeliveryHandler = (request: DeliveryRequest) => Promise<AnyAnswer>;

/**
 * The Lambda handler of routes whose path is the address of a source.
 * @param handlers by route key
 * @throws Error when a route is not in the route table, or needs something else
 */
export function sourceEndpoint(handlers: Readonly<Record<string, DeliveryHandler>>): HttpHandler {
  for (const key of Object.keys(handlers)) {
    if (findRoute(key).scope !== "address") throw new Error(`${key} is no address of a source`);
  }
  const handle = (event: HttpEvent, context: RequestContext) =>
    (handlers[event.routeKey] ?? refuse())(requestOf(event, context));
  return lambdaHandler(
    pipeline(handle)
      .use(readSource())
      .use(limitKey())
      .use(readWorkspace({}, () => true))
      .use(hurry()),
  );
}

function requestOf(event: HttpEvent, context: RequestContext): DeliveryRequest {
  const { table, workspace, principal, deadline, log, source } = context;
  const headers = definedOnly(event.headers);
  return {
    ...{ table, workspace, principal, deadline, note: log.note, found: source ?? refuse() },
    // What stands in the address beside its path is the provider's own, and the body is read by the provider's file.
    ...{ parameters: {}, query: {}, headers: {}, body: undefined, ahead: new ReadAhead() },
    delivery: { body: bytesOf(event), headers, receivedAt: Date.now() },
  };
}

function refuse(): never {
  throw new HttpProblem(404, "there is nothing here");
}
