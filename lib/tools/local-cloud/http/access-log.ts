import { accessLogVariables } from "./access-log-variables.ts";
import { logTime } from "./event.ts";
import type { GatewayRequest } from "./request.ts";

/** A request when it is answered. */
export interface AccessRecord {
  readonly request: GatewayRequest;
  readonly routeKey: string | undefined;
  readonly status: number;
  readonly responseLength: number;
  readonly responseLatency: number;
  readonly integration: IntegrationRecord | undefined;
  /** Why the authorizer said nothing. */
  readonly authorizerError: string | undefined;
  /** The authorizer's context of the caller. */
  readonly authorizerContext: Readonly<Record<string, unknown>>;
}

/** The outcome of the function's run. */
export interface IntegrationRecord {
  /** Milliseconds. */
  readonly latency: number;
  /** The status that the function answered; undefined where it failed. */
  readonly functionStatus: number | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
}

/** Lambda's own answer to an invocation, also to one in which the function fails. */
const invoked = 200;

/**
 * A line of the access log: the stage's format with its `$context` variables filled in, `-` where one has no value, as
 * where HTTP APIs do not have it at all.
 */
export function accessLogLine(format: string, record: AccessRecord): string {
  const values = valuesOf(record);
  return format.replaceAll(/\$context\.([\w.]+)/g, (_match, name: string) => {
    const value = accessLogVariables.has(name) ? values[name] : ofAuthorizer(name, record);
    return value === undefined ? "-" : JSON.stringify(String(value)).slice(1, -1);
  });
}

function ofAuthorizer(name: string, { authorizerContext }: AccessRecord): unknown {
  const key = /^authorizer\.(\w+)$/.exec(name)?.[1];
  return key !== undefined && Object.hasOwn(authorizerContext, key) ? authorizerContext[key] : undefined;
}

function valuesOf(record: AccessRecord): Readonly<Record<string, string | number | undefined>> {
  const { request, integration } = record;
  return {
    requestId: request.id,
    requestTime: logTime(request.receivedAt),
    requestTimeEpoch: Math.floor(request.receivedAt / 1000),
    routeKey: record.routeKey,
    httpMethod: request.method,
    path: request.path,
    protocol: "HTTP/1.1",
    status: record.status,
    responseLength: record.responseLength,
    responseLatency: record.responseLatency,
    integrationLatency: integration?.latency,
    "integration.latency": integration?.latency,
    "integration.status": integration?.functionStatus,
    "integration.integrationStatus": integration && invoked,
    integrationErrorMessage: integration?.error,
    "integration.error": integration?.error,
    "authorizer.error": record.authorizerError,
    "identity.sourceIp": request.sourceIp,
    "identity.userAgent": request.headers["user-agent"],
  };
}
