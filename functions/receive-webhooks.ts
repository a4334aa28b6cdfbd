import { endpoint, type HttpHandler } from "../lib/api/pipeline/endpoint.ts";
import { sourceEndpoint } from "../lib/api/pipeline/source-endpoint.ts";
import { checkAddress, receiveDelivery } from "../lib/api/routes/sources/receive.ts";
import { replayDeliveries } from "../lib/api/routes/sources/replay.ts";

const replayKey = "POST /v1/sources/{id}/replay";
const replay = endpoint({ [replayKey]: replayDeliveries });
const receive = sourceEndpoint({
  "POST /v1/sources/{id}": receiveDelivery,
  "HEAD /v1/sources/{id}": checkAddress,
});

/** `POST /v1/sources/{id}`: webhooks as their providers send them, and those that are read again. */
export const handler: HttpHandler = (event, context) =>
  event.routeKey === replayKey ? replay(event, context) : receive(event, context);
