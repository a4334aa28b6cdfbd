import { anything } from "../../domain/facts/sender-rules.ts";
import { sharedPage } from "../../page-routes.ts";
import { findSession, type SessionHolder, sessionSeconds } from "../../store/settings/sessions.ts";
import { defaultTable } from "../../store/table/client.ts";
import type { HttpEvent } from "./http-event.ts";
import type { Middleware } from "./middleware.ts";
import type { Principal } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/** The cookie of a browser's session, and forms that only our own pages may send. */

/**
 * The cookie's name. Over TLS it begins with `__Host-`, which a browser takes from this host alone (RFC 6265bis): a page of a sibling
 * domain could otherwise set a session of its own for this site, or one that stands in the way.
 */
function cookieName({ headers }: Pick<HttpEvent, "headers">): string {
  return isOnThisMachine(headers["host"] ?? "") ? "session" : "__Host-session";
}

/**
 * The cookie of a shared link. A browser sends it to that link's page alone, so that a link does not end the session of whoever opens it, and
 * several can be open at a time. `__Host-` would need it to be sent everywhere.
 */
function sharedCookieName({ headers }: Pick<HttpEvent, "headers">): string {
  return isOnThisMachine(headers["host"] ?? "") ? "shared" : "__Secure-shared";
}

/** Where the page of a shared link stands. */
export function sharedAddress(id: string): string {
  return sharedPage.path.replace("{id}", id);
}

/** Whether a request is for the page of a shared link. */
export function isForShare({ routeKey }: Pick<HttpEvent, "routeKey">): boolean {
  return routeKey === `${sharedPage.method} ${sharedPage.path}`;
}

/** Nobody has signed in, or no longer is. */
export class NoSession extends Error {
  override readonly name = "NoSession";
}

/**
 * Finds who has signed in, and by the session the key, whose limits hold for pages as for the API. The page of a shared link has a session
 * of its own, and no other page takes that one.
 * @throws NoSession where there is no session, or it or its key or link has ended
 */
export function readSession(): Middleware {
  return {
    before: async ({ event, context }) => {
      const isShared = isForShare(event);
      const token = isShared ? sharedTokenOf(event) : sessionTokenOf(event);
      const holder = token === undefined ? undefined : await findSession(defaultTable(), token, Date.now());
      if (!holder || "share" in holder !== isShared) throw new NoSession();
      if ("share" in holder) {
        if (holder.share.id !== event.pathParameters?.["id"]) throw new NoSession();
        context.share = holder.share;
      }
      context.principal = principalOf(holder);
      context.log.note({ workspace: context.principal.workspace });
    },
  };
}

/** A shared link reads as a key would that may only read, and has limits of its own. */
function principalOf(holder: SessionHolder): Principal {
  if ("key" in holder) {
    const { id: keyId, public: isPublic, ...rest } = holder.key;
    return { ...rest, keyId, isPublic };
  }
  const { workspace, share } = holder;
  return {
    ...{ workspace, scopes: ["read"], keyId: `share-${share.id}`, origins: [], isPublic: true },
    ...{ rules: anything, limits: sharedLimits },
  };
}

/** Units and requests of a shared link: many people may open it, and none may use it up for the keys. */
const sharedLimits = {
  requestsPerSecond: 10,
  requestsPerDay: 20_000,
  unitsPerSecond: 2_500,
  unitsPerDay: 2_000_000,
};

/** The token that a browser sent; `undefined` where it sent none. */
export function sessionTokenOf(event: Pick<HttpEvent, "cookies" | "headers">): string | undefined {
  return cookieOf(event, cookieName(event));
}

/** The token of a shared link's session; `undefined` where the browser sent none. */
export function sharedTokenOf(event: Pick<HttpEvent, "cookies" | "headers">): string | undefined {
  return cookieOf(event, sharedCookieName(event));
}

/** The value of a cookie; `undefined` where the browser sent none. */
export function cookieOf({ cookies = [] }: Pick<HttpEvent, "cookies">, name: string): string | undefined {
  const prefix = `${name}=`;
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
}

/**
 * The header that lets a browser keep a session: no script can read it, no other site can send it. Over plain HTTP, as on the
 * machine itself, a cookie marked `Secure` would be dropped by some browsers.
 * @param token empty to forget the session
 */
export function sessionCookie(event: Pick<HttpEvent, "headers">, token: string): string {
  return cookie(event, cookieName(event), token, "/");
}

/** The header that lets a browser keep the session of a shared link, for its page alone. */
export function sharedCookie(event: Pick<HttpEvent, "headers">, id: string, token: string): string {
  return cookie(event, sharedCookieName(event), token, sharedAddress(id));
}

function cookie(event: Pick<HttpEvent, "headers">, name: string, token: string, path: string): string {
  const seconds = token === "" ? 0 : sessionSeconds;
  const secure = isOnThisMachine(event.headers["host"] ?? "") ? "" : "; Secure";
  return `${name}=${token}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** Whether a host name is this machine, where pages come without TLS. */
export function isOnThisMachine(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

/**
 * Refuses a form that another site's page sends: it could sign somebody in or out unasked. Browsers name the page's origin with
 * every form; what names none is no browser.
 * @throws HttpProblem 403
 */
export function refuseForeignForm({ headers }: Pick<HttpEvent, "headers">): void {
  const { origin } = headers;
  const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
  const site = headers["sec-fetch-site"];
  const isOwn =
    host !== undefined && host === headers["host"] && (site === undefined || site === "same-origin");
  if (!isOwn) throw new HttpProblem(403, "this form can only be sent from this site's own page");
}

/** Bytes of a form at most. */
const maxFormBytes = 4_096;

/**
 * The fields of a form.
 * @throws HttpProblem 413 or 415
 */
export function readForm({ body = "", isBase64Encoded, headers }: HttpEvent): ReadonlyMap<string, string> {
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw new HttpProblem(415, "the form must be sent as application/x-www-form-urlencoded");
  }
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  if (text.length > maxFormBytes) throw new HttpProblem(413, `a form has at most ${maxFormBytes} bytes`);
  return new Map(new URLSearchParams(text));
}
