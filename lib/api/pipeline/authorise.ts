import type { Scope } from "../../domain/workspace/scope.ts";
import type { HttpEvent } from "./http-event.ts";
import type { Middleware } from "./middleware.ts";
import { type Principal, principalOf } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/**
 * Refuses a request whose key may not use the route.
 * @param scopeOf the scope that a route needs, by its key
 * @throws HttpProblem 401 without a key that is valid, 403 where its scopes or origins do not fit
 */
export function authorise(scopeOf: (routeKey: string) => Scope): Middleware {
  return {
    before: ({ event, context }) => {
      context.principal = requirePrincipal(event, scopeOf(event.routeKey));
      context.log.note({ workspace: context.principal.workspace });
    },
  };
}

const bearer = { headers: { "www-authenticate": "Bearer" } };

function requirePrincipal(event: HttpEvent, scope: Scope): Principal {
  const principal = principalOf(event.requestContext.authorizer?.lambda, Date.now());
  if (!principal) throw new HttpProblem(401, "the key is unknown, expired or revoked", bearer);
  if (!principal.scopes.includes(scope) && !principal.scopes.includes("admin")) {
    throw new HttpProblem(403, `this needs a key with the scope ${scope}`);
  }
  const { origins } = principal;
  if (origins.length > 0 && !origins.includes(event.headers["origin"] ?? "")) {
    throw new HttpProblem(403, "this key may not be used from this origin");
  }
  return principal;
}
