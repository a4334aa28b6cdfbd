import type { AnyMetric } from "../metrics/metric.ts";
import { chineseIntervals } from "./intervals/chinese.ts";
import { germanIntervals } from "./intervals/german.ts";
import { italianIntervals } from "./intervals/italian.ts";
import { japaneseIntervals } from "./intervals/japanese.ts";
import { traditionalChineseIntervals } from "./intervals/traditional-chinese.ts";
import { chineseNotes } from "./notes/chinese.ts";
import { germanNotes } from "./notes/german.ts";
import { italianNotes } from "./notes/italian.ts";
import { japaneseNotes } from "./notes/japanese.ts";
import type { MetricNotes } from "./notes/metric-notes.ts";
import { traditionalChineseNotes } from "./notes/traditional-chinese.ts";
import type { LanguageTag } from "./tags.ts";

/** How metrics are computed, at length, in each language: apart from the other texts, as only cards and the documentation show it. */

interface Definitions {
  /** By metric id. */
  readonly intervals: Readonly<Record<string, string>>;
  readonly notes: MetricNotes;
}

/** By language. */
export const definitions: Readonly<Record<Exclude<LanguageTag, "en">, Definitions>> = {
  de: { intervals: germanIntervals, notes: germanNotes },
  "zh-Hant": { intervals: traditionalChineseIntervals, notes: traditionalChineseNotes },
  "zh-Hans": { intervals: chineseIntervals, notes: chineseNotes },
  ja: { intervals: japaneseIntervals, notes: japaneseNotes },
  it: { intervals: italianIntervals, notes: italianNotes },
};

/** What to know of a metric, in the order of its notes; undefined where there is only English. */
export function metricNotesIn(tag: LanguageTag, metric: AnyMetric): readonly string[] | undefined {
  return tag === "en" ? metric.notes : definitions[tag].notes[metric.id];
}

/** How a metric's interval is computed; undefined where there is only English. */
export function metricIntervalIn(tag: LanguageTag, metric: AnyMetric): string | undefined {
  return tag === "en" ? metric.interval : definitions[tag].intervals[metric.id];
}
