import type { CorsBlueprint } from "../template/api-blueprint.ts";
import type { GatewayResponse } from "./response.ts";

/** The answer to a browser's preflight request, which no route and no handler sees. */
export function preflight(cors: CorsBlueprint, origin: string | undefined): GatewayResponse {
  const allowed = allowedOrigin(cors, origin);
  const headers: Record<string, string> = {};
  if (allowed !== undefined) {
    headers["access-control-allow-origin"] = allowed;
    if (cors.allowMethods.length > 0) headers["access-control-allow-methods"] = cors.allowMethods.join(",");
    if (cors.allowHeaders.length > 0) headers["access-control-allow-headers"] = cors.allowHeaders.join(",");
    if (cors.allowCredentials) headers["access-control-allow-credentials"] = "true";
    if (cors.maxAgeSeconds !== undefined) headers["access-control-max-age"] = String(cors.maxAgeSeconds);
  }
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** A response with the API's CORS headers in place of those that the handler may have set. */
export function withCors(
  response: GatewayResponse,
  cors: CorsBlueprint,
  origin: string | undefined,
): GatewayResponse {
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (!name.startsWith("access-control-")) headers[name] = value;
  }
  const allowed = allowedOrigin(cors, origin);
  if (allowed !== undefined) {
    headers["access-control-allow-origin"] = allowed;
    if (cors.exposeHeaders.length > 0)
      headers["access-control-expose-headers"] = cors.exposeHeaders.join(",");
    if (cors.allowCredentials) headers["access-control-allow-credentials"] = "true";
  }
  return { ...response, headers };
}

function allowedOrigin(cors: CorsBlueprint, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (cors.allowOrigins.includes("*")) return "*";
  const scheme = origin.slice(0, origin.indexOf("://") + 3);
  return cors.allowOrigins.includes(origin) || cors.allowOrigins.includes(`${scheme}*`) ? origin : undefined;
}
