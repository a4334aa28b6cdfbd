import { logTime } from "./event.ts";
import type { GatewayRequest } from "./request.ts";

/** What is known of a request when it is answered. */
export interface AccessRecord {
  readonly request: GatewayRequest;
  readonly routeKey: string | undefined;
  readonly status: number;
  readonly responseLength: number;
  readonly responseLatency: number;
  readonly integrationLatency: number | undefined;
  readonly error: string | undefined;
}

/** A line of the access log: the stage's format with its `$context` variables filled in, `-` where one has no value. */
export function accessLogLine(format: string, record: AccessRecord): string {
  const { request } = record;
  const values: Readonly<Record<string, string | number | undefined>> = {
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
    integrationLatency: record.integrationLatency,
    integrationErrorMessage: record.error,
    "error.message": record.error,
    "identity.sourceIp": request.sourceIp,
    "identity.userAgent": request.headers["user-agent"],
  };
  return format.replaceAll(/\$context\.([\w.]+)/g, (_match, name: string) => {
    const value = values[name];
    return value === undefined ? "-" : JSON.stringify(String(value)).slice(1, -1);
  });
}
