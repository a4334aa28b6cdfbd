import { knownLanguage } from "../../../domain/language/choose-language.ts";
import { safeReturn } from "../../../pages/address.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import type { HttpEvent } from "../../pipeline/http-event.ts";
import { redirectTo } from "../../pipeline/page-endpoint.ts";
import { languageCookie } from "../../pipeline/page-frame.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readForm, refuseForeignForm } from "../../pipeline/session.ts";

/** `POST /language`: the language in which the pages are read from now on, on this browser. */
export async function chooseLanguage(event: HttpEvent): Promise<TextAnswer> {
  refuseForeignForm(event);
  const form = readForm(event);
  const tag = knownLanguage(form.get("language"));
  if (!tag) throw new HttpProblem(400, "there are no texts in this language");
  return redirectTo(safeReturn(form.get("returnTo")), { "set-cookie": languageCookie(event, tag) });
}
