/** The languages of pages and reports, as HTML and HTTP name them (BCP 47). */
export const languageTags = ["en", "de", "zh-Hant", "zh-Hans", "ja", "it"] as const;

/** One of them. */
export type LanguageTag = (typeof languageTags)[number];
