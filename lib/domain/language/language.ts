import { IntlMessageFormat } from "intl-messageformat";
import type { AnyMetric, Area } from "../metrics/metric.ts";
import { nameIn } from "../metrics/range.ts";
import { chineseFormulas } from "./formulas/chinese.ts";
import { germanFormulas } from "./formulas/german.ts";
import { italianFormulas } from "./formulas/italian.ts";
import { japaneseFormulas } from "./formulas/japanese.ts";
import { traditionalChineseFormulas } from "./formulas/traditional-chinese.ts";
import { chineseMetrics } from "./metrics/chinese.ts";
import { germanMetrics } from "./metrics/german.ts";
import { italianMetrics } from "./metrics/italian.ts";
import { japaneseMetrics } from "./metrics/japanese.ts";
import type { MetricTexts } from "./metrics/metric-texts.ts";
import { traditionalChineseMetrics } from "./metrics/traditional-chinese.ts";
import { chineseRemarks } from "./remarks/chinese.ts";
import { englishRemarks } from "./remarks/english.ts";
import { germanRemarks } from "./remarks/german.ts";
import { italianRemarks } from "./remarks/italian.ts";
import { japaneseRemarks } from "./remarks/japanese.ts";
import { traditionalChineseRemarks } from "./remarks/traditional-chinese.ts";
import type { LanguageTag } from "./tags.ts";
import { chinese } from "./texts/chinese.ts";
import { english } from "./texts/english.ts";
import { german } from "./texts/german.ts";
import { italian } from "./texts/italian.ts";
import { japanese } from "./texts/japanese.ts";
import type { TextId } from "./texts/texts.ts";
import { traditionalChinese } from "./texts/traditional-chinese.ts";

/** The languages of pages and reports: texts as ICU messages, names of metrics, and the locale of numbers and days. */

export interface Language {
  readonly tag: LanguageTag;
  /** As its speakers call it. */
  readonly name: string;
  /** Of days. English ones are written as in Europe: the day first. */
  readonly dayLocale: string;
  /**
   * A text.
   * @param values what stands in for its arguments
   */
  text(id: TextId, values?: Readonly<Record<string, string | number>>): string;
  /** A text in pieces, whose values can be anything: markup, for example. */
  pieces<Piece extends object>(
    id: TextId,
    values: Readonly<Record<string, string | number | Piece>>,
  ): readonly (string | Piece)[];
  /** The name of a metric in one of its conventions; its own name without one. */
  metricName(metric: AnyMetric, convention?: string): string;
  /** A metric's formula in words; undefined where there is only the English one. */
  metricFormula(metric: AnyMetric): string | undefined;
  /** A metric's description, for someone who reads the number for the first time. */
  metricDescription(metric: AnyMetric): string;
}

/** The texts of a language. English uses the metrics' own names and descriptions. */
interface LanguageParts {
  readonly name: string;
  readonly dayLocale: string;
  readonly texts: Readonly<Record<TextId, string>>;
  readonly metrics: MetricTexts;
  /** By metric id. */
  readonly formulas: Readonly<Record<string, string>>;
}

/** Every language with its texts. */
export const languageParts: Readonly<Record<LanguageTag, LanguageParts>> = {
  en: {
    ...{ name: "English", dayLocale: "en-GB" },
    ...{ texts: { ...english, ...englishRemarks }, metrics: {}, formulas: {} },
  },
  de: {
    ...{ name: "Deutsch", dayLocale: "de" },
    ...{ texts: { ...german, ...germanRemarks }, metrics: germanMetrics, formulas: germanFormulas },
  },
  "zh-Hant": {
    ...{ name: "繁體中文", dayLocale: "zh-Hant" },
    ...{
      texts: { ...traditionalChinese, ...traditionalChineseRemarks },
      metrics: traditionalChineseMetrics,
      formulas: traditionalChineseFormulas,
    },
  },
  "zh-Hans": {
    ...{ name: "简体中文", dayLocale: "zh-Hans" },
    ...{ texts: { ...chinese, ...chineseRemarks }, metrics: chineseMetrics, formulas: chineseFormulas },
  },
  ja: {
    ...{ name: "日本語", dayLocale: "ja" },
    ...{ texts: { ...japanese, ...japaneseRemarks }, metrics: japaneseMetrics, formulas: japaneseFormulas },
  },
  it: {
    ...{ name: "Italiano", dayLocale: "it" },
    ...{ texts: { ...italian, ...italianRemarks }, metrics: italianMetrics, formulas: italianFormulas },
  },
};

const made = new Map<LanguageTag, Language>();

/** A language, made once. */
export function languageOf(tag: LanguageTag): Language {
  const language = made.get(tag) ?? makeLanguage(tag);
  made.set(tag, language);
  return language;
}

/** The name of a section of the catalogue. */
export function areaNameIn(language: Language, area: Area): string {
  return language.text(`area.${area}`);
}

function makeLanguage(tag: LanguageTag): Language {
  const { name, dayLocale, texts, metrics, formulas } = languageParts[tag];
  const messages = new Map<TextId, IntlMessageFormat>();
  // A message is parsed when it is first said: a page says few of them.
  const message = (id: TextId) => {
    const known = messages.get(id) ?? new IntlMessageFormat(texts[id], tag, undefined, { ignoreTag: true });
    messages.set(id, known);
    return known;
  };
  return {
    ...{ tag, name, dayLocale },
    text: (id, values = {}) => String(message(id).format(values)),
    pieces: (id, values) => [message(id).format(values)].flat() as ReturnType<Language["pieces"]> as never,
    metricName: (metric, convention = "") => {
      const own = nameIn(metric, convention);
      return own === metric.name ? (metrics[metric.id]?.name ?? own) : (metrics[metric.id]?.apart ?? own);
    },
    metricFormula: ({ id, formula }) => (tag === "en" ? formula : formulas[id]),
    metricDescription: ({ id, description }) => metrics[id]?.description ?? description,
  };
}
