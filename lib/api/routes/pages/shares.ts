import { renderSharedLink, renderSharesPage, type SharesPage } from "../../../pages/shares-page.ts";
import { beginSharedSession } from "../../../store/settings/sessions.ts";
import { findShare, listShares, type Share, shareOfToken } from "../../../store/settings/shares.ts";
import { defaultTable } from "../../../store/table/client.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import type { HttpEvent } from "../../pipeline/http-event.ts";
import {
  type ChangeRequest,
  type PageRequest,
  pageAnswer,
  redirectTo,
} from "../../pipeline/page-endpoint.ts";
import { frameOf } from "../../pipeline/page-frame.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readForm, refuseForeignForm, sharedAddress, sharedCookie } from "../../pipeline/session.ts";
import { createShare, deleteShare, linkOf } from "../shares/handler.ts";
import { shareFormQuerySchema } from "./edit-query.ts";
import { formErrorsOf } from "./form-errors.ts";
import { takeTry } from "./tries.ts";

/** Shared links in the pages. */

/** `GET /shares`: all links, for those who may make some. */
export async function showShares(request: PageRequest): Promise<TextAnswer> {
  if (!request.frame.canChange) throw new HttpProblem(403, "this needs a key with the scope admin");
  const { path = "/" } = parseQuery(shareFormQuerySchema, request.query);
  return show(request, { state: { values: { path, days: "7" }, errors: [] } });
}

/** `POST /shares/edit`: makes a link, which is shown once, or revokes one. */
export async function changeShare(request: ChangeRequest): Promise<TextAnswer> {
  const { path, days = "", comments, id = "", action } = request.form;
  try {
    if (action === "revoke") {
      await deleteShare({ ...request, parameters: { id } });
      return redirectTo("/shares");
    }
    const body = { path, days: Number(days), comments: comments === "yes" };
    const { share, token } = await createShare({ ...request, body });
    const made = { link: linkOf(request.url, token), until: dayOf(share) };
    return await show(request, { state: { values: { path: "/", days: "7" }, errors: [] }, made });
  } catch (error) {
    const errors = formErrorsOf(error, (pointer) => pointer.slice(1));
    return show(request, { state: { values: request.form, errors } }, 422);
  }
}

async function show(
  { table, workspace, frame }: PageRequest,
  page: Pick<SharesPage, "state" | "made">,
  status = 200,
): Promise<TextAnswer> {
  const shares = (await listShares(table, workspace.id)).map((share) => {
    const { path, comments } = share.definition;
    return { id: share.id, path, comments, until: dayOf(share) };
  });
  return pageAnswer(renderSharesPage({ frame, shares, ...page }), status);
}

function dayOf({ validUntil }: Share): string {
  return new Date(validUntil * 1000).toISOString().slice(0, 10);
}

/** `GET /shared`: the page that a link leads to. Its token stands behind the `#`, which no browser sends. */
export async function showSharedLink(event: HttpEvent): Promise<TextAnswer> {
  return pageAnswer(renderSharedLink(frameOf(event)));
}

/** `POST /shared`: a token becomes a session that sees the shared page alone. */
export async function openSharedLink(event: HttpEvent): Promise<TextAnswer> {
  refuseForeignForm(event);
  await takeTry(event);
  const table = defaultTable();
  const now = Date.now();
  const reference = await shareOfToken(table, (readForm(event).get("token") ?? "").trim());
  const share = reference && (await findShare(table, reference, now));
  if (!share) return pageAnswer(renderSharedLink(frameOf(event), "share.gone"), 401);
  const session = await beginSharedSession(table, reference, now);
  return redirectTo(sharedAddress(share.id), { "set-cookie": sharedCookie(event, share.id, session) });
}
