import { createHash } from "node:crypto";
import middy, { type MiddyfiedHandler } from "@middy/core";
import httpEventNormalizer from "@middy/http-event-normalizer";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type PageRoute, pageRoutes, sharedPage } from "../../page-routes.ts";
import type { PageFrame } from "../../pages/layout.ts";
import { pagePolicy } from "../../pages/style.ts";
import type { Files } from "../../store/files/bucket.ts";
import type { Share } from "../../store/settings/shares.ts";
import { type TextAnswer, toResult } from "./answer.ts";
import type { HttpHandler, HttpRequest } from "./endpoint.ts";
import type { HttpEvent } from "./http-event.ts";
import { limitKey } from "./limit.ts";
import { logRequest } from "./log.ts";
import type { Middleware, RequestContext } from "./middleware.ts";
import { frameOf } from "./page-frame.ts";
import { answerPageProblems } from "./page-problems.ts";
import { checkParameters, definedOnly } from "./parameters.ts";
import { HttpProblem } from "./problem.ts";
import { withBudgetOf } from "./read-budget.ts";
import { securityHeaders } from "./security-headers.ts";
import { readForm, readSession, refuseForeignForm } from "./session.ts";
import { readWorkspace } from "./workspace.ts";

/**
 * The pipeline of pages: log → find the session → limit → check parameters → read the workspace → show. A page cannot be made without it,
 * so no page can forget to ask for a session, or to limit what it reads.
 */

/** A request for a page, by somebody who has signed in. It reads as a request of the API does, and never writes. */
export interface PageRequest extends HttpRequest {
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  readonly frame: PageFrame;
  /** Whether the reader may see what people wrote. */
  readonly hasComments: boolean;
  /** The archive of closed days; that of the process when absent. */
  readonly files?: Files | undefined;
}

/** Handles a page. */
export type PageHandler = (request: PageRequest) => Promise<TextAnswer>;

/** A form of somebody who has signed in and may administer. */
export interface ChangeRequest extends PageRequest {
  /** Its fields, without those that were left empty. */
  readonly form: Readonly<Record<string, string>>;
}

/** Handles a form that changes settings. */
export type ChangeHandler = (request: ChangeRequest) => Promise<TextAnswer>;

/** Handles a form that needs no session. */
export type FormHandler = (event: HttpEvent, context: RequestContext) => Promise<TextAnswer>;

type Pipeline = MiddyfiedHandler<HttpEvent, APIGatewayProxyStructuredResultV2, Error, RequestContext>;

/** Handlers by route key. */
export interface PageHandlers {
  /** For those who have signed in. */
  readonly pages?: Readonly<Record<string, PageHandler>>;
  /** For everybody. */
  readonly forms?: Readonly<Record<string, FormHandler>>;
  /** For those who have signed in with a key that may administer, from this site's own pages. */
  readonly changes?: Readonly<Record<string, ChangeHandler>>;
}

/**
 * The Lambda handler of pages.
 * @throws Error when a route is not in the table of pages
 */
export function pageEndpoint({ pages = {}, forms = {}, changes = {} }: PageHandlers): HttpHandler {
  const keys = [pages, forms, changes].flatMap((handlers) => Object.keys(handlers));
  const own = new Map(keys.map((key) => [key, findPage(key)]));
  if (Object.keys(pages).length > 0) own.set(`${sharedPage.method} ${sharedPage.path}`, sharedPage);
  const show = pipeline(async (event, context) => {
    const { share } = context;
    const { key, ...asked } = share ? sharedQuestion(share) : { key: event.routeKey };
    const request = requestOf(event, { ...context, ...asked });
    const answer = await (pages[key] ?? refuse())(withBudgetOf(own.get(key) ?? refuse(), request));
    return unlessKnown(answer, event);
  })
    .use(readSession())
    .use(limitKey())
    .use(checkParameters((key) => own.get(key) ?? refuse()))
    .use(readWorkspace({}));
  const change = pipeline((event, context) => {
    const form = Object.fromEntries([...readForm(event)].filter(([, value]) => value !== ""));
    return (changes[event.routeKey] ?? refuse())({ ...requestOf(event, context), form });
  })
    .use(readSession())
    .use(limitKey())
    .use(mayChange())
    .use(checkParameters((key) => own.get(key) ?? refuse()))
    .use(readWorkspace({}));
  const take = pipeline((event, context) => (forms[event.routeKey] ?? refuse())(event, context));
  return (event, context) => {
    const isChange = Object.hasOwn(changes, event.routeKey);
    const way = Object.hasOwn(forms, event.routeKey) ? take : isChange ? change : show;
    return way(event, context as RequestContext);
  };
}

