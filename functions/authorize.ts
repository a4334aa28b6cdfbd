import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from "aws-lambda";
import { principalContext } from "../lib/api/pipeline/principal.ts";
import { findApiKey, noteUse } from "../lib/store/settings/api-keys.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { isUnavailable } from "../lib/store/table/errors.ts";

/**
 * Finds out who asks. It tells the handlers the workspace and the scopes of the key, or nothing: they refuse whoever
 * is nobody (401) or may not use the route (403) with a proper problem document, which API Gateway cannot.
 */
export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, "headers">,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Record<string, string>>> {
  const [scheme, key, ...rest] = (event.headers?.["authorization"] ?? "").trim().split(/\s+/);
  const isBearer = scheme?.toLowerCase() === "bearer" && key !== undefined && rest.length === 0;
  const now = Date.now();
  const found = isBearer ? await findApiKey(defaultTable(), key, now) : undefined;
  if (!found || key === undefined) return { isAuthorized: true, context: {} };
  await noteUse(defaultTable(), key, found, now).catch((error: unknown) => {
    // The next request notes it: who asks is known, and a table that takes no writes now may well be read.
    if (!isUnavailable(error)) throw error;
  });
  const { workspace, scopes, id: keyId, origins, validUntil, rules, limits, public: isPublic } = found;
  const principal = { workspace, scopes, keyId, origins, validUntil, isPublic, rules, limits };
  return { isAuthorized: true, context: principalContext(principal) };
}
