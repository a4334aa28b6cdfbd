import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { QueryRefusal } from "../../queries/refusal.ts";
import { isUnavailable, StoreError } from "../../store/table/errors.ts";
import type { RequestLog } from "../../telemetry/logger.ts";
import type { HttpEvent } from "./http-event.ts";
import { HttpProblem, invalidParameter } from "./problem.ts";

/** Makes the answer of an error, and logs what an operator needs: never a message that could quote contents. */
export function answerProblem(
  error: unknown,
  event: HttpEvent,
  log: RequestLog,
): APIGatewayProxyStructuredResultV2 {
  const problem = toProblem(error);
  if (problem.status >= 500) log.failed(error);
  log.done(problem.status);
  return {
    statusCode: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...problem.headers },
    body: JSON.stringify(problem.toBody(event.requestContext.requestId)),
  };
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (isUnavailable(error)) {
    return new HttpProblem(
      503,
      "the store is unavailable for the moment: sending the same request again is safe",
      {
        headers: { "retry-after": "2" },
      },
    );
  }
  if (error instanceof StoreError && error.code === "other-schema") {
    return new HttpProblem(503, error.message, { headers: { "retry-after": "60" } });
  }
  if (error instanceof StoreError && error.code === "too-dear") {
    return new HttpProblem(400, `${error.message}: ask for fewer days, or for less at once`);
  }
  if (error instanceof StoreError && error.code === "too-many-facts") {
    return new HttpProblem(
      400,
      "too many facts would have to be counted again: ask for fewer days, or track the dimension in the workspace",
    );
  }
  if (error instanceof QueryRefusal) {
    const { parameter, detail } = error.advice;
    return invalidParameter(parameter, detail);
  }
  return new HttpProblem(500, "something went wrong here; sending the same request again is safe");
}
