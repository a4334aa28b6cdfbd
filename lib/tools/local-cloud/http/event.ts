import { account } from "../template/names.ts";
import type { GatewayRequest } from "./request.ts";

/** The context of an event beside the request. */
export interface EventContext {
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The authorizer's context of the caller; undefined where the route has no authorizer. */
  readonly authorizerContext?: object | null | undefined;
}

/** The event of a Lambda integration, payload format 2.0. */
export function integrationEvent(request: GatewayRequest, body: Buffer, context: EventContext): object {
  const isText = isTextual(request.headers);
  return {
    ...commonEvent(request, context),
    ...(body.length > 0 ? { body: body.toString(isText ? "utf8" : "base64") } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/**
 * The event of a Lambda authorizer, payload format 2.0.
 * @param identitySource the values of the authorizer's identity sources
 */
export function authorizerEvent(
  request: GatewayRequest,
  identitySource: readonly string[],
  context: EventContext,
): object {
  const { apiId, stage } = context;
  return {
    ...commonEvent(request, context),
    type: "REQUEST",
    routeArn: `arn:aws:execute-api:us-east-1:${account}:${apiId}/${stage}/${request.method}${request.path}`,
    identitySource,
  };
}

function commonEvent(request: GatewayRequest, context: EventContext): object {
  const query = queryParameters(request.rawQuery);
  return {
    version: "2.0",
    routeKey: context.routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length > 0 ? { cookies: request.cookies } : {}),
    headers: request.headers,
    ...unlessEmpty("queryStringParameters", query),
    requestContext: requestContext(request, context),
    ...unlessEmpty("pathParameters", context.pathParameters),
    ...unlessEmpty("stageVariables", context.stageVariables),
  };
}

function requestContext(request: GatewayRequest, context: EventContext): object {
  const domainName = (request.headers["host"] ?? "").replace(/:\d+$/, "");
  return {
    accountId: account,
    apiId: context.apiId,
    ...(context.authorizerContext === undefined ? {} : { authorizer: { lambda: context.authorizerContext } }),
    domainName,
    domainPrefix: domainName.split(".")[0] ?? "",
    http: {
      method: request.method,
      path: request.path,
      protocol: "HTTP/1.1",
      sourceIp: request.sourceIp,
      userAgent: request.headers["user-agent"] ?? "",
    },
    requestId: request.id,
    routeKey: context.routeKey,
    stage: context.stage,
    time: logTime(request.receivedAt),
    timeEpoch: request.receivedAt,
  };
}

/** The parameters of a query string, decoded; several values of one name are joined by commas. */
export function queryParameters(rawQuery: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = Object.hasOwn(result, name) ? result[name] : undefined;
    // A parameter may be called "__proto__".
    const joined = before === undefined ? value : `${before},${value}`;
    Object.defineProperty(result, name, {
      value: joined,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return result;
}

/** A time as in `12/Mar/2026:19:03:58 +0000`. */
export function logTime(epochMilliseconds: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochMilliseconds).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

/**
 * Whether an HTTP API hands a body on as text: only these content types are, everything else (forms and bodies
 * without a type too) comes in base64.
 */
function isTextual(headers: Readonly<Record<string, string>>): boolean {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return false;
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || /^application\/(json|javascript|xml)$/.test(type);
}

function unlessEmpty(name: string, values: Readonly<Record<string, string>>): object {
  return Object.keys(values).length > 0 ? { [name]: values } : {};
}
