import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from "aws-lambda";
import { principalContext } from "../lib/api/pipeline/principal.ts";
import { findApiKey, noteUse } from "../lib/store/settings/api-keys.ts";
import { tableInHaste } from "../lib/store/table/client.ts";
import { isUnavailable } from "../lib/store/table/errors.ts";

/**
 * So much later there may not be time to note the use as well: API Gateway answers a bare 500 when the five seconds of this
 * function are over, of which two tries to note it can take more than three.
 */
const maxMillisecondsBeforeNote = 1_000;

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
  const began = performance.now();
  const found = isBearer ? await findApiKey(tableInHaste(), key, now) : undefined;
  if (!found || key === undefined) return { isAuthorized: true, context: {} };
  // Else the next request notes it: who asks is known, and a table that takes no writes now may well be read.
  if (performance.now() - began <= maxMillisecondsBeforeNote) {
    await noteUse(tableInHaste(), key, found, now).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
    });
  }
  const { workspace, scopes, id: keyId, origins, validUntil, rules, limits, public: isPublic } = found;
  const principal = { workspace, scopes, keyId, origins, validUntil, isPublic, rules, limits };
  return { isAuthorized: true, context: principalContext(principal) };
}
