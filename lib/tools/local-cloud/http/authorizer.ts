import * as z from "zod";
import type { AuthorizerBlueprint } from "../template/api-blueprint.ts";
import { authorizerEvent, type EventContext, queryParameters } from "./event.ts";
import type { GatewayRequest } from "./request.ts";

/** An authorizer's decision on a request. */
export type Authorization =
  | { readonly outcome: "allowed"; readonly context: object | null }
  | { readonly outcome: "forbidden" }
  /** An identity source is missing, and the function was not asked. */
  | { readonly outcome: "unauthorized" }
  /** The function failed or answered something else than a simple response. */
  | { readonly outcome: "failed"; readonly reason: string };

const simpleResponse = z.looseObject({
  isAuthorized: z.boolean(),
  context: z.record(z.string(), z.unknown()).nullish(),
});

/** So many answers are remembered; API Gateway says of no limit, but memory has one. */
const cacheEntries = 10_000;

/** A Lambda authorizer with simple responses and its cache. */
export class Authorizer {
  readonly #blueprint: AuthorizerBlueprint;
  readonly #invoke: (event: object) => Promise<unknown>;
  readonly #now: () => number;
  readonly #cache = new Map<string, { readonly expiresAt: number; readonly authorization: Authorization }>();

  /**
   * @param invoke runs the authorizer's function
   * @param now the time in milliseconds
   */
  constructor(
    blueprint: AuthorizerBlueprint,
    invoke: (event: object) => Promise<unknown>,
    now: () => number = () => performance.now(),
  ) {
    this.#blueprint = blueprint;
    this.#invoke = invoke;
    this.#now = now;
  }

  /** Decides on a request: from the cache, where the same identity sources were decided on before. */
  async authorize(request: GatewayRequest, context: EventContext): Promise<Authorization> {
    const identity = this.#blueprint.identitySources.map((source) => select(source, request, context));
    const present = identity.filter((value) => value !== undefined && value !== "");
    if (present.length < identity.length) return { outcome: "unauthorized" };
    const values = present.map(String);
    const key = JSON.stringify(values);
    const known = this.#cache.get(key);
    if (known !== undefined && known.expiresAt > this.#now()) return known.authorization;
    const authorization = await this.#ask(authorizerEvent(request, values, context));
    if (authorization.outcome !== "failed") this.#remember(key, authorization);
    return authorization;
  }

  async #ask(event: object): Promise<Authorization> {
    try {
      const { isAuthorized, context } = simpleResponse.parse(await this.#invoke(event));
      return isAuthorized ? { outcome: "allowed", context: context ?? null } : { outcome: "forbidden" };
    } catch (error) {
      return { outcome: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #remember(key: string, authorization: Authorization): void {
    const { cacheSeconds, identitySources } = this.#blueprint;
    if (cacheSeconds === 0 || identitySources.length === 0) return;
    this.#cache.delete(key);
    const oldest = this.#cache.size >= cacheEntries ? this.#cache.keys().next().value : undefined;
    if (oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(key, { expiresAt: this.#now() + cacheSeconds * 1000, authorization });
  }
}

/** The value of a selection expression such as `$request.header.Authorization` or `$context.routeKey`. */
function select(source: string, request: GatewayRequest, context: EventContext): string | undefined {
  const [, kind, name = ""] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case "request.header":
      return request.headers[name.toLowerCase()];
    case "request.querystring":
      return queryParameters(request.rawQuery)[name];
    case "stageVariables":
      return context.stageVariables[name];
    default:
      return contextVariables(request, context)[name];
  }
}

function contextVariables(request: GatewayRequest, context: EventContext): Readonly<Record<string, string>> {
  return {
    routeKey: context.routeKey,
    stage: context.stage,
    apiId: context.apiId,
    httpMethod: request.method,
    path: request.path,
    "identity.sourceIp": request.sourceIp,
  };
}
