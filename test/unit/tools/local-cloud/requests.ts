import type { EventContext } from "../../../../lib/tools/local-cloud/http/event.ts";
import type { GatewayRequest } from "../../../../lib/tools/local-cloud/http/request.ts";

/** Requests for the tests of what the local API makes of them. */

/** A request: a plain `GET /things` unless told otherwise. */
export function request(parts: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    id: "request-1",
    receivedAt: Date.UTC(2026, 2, 12, 19, 3, 58),
    method: "GET",
    path: "/things",
    rawQuery: "",
    headers: { host: "127.0.0.1:3000", "user-agent": "test" },
    cookies: [],
    sourceIp: "127.0.0.1",
    ...parts,
  };
}

/** What is known of the API and the route. */
export const context: EventContext = {
  apiId: "Api",
  stage: "$default",
  stageVariables: {},
  routeKey: "GET /things",
  pathParameters: {},
};
