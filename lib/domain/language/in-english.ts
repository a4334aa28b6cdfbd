import { IntlMessageFormat } from "intl-messageformat";
import { englishRemarks, type RemarkTextId } from "./remarks/english.ts";

/** What the domain says by the id of a text, in English, for functions that need no other language. */

/** What the domain says: a remark, or why a goal cannot be judged. */
export interface Said {
  readonly id: RemarkTextId;
  readonly values?: Readonly<Record<string, string | number>>;
}

const messages = new Map<RemarkTextId, IntlMessageFormat>();

/** As the API says it. */
export function inEnglish({ id, values }: Said): string {
  const message =
    messages.get(id) ?? new IntlMessageFormat(englishRemarks[id], "en", undefined, { ignoreTag: true });
  messages.set(id, message);
  return String(message.format(values));
}
