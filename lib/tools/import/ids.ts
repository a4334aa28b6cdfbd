import type { Value } from "./mapping-schema.ts";
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
  if ("choose" in value) {
    return tellsPlace(value.otherwise) || value.choose.some((choice) => tellsPlace(choice.value));
  }
  if ("sum" in value) return value.sum.some(tellsPlace);
  if ("map" in value) return tellsPlace(value.map);
  return Object.values(value).some((part) => typeof part === "string" && tellsPlace(part));
}
