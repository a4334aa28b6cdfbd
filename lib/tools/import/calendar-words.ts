/** The names of months and weekdays as files have them. */

/** English, German, French, Spanish, Italian, Portuguese, Dutch. */
const languages = ["en", "de", "fr", "es", "it", "pt", "nl"];

/** Short names that programs write and the Unicode's data lack. */
const furtherMonths: Readonly<Record<string, number>> = {
  sept: 9,
  mrt: 3,
  mrz: 3,
  maerz: 3,
  marz: 3,
  okt: 10,
};

/** Words that may stand between the parts of a date. */
const connectors = [
  "de",
  "del",
  "di",
  "le",
  "il",
  "the",
  "of",
  "at",
  "um",
  "uhr",
  "den",
  "der",
  "am",
  "on",
  "à",
  "a",
  "om",
  "às",
  "alle",
  "ore",
];

/** A word without its accents, its point and its capitals. */
export function plainWord(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\p{M}.]/gu, "")
    .toLowerCase();
}

/** Month names and their short forms → 1 to 12. */
export const monthNumbers: ReadonlyMap<string, number> = new Map([
  ...languages.flatMap((language) =>
    Array.from({ length: 12 }, (_, month) =>
      namesOf(language, "month", Date.UTC(2026, month, 15)).map((name) => [name, month + 1] as const),
    ).flat(),
  ),
  ...Object.entries(furtherMonths),
]);

/** Words of a date that say nothing about which day it is. */
export const emptyWords: ReadonlySet<string> = new Set([
  ...languages.flatMap((language) =>
    Array.from({ length: 7 }, (_, day) => namesOf(language, "weekday", Date.UTC(2026, 5, 1 + day)))
      .flat()
      // "segunda-feira" is two words.
      .flatMap((name) => name.split(/[^\p{L}]+/u)),
  ),
  ...connectors.map(plainWord),
]);

function namesOf(language: string, part: "month" | "weekday", moment: number): string[] {
  const styles = ["long", "short"] as const;
  // In some languages a month's name is another one beside a day.
  const contexts: Intl.DateTimeFormatOptions[] = [{}, { day: "numeric" }];
  return styles.flatMap((style) =>
    contexts.flatMap((context) => {
      const format = new Intl.DateTimeFormat(language, { ...context, [part]: style, timeZone: "UTC" });
      const found = format.formatToParts(moment).find(({ type }) => type === part)?.value;
      return found === undefined ? [] : [plainWord(found)];
    }),
  );
}
