import { fold } from "./fold.ts";
import { withoutStopWords } from "./stop-words.ts";

/** Frequent terms of many comments. */

/** A term as it was written most often, and how many comments contain it. */
export interface Term {
  readonly term: string;
  readonly comments: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** A single letter or digit says nothing, except in Chinese characters. */
const isMeaningful = /^\p{sc=Han}$|^[^\p{N}]*\p{L}.*$/su;

/** The words of a text: folded → as it was written first. Words of scripts without spaces are told apart as well. */
export function wordsOf(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const { segment, isWordLike } of segmenter.segment(text.normalize("NFC"))) {
    if (!isWordLike) continue;
    // l'attente, don't: what stands beside the apostrophe is a word, or a single letter.
    for (const part of segment.split(/['’]/)) {
      const folded = fold(part);
      const isLetter = [...folded].length < 2 && !/\p{sc=Han}/u.test(folded);
      if (isLetter || !isMeaningful.test(folded) || words.has(folded)) continue;
      words.set(folded, part);
    }
  }
  return words;
}

interface Count {
  comments: number;
  /** How often it was written in which way. */
  readonly forms: Map<string, number>;
}

/** Counts the terms of comments: each once a comment, whatever its case and accents. Stop words are left out. */
export class TermCounter {
  comments = 0;
  readonly #counts = new Map<string, Count>();

  add(comment: string): void {
    this.comments += 1;
    const words = wordsOf(comment);
    for (const word of withoutStopWords(words.keys())) {
      const count = this.#counts.get(word) ?? { comments: 0, forms: new Map<string, number>() };
      const form = words.get(word) ?? word;
      count.comments += 1;
      count.forms.set(form, (count.forms.get(form) ?? 0) + 1);
      this.#counts.set(word, count);
    }
  }

  /** The most frequent terms; equally frequent ones in the order of their text. */
  top(most: number): Term[] {
    return [...this.#counts]
      .sort(([a, one], [b, other]) => other.comments - one.comments || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([, { comments, forms }]) => ({ term: defaultForm(forms), comments }));
  }
}

function defaultForm(forms: ReadonlyMap<string, number>): string {
  const [first] = [...forms].sort(([a, one], [b, other]) => other - one || (a > b ? -1 : 1));
  return first?.[0] ?? "";
}