/** What a link shares, as a request for that page asks for it: whatever else stands in the link's address. */
function sharedQuestion({ definition }: Share) {
  const { pathname, searchParams } = new URL(definition.path, "https://shared.invalid");
  const [, part = "", id] = pathname.split("/");
  return {
    key: id === undefined ? `GET /${part}` : `GET /${part}/{id}`,
    parameters: id === undefined ? {} : { id },
    query: Object.fromEntries(searchParams),
  };
}

/**
 * Refuses who may not change settings, and forms that another site's page sends.
 * @throws HttpProblem 403
 */
function mayChange(): Middleware {
  return {
    before: ({ event, context }) => {
      refuseForeignForm(event);
      if (!mayAdminister(context)) {
        throw new HttpProblem(403, "this needs a key with the scope admin: sign in with one");
      }
    },
  };
}

function mayAdminister({ principal }: RequestContext): boolean {
  return principal.scopes.includes("admin");
}

export function pageAnswer(text: string, status = 200): TextAnswer {
  return { status, text, headers: { "content-type": "text/html; charset=utf-8" } };
}

/**
 * A page that a browser may keep as long as it asks each time whether it is still the same: then it is not sent again. Signing out
 * lets the browser forget it.
 */
export function keepablePage(text: string): TextAnswer {
  const { headers, ...page } = pageAnswer(text);
  const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  const own = { "cache-control": "private, no-cache", vary: "Cookie, Accept-Language", etag };
  return { ...page, headers: { ...headers, ...own } };
}

/** The answer to who has a page already: without the page, where it is the same. */
function unlessKnown(answer: TextAnswer, { headers }: HttpEvent): TextAnswer {
  const etag = answer.headers?.["etag"];
  const known = (headers["if-none-match"] ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (etag === undefined || !known.includes(etag)) return answer;
  return { ...answer, status: 304, text: "" };
}

/** Leads a browser on to another page. */
export function redirectTo(location: string, headers: Readonly<Record<string, string>> = {}): TextAnswer {
  return { status: 303, text: "", headers: { "content-type": "text/plain", location, ...headers } };
}

/** The middlewares around every page, also where it throws. */
function pipeline(handle: (event: HttpEvent, context: RequestContext) => Promise<TextAnswer>): Pipeline {
  const answer = async (event: HttpEvent, context: RequestContext) => toResult(await handle(event, context));
  return middy(answer)
    .use(httpHeaderNormalizer())
    .use(httpEventNormalizer())
    .use(securityHeaders(pagePolicy, "same-origin"))
    .use(logRequest())
    .use(answerPageProblems()) as Pipeline;
}

function requestOf(event: HttpEvent, context: RequestContext): PageRequest {
  const { table, workspace, principal, parameters, ahead, deadline, log, share } = context;
  const headers = definedOnly(event.headers);
  // A form sends the fields that were left empty, too.
  const query = Object.fromEntries(Object.entries(context.query).filter(([, value]) => value !== ""));
  const scheme = headers["x-forwarded-proto"] ?? "http";
  return {
    ...{ table, workspace, principal, parameters, query, headers, ahead, deadline },
    ...{ body: undefined, note: log.note, url: `${scheme}://${headers["host"] ?? ""}` },
    frame: {
      ...frameOf(event, workspace.name ?? workspace.id),
      canChange: mayAdminister(context),
      isShared: share !== undefined,
    },
    hasComments: share?.definition.comments ?? true,
  };
}

function findPage(key: string): PageRoute {
  const route = pageRoutes.find(({ method, path }) => `${method} ${path}` === key);
  if (!route) throw new Error(`${key} is not in the table of pages`);
  return route;
}

function refuse(): never {
  throw new HttpProblem(404, "there is nothing here");
}
