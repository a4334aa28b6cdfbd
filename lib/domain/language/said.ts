import type { Language } from "./language.ts";
import { englishRemarks, type RemarkTextId } from "./remarks/english.ts";

/** What the API says in English, in the reader's language. */

interface Template {
  readonly id: RemarkTextId;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** What a place in a text can hold: a list or a rest of several words, or one word. A longer sentence that begins alike is another text. */
const value = (name: string) => (name === "values" || name === "rest" ? "(.+)" : "(\\S+)");

/** Remarks that pages show as the API answers them. */
const remarks: readonly RemarkTextId[] = ["remark.noGroups"];

/** The English texts that are recognised by their wording: what is wrong with what was asked for, whose a published figure is, and some remarks. */
const templates: readonly Template[] = (Object.keys(englishRemarks) as RemarkTextId[])
  .filter((id) => /^(error|benchmark)\./.test(id) || remarks.includes(id))
  .map((id) => {
    const parts = englishRemarks[id].split(/\{(\w+)\}/);
    const names = parts.filter((_, index) => index % 2 === 1);
    const pattern = parts
      .map((part, index) => (index % 2 === 1 ? value(part) : RegExp.escape(part)))
      .join("");
    return { id, names, pattern: new RegExp(`^${pattern}$`) };
  });

/**
 * What the API or the catalogue says in English, in another language.
 * @returns undefined for what is not known by its wording
 */
export function translated(english: string, language: Language): string | undefined {
  for (const { id, pattern, names } of templates) {
    const found = pattern.exec(english);
    if (!found) continue;
    const values = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
    return language.text(id, values);
  }
  return undefined;
}
