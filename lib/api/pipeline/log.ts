import { requestLogger } from "../../telemetry/logger.ts";
import type { Middleware } from "./middleware.ts";

/** Logs one line a request, with how it ended. */
export function logRequest(): Middleware {
  return {
    before: ({ event, context }) => {
      context.log = requestLogger(event, context);
    },
    after: ({ response, context: { log } }) => log.done(response?.statusCode ?? 500),
    onError: ({ response, error, context: { log } }) => {
      const status = response?.statusCode ?? 500;
      if (status >= 500) log.failed(error);
      log.done(status);
    },
  };
}
