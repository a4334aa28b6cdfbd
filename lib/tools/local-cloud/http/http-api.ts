import { messageOf } from "../errors.ts";
import { InvocationError } from "../functions/execution-environment.ts";
import { payloadLimitBytes } from "../functions/lambda-function.ts";
import type { LogFile } from "../log-file.ts";
import type { ApiBlueprint, RouteBlueprint } from "../template/api-blueprint.ts";
import { type AccessRecord, accessLogLine, type IntegrationRecord } from "./access-log.ts";
import { Authorizer } from "./authorizer.ts";
import { preflight, withCors } from "./cors.ts";
import { type EventContext, integrationEvent } from "./event.ts";
import type { GatewayRequest } from "./request.ts";
import { type GatewayResponse, gatewayMessage, responseFrom } from "./response.ts";
import { type RouteMatch, RouteTable } from "./route-table.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The gateway's answer after a function has run, or has not. */
interface Outcome extends Omit<IntegrationRecord, "latency"> {
  readonly response: GatewayResponse;
}

const timedOut: Outcome = {
  response: gatewayMessage(503, "Service Unavailable"),
  functionStatus: undefined,
  error: "Endpoint request timed out",
};

function failed(error: string): Outcome {
  return { response: gatewayMessage(500, "Internal Server Error"), functionStatus: undefined, error };
}

/** Runs the function of an ARN with an event. */
export type InvokeFunction = (functionArn: string, event: object) => Promise<unknown>;

/** The trace of a request, for the access log. */
type Trace = {
  -readonly [Name in
    | "routeKey"
    | "integration"
    | "authorizerError"
    | "authorizerContext"]: AccessRecord[Name];
};

/**
 * An HTTP API with Lambda integrations: from a request to a response, as API Gateway does it. Where API Gateway
 * answers by itself, the statuses and bodies are its own.
 */
export class HttpApi {
  readonly #blueprint: ApiBlueprint;
  readonly #invoke: InvokeFunction;
  readonly #accessLog: LogFile;
  readonly #routes: RouteTable<RouteBlueprint>;
  readonly #authorizers = new Map<string, Authorizer>();
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(blueprint: ApiBlueprint, invoke: InvokeFunction, accessLog: LogFile) {
    this.#blueprint = blueprint;
    this.#invoke = invoke;
    this.#accessLog = accessLog;
    this.#routes = new RouteTable(blueprint.routes);
    for (const { key, authorizer, throttle } of blueprint.routes) {
      if (authorizer !== undefined && !this.#authorizers.has(authorizer.id)) {
        const ask = (event: object) => invoke(authorizer.functionArn, event);
        this.#authorizers.set(authorizer.id, new Authorizer(authorizer, ask));
      }
      const { ratePerSecond, burst } = throttle;
      if (ratePerSecond !== undefined || burst !== undefined) {
        this.#buckets.set(key, new TokenBucket(ratePerSecond ?? 10_000, burst ?? 5000));
      }
    }
  }

  /**
   * Answers a request.
   * @param readBody reads the body; undefined when it is over API Gateway's limit
   */
  async answer(
    request: GatewayRequest,
    readBody: () => Promise<Buffer | undefined>,
  ): Promise<GatewayResponse> {
    const trace: Trace = {
      routeKey: undefined,
      integration: undefined,
      authorizerError: undefined,
      authorizerContext: {},
    };
    const final = await this.#answerOrigin(request, readBody, trace);
    this.#note(request, final, trace);
    return { ...final, headers: { ...final.headers, "apigw-requestid": request.id } };
  }

  /** With CORS settings the gateway answers preflight requests itself, and all headers about origins are its own. */
  async #answerOrigin(
    request: GatewayRequest,
    readBody: () => Promise<Buffer | undefined>,
    trace: Trace,
  ): Promise<GatewayResponse> {
    const { cors } = this.#blueprint;
    if (cors === undefined) return this.#answer(request, readBody, trace);
    const origin = request.headers["origin"];
    if (request.method === "OPTIONS") return preflight(cors, origin);
    return withCors(await this.#answer(request, readBody, trace), cors, origin);
  }

  async #answer(
    request: GatewayRequest,
    readBody: () => Promise<Buffer | undefined>,
    trace: Trace,
  ): Promise<GatewayResponse> {
    const match = this.#routes.match(request.method, request.path);
    if (match === undefined) return gatewayMessage(404, "Not Found");
    trace.routeKey = match.route.key;
    if (this.#buckets.get(match.route.key)?.take() === false) return gatewayMessage(429, "Too Many Requests");
    const body = await readBody();
    if (body === undefined) return gatewayMessage(413, "Request Entity Too Large");
    const context = this.#context(match);
    const authorization = await this.#authorize(request, match.route, context);
    switch (authorization?.outcome) {
      case "unauthorized":
        return gatewayMessage(401, "Unauthorized");
      case "forbidden":
        return gatewayMessage(403, "Forbidden");
      case "failed":
        trace.authorizerError = authorization.reason;
        return gatewayMessage(500, "Internal Server Error");
    }
    trace.authorizerContext = { ...authorization?.context };
    const event = integrationEvent(request, body, { ...context, authorizerContext: authorization?.context });
    if (isTooLarge(event, body)) return gatewayMessage(413, "Request Entity Too Large");
    return this.#integrate(match.route, event, trace);
  }

  #authorize(request: GatewayRequest, route: RouteBlueprint, context: EventContext) {
    const authorizer = route.authorizer && this.#authorizers.get(route.authorizer.id);
    return authorizer?.authorize(request, context);
  }

  #context({ route, pathParameters }: RouteMatch<RouteBlueprint>): EventContext {
    const { id, stage, stageVariables } = this.#blueprint;
    return { apiId: id, stage, stageVariables, routeKey: route.key, pathParameters };
  }

  async #integrate(route: RouteBlueprint, event: object, trace: Trace): Promise<GatewayResponse> {
    const started = performance.now();
    const { promise: timeout, resolve: giveUp } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => giveUp(timedOut), route.integrationTimeoutMilliseconds);
    try {
      const { response, ...outcome } = await Promise.race([timeout, this.#run(route, event)]);
      trace.integration = { ...outcome, latency: Math.round(performance.now() - started) };
      return response;
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(route: RouteBlueprint, event: object): Promise<Outcome> {
    try {
      const response = responseFrom(await this.#invoke(route.functionArn, event));
      if (response !== undefined) return { response, functionStatus: response.status, error: undefined };
      return failed("The function's result has not the form of a response");
    } catch (error) {
      return failed(
        error instanceof InvocationError ? `${error.errorType}: ${error.message}` : messageOf(error),
      );
    }
  }

  #note(request: GatewayRequest, response: GatewayResponse, trace: Trace): void {
    const { accessLogFormat } = this.#blueprint;
    if (accessLogFormat === undefined) return;
    const responseLatency = Date.now() - request.receivedAt;
    const record = {
      ...trace,
      request,
      status: response.status,
      responseLength: response.body.length,
      responseLatency,
    };
    this.#accessLog.write(accessLogLine(accessLogFormat, record));
  }
}

/** Whether an event is over Lambda's limit. Base64 and JSON make a body larger, at the most six times. */
function isTooLarge(event: object, body: Buffer): boolean {
  if (body.length < payloadLimitBytes / 8) return false;
  return Buffer.byteLength(JSON.stringify(event)) > payloadLimitBytes;
}
