import { fold } from "./fold.ts";

/** Finding words in texts of any script. */

/** Scripts that put no spaces between words. */
const unspacedScripts = [
  ...["Han", "Hiragana", "Katakana", "Bopomofo", "Yi", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"],
  ...["Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet", "Javanese", "Balinese"],
]
  .map((script) => `\\p{scx=${script}}`)
  .join("");

const character = "\\p{L}\\p{M}\\p{N}";

/**
 * Words: runs of letters and digits of scripts that put spaces between words, runs of those of scripts
 * that do not, and symbols such as emoji. Punctuation and spaces lie between.
 */
const runs = new RegExp(
  `(?<unspaced>[[${character}]&&[${unspacedScripts}]]+)|(?<spaced>[[${character}]--[${unspacedScripts}]]+)|(?<symbol>\\p{S}+)`,
  "gv",
);

/** A search for words. */
export interface WordSearch {
  /** Folded; each must be the beginning of a word. */
  readonly beginnings: readonly string[];
  /** Folded; each must occur somewhere. */
  readonly parts: readonly string[];
}

interface Runs {
  readonly spaced: readonly string[];
  readonly others: readonly string[];
}

function runsOf(folded: string): Runs {
  const spaced: string[] = [];
  const others: string[] = [];
  for (const { groups } of folded.matchAll(runs)) {
    if (groups?.["spaced"] !== undefined) spaced.push(groups["spaced"]);
    else others.push(groups?.["unspaced"] ?? groups?.["symbol"] ?? "");
  }
  return { spaced, others };
}

/** Makes a search of what someone typed; `undefined` where there is no word in it. */
export function parseWordSearch(text: string): WordSearch | undefined {
  const { spaced, others } = runsOf(fold(text));
  if (spaced.length + others.length === 0) return undefined;
  return { beginnings: [...new Set(spaced)], parts: [...new Set(others)] };
}

/** Whether all words of a search occur in a text. Case, width and accents make no difference. */
export function containsWords({ beginnings, parts }: WordSearch, text: string): boolean {
  const folded = fold(text);
  if (!parts.every((part) => folded.includes(part))) return false;
  if (beginnings.length === 0) return true;
  const words = runsOf(folded).spaced;
  return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)));
}
