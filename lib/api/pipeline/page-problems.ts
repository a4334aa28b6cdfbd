import { renderProblem } from "../../pages/problem.ts";
import { renderSharedLink } from "../../pages/shares-page.ts";
import { renderSignIn } from "../../pages/sign-in.ts";
import { toProblem } from "./failures.ts";
import type { HttpEvent } from "./http-event.ts";
import type { Middleware } from "./middleware.ts";
import { frameOf } from "./page-frame.ts";
import { isForShare, NoSession, sessionCookie, sessionTokenOf, sharedTokenOf } from "./session.ts";

/** Answers what was thrown with a page that says so; whoever has not signed in gets the page to do so. */
export function answerPageProblems(): Middleware {
  return {
    onError: (request) => {
      const { error, event } = request;
      const { statusCode, headers, body } =
        error instanceof NoSession ? askToSignIn(event) : tell(error, event);
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

/** The first page is where people sign in; any other is refused, and shown once they have. Behind a shared link there is nobody to sign in. */
function askToSignIn(event: HttpEvent): ProblemPage {
  if (isForShare(event)) {
    // A browser forgets the session of a link after some hours, when the link may still be good.
    const problem = sharedTokenOf(event) === undefined ? "share.again" : "share.gone";
    return { statusCode: 401, headers: {}, body: renderSharedLink(frameOf(event), problem) };
  }
  const { rawPath, rawQueryString } = event;
  const returnTo = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;
  return {
    statusCode: rawPath === "/" ? 200 : 401,
    headers: sessionTokenOf(event) === undefined ? {} : { "set-cookie": sessionCookie(event, "") },
    body: renderSignIn({ frame: frameOf(event), returnTo }),
  };
}

function tell(error: unknown, event: HttpEvent): ProblemPage {
  const { requestId } = event.requestContext;
  const problem = toProblem(error);
  const { status, headers } = problem;
  const { detail, errors } = problem.toBody(requestId);
  const body = renderProblem({ frame: frameOf(event), status, detail, errors, requestId });
  return { statusCode: status, headers, body };
}
