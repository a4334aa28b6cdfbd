/** HTML that is safe by construction: whatever is put into a template is escaped, unless it is markup itself. */

/** A piece of HTML or SVG. */
export class Markup {
  readonly text: string;

  /** @param text HTML in which everything from outside is escaped already */
  constructor(text: string) {
    this.text = text;
  }
}

/** Content of a template. `undefined`, `null` and `false` leave nothing. */
export type Content = string | number | Markup | false | null | undefined | readonly Content[];

const replacements: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const needsEscape = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

/** Text as it can stand in an element or in a quoted attribute. Control characters, which HTML does not have, are left out. */
export function escapeText(text: string): string {
  // Most texts are numbers and plain words.
  if (!needsEscape.test(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const printable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "");
  return printable.replace(/[&<>"']/g, (character) => replacements[character] ?? "");
}

/** The tag of templates. Attributes must be written in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = strings[0] ?? "";
  for (let index = 0; index < values.length; index += 1) {
    text += textOf(values[index]) + (strings[index + 1] ?? "");
  }
  return new Markup(text);
}

function textOf(content: Content): string {
  if (content === undefined || content === null || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(textOf).join("");
  return escapeText(String(content));
}
