import { safeReturn } from "../../../pages/address.ts";
import { renderSignIn } from "../../../pages/sign-in.ts";
import { beginSession, endSession } from "../../../store/settings/sessions.ts";
import { defaultTable } from "../../../store/table/client.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import type { HttpEvent } from "../../pipeline/http-event.ts";
import type { RequestContext } from "../../pipeline/middleware.ts";
import { pageAnswer, redirectTo } from "../../pipeline/page-endpoint.ts";
import { frameOf } from "../../pipeline/page-frame.ts";
import { readForm, refuseForeignForm, sessionCookie, sessionTokenOf } from "../../pipeline/session.ts";
import { takeTry } from "./tries.ts";

/** Signing in and out. */

/** `POST /session`: a key becomes a session. The key stands in the body alone, and is kept nowhere. */
export async function signIn(event: HttpEvent, { log }: RequestContext): Promise<TextAnswer> {
  refuseForeignForm(event);
  const form = readForm(event);
  const returnTo = safeReturn(form.get("returnTo"));
  await takeTry(event);
  const frame = { ...frameOf(event), address: returnTo };
  const refuse = (problem: "unknown" | "refused") =>
    pageAnswer(renderSignIn({ frame, returnTo, problem }), 401);
  const begun = await beginSession(defaultTable(), (form.get("key") ?? "").trim(), Date.now(), mayRead);
  if (begun === "unknown" || begun === "refused") return refuse(begun);
  log.note({ workspace: begun.key.workspace });
  return redirectTo(returnTo, { "set-cookie": sessionCookie(event, begun.token) });
}

/** `POST /session/end`: the session is over, also for whoever has copied its cookie. */
export async function signOut(event: HttpEvent): Promise<TextAnswer> {
  refuseForeignForm(event);
  const token = sessionTokenOf(event);
  if (token !== undefined) await endSession(defaultTable(), token);
  // The browser forgets the pages that it has kept.
  return redirectTo("/", { "set-cookie": sessionCookie(event, ""), "clear-site-data": '"cache"' });
}

/** Keys of web pages are for those pages only. */
function mayRead({
  scopes,
  origins,
}: {
  readonly scopes: readonly string[];
  readonly origins: readonly string[];
}) {
  return (scopes.includes("read") || scopes.includes("admin")) && origins.length === 0;
}
