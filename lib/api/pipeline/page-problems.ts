import { renderProblem } from "../../pages/problem.ts";
import { renderSignIn } from "../../pages/sign-in.ts";
import { toProblem } from "./failures.ts";
import type { HttpEvent } from "./http-event.ts";
import type { Middleware } from "./middleware.ts";
import { NoSession, sessionCookie, sessionTokenOf } from "./session.ts";

/** Answers what was thrown with a page that says so; whoever has not signed in gets the page to do so. */
export function answerPageProblems(): Middleware {
  return {
    onError: (request) => {
      const { error, event } = request;
      const { statusCode, headers, body } =
        error instanceof NoSession ? askToSignIn(event) : tell(error, event.requestContext.requestId);
      const own = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
      request.response = { statusCode, headers: { ...own, ...headers }, body };
    },
  };
}

interface ProblemPage {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The first page is where people sign in; any other is refused, and shown once they have. */
function askToSignIn(event: HttpEvent): ProblemPage {
  const { rawPath, rawQueryString } = event;
  const returnTo = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;
  return {
    statusCode: rawPath === "/" ? 200 : 401,
    headers: sessionTokenOf(event) === undefined ? {} : { "set-cookie": sessionCookie(event, "") },
    body: renderSignIn({ returnTo }),
  };
}

function tell(error: unknown, requestId: string): ProblemPage {
  const problem = toProblem(error);
  const { title, detail, errors } = problem.toBody(requestId);
  return {
    statusCode: problem.status,
    headers: problem.headers,
    body: renderProblem({ title, detail, errors, requestId }),
  };
}
