import middy, { type MiddyfiedHandler } from "@middy/core";
import httpEventNormalizer from "@middy/http-event-normalizer";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpSecurityHeaders from "@middy/http-security-headers";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { requestLogger } from "../../telemetry/logger.ts";
import type { AnyAnswer } from "./answer.ts";
import { originHeaders } from "./cors.ts";
import { answerProblem } from "./failures.ts";
import type { HttpEvent } from "./http-event.ts";
import { principalOf } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/** What happens around every route: headers made uniform, errors made problem documents, one log line. */

/** Adds to the one line that is logged about a request: counts and names, never contents. */
export type Note = (fields: Readonly<Record<string, string | number | boolean>>) => void;

/** A Lambda handler of the HTTP API. */
export type HttpHandler = MiddyfiedHandler<HttpEvent, APIGatewayProxyStructuredResultV2, Error, Context>;

/** Directives of a content security policy: what a browser that shows an answer may load and do. */
export type ContentPolicy = Readonly<Record<string, string>>;

/**
 * Makes a Lambda handler of what a function does with a request.
 * @param policy for answers that are pages; data needs none
 */
export function httpHandler(
  work: (event: HttpEvent, context: Context, note: Note) => Promise<AnyAnswer>,
  policy: ContentPolicy = {},
): HttpHandler {
  const handler = async (event: HttpEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const log = requestLogger(event, context);
    try {
      const answer = await work(event, context, log.note);
      const body = "text" in answer ? answer.text : JSON.stringify(answer.body);
      refuseTooLarge(body);
      log.done(answer.status);
      return {
        statusCode: answer.status,
        headers: { "content-type": "application/json", "cache-control": "no-store", ...answer.headers },
        body,
      };
    } catch (error) {
      return answerProblem(error, event, log);
    }
  };
  const answerOrigin = async (event: HttpEvent, context: Context) => {
    const answer = await handler(event, context);
    const principal = principalOf(event.requestContext.authorizer?.lambda, Date.now());
    return {
      ...answer,
      headers: { ...answer.headers, ...originHeaders(principal, event.headers["origin"]) },
    };
  };
  return middy(answerOrigin)
    .use(httpHeaderNormalizer())
    .use(httpEventNormalizer())
    .use(httpSecurityHeaders(securityHeaders(policy))) as HttpHandler;
}

/** Lambda hands on results of 6 MB: the body as a JSON text, with quotes escaped, and some room for the headers. */
const maxAnswerBytes = 6 * 1_048_576 - 16_384;

/** @throws HttpProblem 400 when Lambda would not hand the answer on; that would be a 500 without a reason */
function refuseTooLarge(body: string): void {
  // No character takes more than six bytes as JSON.
  if (body.length * 6 <= maxAnswerBytes) return;
  if (Buffer.byteLength(JSON.stringify(body)) <= maxAnswerBytes) return;
  throw new HttpProblem(
    400,
    "the answer would be larger than 6 MB: ask for fewer days, a longer interval or fewer groups",
  );
}

/** What concerns data that no browser renders (OWASP, "REST Security Cheat Sheet"); the rest is for pages. */
const securityHeaders = (policy: ContentPolicy) => ({
  contentSecurityPolicy: {
    "default-src": "'none'",
    "frame-ancestors": "'none'",
    "report-to": "",
    "require-trusted-types-for": "",
    ...policy,
  },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  dnsPrefetchControl: false,
  downloadOptions: false,
  originAgentCluster: false,
  permissionsPolicy: false,
  permittedCrossDomainPolicies: false,
  reportTo: false,
});
