import Negotiator from "negotiator";
import { type LanguageTag, languageTags } from "./tags.ts";

/** Choosing a language. */

/** The language where nobody says another one. */
export const defaultLanguage: LanguageTag = "en";

/** A tag that there are texts for; `undefined` for any other text. */
export function knownLanguage(tag: string | undefined): LanguageTag | undefined {
  return languageTags.find((known) => known === tag);
}

/**
 * The language that a browser asks for by `Accept-Language` (RFC 9110): the first of its languages that there are texts for. Chinese is told
 * apart by script, which a region implies: `zh-TW` is written in traditional characters.
 */
export function acceptedLanguage(header: string | undefined): LanguageTag {
  const wanted = new Negotiator({ headers: { "accept-language": header ?? "" } }).languages();
  return wanted.map(tagFor).find((tag) => tag !== undefined) ?? defaultLanguage;
}

function tagFor(wanted: string): LanguageTag | undefined {
  try {
    const { language, script } = new Intl.Locale(wanted).maximize();
    return knownLanguage(language) ?? knownLanguage(`${language}-${script}`);
  } catch {
    // `*`, and what is no language.
    return undefined;
  }
}
