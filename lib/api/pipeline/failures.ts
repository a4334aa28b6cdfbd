import { outOfTime, QueryRefusal } from "../../queries/refusal.ts";
import { isUnavailable, StoreError } from "../../store/table/errors.ts";
import type { Middleware } from "./middleware.ts";
import { HttpProblem, invalidParameter } from "./problem.ts";

/** Answers what was thrown with a problem document, whose detail never quotes contents. */
export function answerProblems(): Middleware {
  return {
    onError: (request) => {
      const problem = toProblem(request.error);
      const own = { "content-type": "application/problem+json", "cache-control": "no-store" };
      request.response = {
        statusCode: problem.status,
        headers: { ...own, ...problem.headers },
        body: JSON.stringify(problem.toBody(request.event.requestContext.requestId)),
      };
    },
  };
}

/** The problem that a client is told of an error. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (isUnavailable(error)) {
    const detail = "the store is unavailable for the moment: sending the same request again is safe";
    return new HttpProblem(503, detail, { headers: { "retry-after": "2" } });
  }
  if (error instanceof StoreError && error.code === "other-schema") {
    return new HttpProblem(503, error.message, { headers: { "retry-after": "60" } });
  }
  if (error instanceof StoreError && error.code === "over-budget") {
    return new HttpProblem(400, `${error.message}: ask for fewer days, or for less at once`);
  }
  if (error instanceof StoreError && error.code === "too-slow") {
    return new HttpProblem(400, `this ${outOfTime}`);
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
