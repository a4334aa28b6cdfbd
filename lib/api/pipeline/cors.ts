import { routes } from "../../routes.ts";
import type { Middleware } from "./middleware.ts";
import { type Principal, principalOf } from "./principal.ts";

/**
 * CORS: pages of other origins may send facts with a key that lists their origin, and read the answers. API
 * Gateway's own setting knows one list of origins for all keys; here each key has its own.
 */

/** Seconds for which a browser remembers what it was told beforehand. */
const rememberedSeconds = 3_600;

/**
 * The headers that tell a browser, before it sends a request, that it may. It asks without the key, so every origin is
 * told the same, and only of paths that take facts; the request itself is refused where the key does not list the origin.
 * @returns undefined where no page may send anything to the path
 */
export function preflightHeaders(
  path: string,
  origin: string | undefined,
): Record<string, string> | undefined {
  const methods = routes.filter((route) => route.path === path && route.scope === "ingest");
  if (methods.length === 0 || origin === undefined) return undefined;
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": methods.map(({ method }) => method).join(", "),
    "access-control-allow-headers": "authorization, content-type, idempotency-key",
    "access-control-max-age": String(rememberedSeconds),
    vary: "origin",
  };
}

/** Lets pages read what is answered, errors too, where the key lists their origin. */
export function allowOrigin(): Middleware {
  const addHeaders: NonNullable<Middleware["after"]> = ({ event, response }) => {
    if (!response) return;
    const principal = principalOf(event.requestContext.authorizer?.lambda, Date.now());
    response.headers = { ...response.headers, ...originHeaders(principal, event.headers["origin"]) };
  };
  return { after: addHeaders, onError: addHeaders };
}

function originHeaders(principal: Principal | undefined, origin: string | undefined): Record<string, string> {
  if (principal === undefined || principal.origins.length === 0) return {};
  if (origin === undefined || !principal.origins.includes(origin)) return { vary: "origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "apigw-requestid, retry-after",
    vary: "origin",
  };
}
