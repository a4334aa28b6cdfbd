import type { Value } from "./mapping-values.ts";
import { digest } from "./scope.ts";
import { parseTemplate } from "./template.ts";

/**
 * The ids of facts that the mapping gives none: a hash of what the fact says, and which one it is of several in the file that
 * say the same. So a file that has grown, at whichever end, gives the facts that were in it before the same ids.
 */
export class FactIds {
  /** How often each fact was met. */
  readonly #met = new Map<string, number>();

  /**
   * @param route where the fact is sent
   * @param fields of the fact, without those that come from the place of its row
   */
  next(route: string, fields: Readonly<Record<string, unknown>>): string {
    const hash = digest(JSON.stringify([route, sorted(fields)]));
    const number = (this.#met.get(hash) ?? 0) + 1;
    this.#met.set(hash, number);
    return number === 1 ? `fact-${hash}` : `fact-${hash}-${number}`;
  }
}

/** The fields in the order of their names, so that the order of the mapping makes no difference. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, inner]) => [name, sorted(inner)]);
}

/** Whether a value says at which place of the file its row stands: `{#row}`, or a day of a spread. */
export function tellsPlace(value: Value | undefined): boolean {
  if (typeof value === "string") {
    const parsed = parseTemplate(value);
    return "parts" in parsed && parsed.parts.some((part) => "special" in part && part.special === "row");
  }
  if (typeof value !== "object") return false;
  if ("spread" in value) return true;
  return partsOf(value).some(tellsPlace);
}

/** The values and texts that a value is made of. */
function partsOf(value: Exclude<Value, string | number | boolean>): Value[] {
  if ("choose" in value) {
    const last = value.otherwise === undefined ? [] : [value.otherwise];
    return [...value.choose.map((choice) => choice.value), ...last];
  }
  if ("map" in value) return [value.map];
  return Object.values(value).flatMap((part): Value[] => {
    if (typeof part === "string") return [part];
    if (Array.isArray(part)) return part;
    return typeof part === "object" ? (Object.values(part) as Value[]) : [];
  });
}

const allowedId = /^[A-Za-z0-9._:-]{1,128}$/;

/** So much of a text is kept that is no id. */
const keptOfId = 80;

/**
 * An id of any text: the text itself where it can be one, else what can stay of it, with a hash of the whole. The same text gives the
 * same id, another text another one.
 */
export function idOf(text: string): string {
  if (allowedId.test(text)) return text;
  const readable = text
    .replace(/[^A-Za-z0-9._:-]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, keptOfId);
  return `${readable || "id"}.${digest(text)}`;
}
