import {
  ara,
  bul,
  ces,
  dan,
  deu,
  ell,
  eng,
  fas,
  fin,
  fra,
  heb,
  hin,
  hun,
  ind,
  ita,
  jpn,
  kor,
  nld,
  nob,
  pol,
  por,
  ron,
  rus,
  slk,
  spa,
  swe,
  tha,
  tur,
  ukr,
  vie,
  zho,
} from "stopword";
import { fold } from "./fold.ts";

/** Words that say nothing by themselves (the, und, の), in many languages. */

const contractions = [
  "don",
  "didn",
  "doesn",
  "isn",
  "wasn",
  "weren",
  "hasn",
  "haven",
  "couldn",
  "wouldn",
  "ll",
  "ve",
];

/** The lists of each language, the most widespread first; some get what is said most often and missing in them. */
const languages: readonly (readonly string[])[] = [
  [...eng, ...contractions, "not", "no", "so", "just"],
  deu,
  [...fra, "très", "qu", "trop", "pas"],
  ...[spa, ita, por, nld, pol, swe, dan, nob, fin, ces, slk, ron, hun],
  [...rus, "очень"],
  ...[ukr, bul, ell, tur, ara, heb, fas, hin, jpn, zho, kor, vie, ind, tha],
];

/** Words of those lists that tell how someone found something, and when: just what is looked for in comments. */
const telling = new Set(
  [
    ...["gut", "gute", "guter", "gutes", "guten", "schlecht", "besser", "beste", "besten", "besonders"],
    ...["lange", "leicht", "kurz", "zeit", "neu", "neue", "neuen", "richtig", "spät", "teuer", "genug"],
    ...[
      "god",
      "bra",
      "bäst",
      "bästa",
      "bättre",
      "länge",
      "mal",
      "jó",
      "rossz",
      "bueno",
      "buena",
      "bom",
      "boa",
    ],
  ].map(fold),
);

/** Folded word → the languages in which it is a stop word, as numbers. */
const languagesOf = new Map<string, Set<number>>();
for (const [language, list] of languages.entries()) {
  for (const word of list) {
    const folded = fold(word);
    if (telling.has(folded)) continue;
    languagesOf.set(folded, (languagesOf.get(folded) ?? new Set()).add(language));
  }
}

/**
 * The words of one text without its stop words. Which language a text is in shows by the stop words that it has: "van"
 * is one in Dutch and a vehicle in English.
 * @param words folded
 */
export function withoutStopWords(words: Iterable<string>): string[] {
  const all = [...words];
  const hits = new Map<number, number>();
  for (const word of all) {
    for (const language of languagesOf.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
  }
  const [likely] = [...hits].sort(([a, some], [b, others]) => others - some || a - b);
  return all.filter((word) => likely === undefined || languagesOf.get(word)?.has(likely[0]) !== true);
}
