import { acceptedLanguage, knownLanguage } from "../../domain/language/choose-language.ts";
import { languageOf } from "../../domain/language/language.ts";
import type { LanguageTag } from "../../domain/language/tags.ts";
import type { PageFrame } from "../../pages/layout.ts";
import type { HttpEvent } from "./http-event.ts";
import { cookieOf, isOnThisMachine } from "./session.ts";

/** For whom a page is made: the language that the reader chose, else the one that the browser asks for. */

const cookieName = "language";
const cookieSeconds = 365 * 86_400;

/** @param workspace absent where nobody has signed in */
export function frameOf(event: HttpEvent, workspace?: string): PageFrame {
  const { rawPath, rawQueryString, headers, requestContext } = event;
  // A form's own address shows nothing.
  const isPage = requestContext.http.method === "GET";
  const address = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;
  const tag = knownLanguage(cookieOf(event, cookieName)) ?? acceptedLanguage(headers["accept-language"]);
  return { language: languageOf(tag), address: isPage ? address : "/", workspace };
}

/** The header that lets a browser keep a choice of language for a year. */
export function languageCookie(event: Pick<HttpEvent, "headers">, tag: LanguageTag): string {
  const secure = isOnThisMachine(event.headers["host"] ?? "") ? "" : "; Secure";
  return `${cookieName}=${tag}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
