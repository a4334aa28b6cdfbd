import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { service } from "./names.ts";

/** Structured logs: one JSON line a request. No bodies, comments, keys or customer ids. */

/** The logger of this process. */
export const logger = new Logger({ serviceName: service });

/** Fields added to a log line: counts and names, never contents. An object is a directive of the embedded metric format. */
export type LogFields = Readonly<Record<string, string | number | boolean | object>>;

/** The one line about a request. */
export interface RequestLog {
  note(fields: LogFields): void;
  /** Names the error by its class and where it was thrown; its message could quote contents. */
  failed(error: unknown): void;
  done(status: number): void;
}

/** The request's own part of the line: the gateway's id of it, and the route, without the path's contents. */
export interface LoggedRequest {
  readonly requestContext: { readonly requestId: string };
  /** For example `GET /v1/metrics/{id}`. */
  readonly routeKey: string;
}

/** Starts the log line of a request. */
export function requestLogger(event: LoggedRequest, context: Pick<Context, "awsRequestId">): RequestLog {
  const started = performance.now();
  const cpuBefore = process.threadCpuUsage();
  const fields: Record<string, unknown> = {
    requestId: event.requestContext.requestId,
    functionRequestId: context.awsRequestId,
    route: event.routeKey,
  };
  return {
    note: (more) => void Object.assign(fields, more),
    failed: (error) => void Object.assign(fields, describeError(error)),
    done: (status) => {
      const { user, system } = process.threadCpuUsage(cpuBefore);
      const line = {
        ...{ ...fields, status },
        durationMilliseconds: Math.round(performance.now() - started),
        cpuMilliseconds: Math.round((user + system) / 1_000),
      };
      if (status >= 500) logger.error("request", line);
      else logger.info("request", line);
    },
  };
}

/** An error's class, code and stack frames, without its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return {
    error: error.name,
    ...("code" in error && typeof error.code === "string" ? { errorCode: error.code } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
