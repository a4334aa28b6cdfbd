import { describe, expect, it } from "vitest";
import { definitions, metricIntervalIn, metricNotesIn } from "../../../../lib/domain/language/definitions.ts";
import { languageTags } from "../../../../lib/domain/language/tags.ts";
import type { AnyMetric } from "../../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";

const others = languageTags.filter((tag) => tag !== "en");

/** Ids and conventions are hyphenated, and stay; other words with a hyphen are prose. */
const hyphenated = new Set(metrics.flatMap(({ id, conventions = [] }) => [id, ...conventions]));

/** What stays as it is in every language: figures, and names of fields, parameters, methods, conventions, metrics and groups. */
function keptWords(text: string): readonly string[] {
  const figures = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const names =
    text.match(/method: [a-z-]+|\w+=[\w/<>]*|[a-z]+\.\w+|[a-z]+[A-Z]\w*|[a-z]+\d+|(?<=\()[a-z]+(?=\))/g) ??
    [];
  const ids = (text.match(/[a-z\d]+(?:-[a-z\d]+)+/g) ?? []).filter((word) => hyphenated.has(word));
  return [...figures.map(withoutSeparators), ...names, ...ids];
}

/** 1,200 is 1.200 elsewhere. */
function withoutSeparators(text: string): string {
  return text.replaceAll(/(?<=\d)[.,](?=\d)/g, "");
}

/** The words that a translation should have kept and has not: as when the English text changed and it did not. */
function lostWords(english: string, translated: string): readonly string[] {
  const own = withoutSeparators(translated);
  return keptWords(english).filter((word) => !own.includes(word) && !translated.includes(word));
}

/** A metric's notes and the method of its interval, in English and in another language. */
function pairsOf(
  metric: AnyMetric,
  tag: (typeof languageTags)[number],
): readonly (readonly [string, string])[] {
  const notes = metricNotesIn(tag, metric) ?? [];
  return [
    [metric.interval, metricIntervalIn(tag, metric) ?? ""],
    ...metric.notes.map((note, index) => [note, notes[index] ?? ""] as const),
  ];
}

describe.each(others)("what to know of metrics in %s", (tag) => {
  const { notes, intervals } = definitions[tag];

  it("is there for every metric and no other", () => {
    const ids = metrics.map(({ id }) => id).sort();
    expect(Object.keys(notes).sort()).toEqual(ids);
    expect(Object.keys(intervals).sort()).toEqual(ids);
  });

  it("is as many notes as in English, each translated", () => {
    const counts = metrics.map(({ id }) => [id, notes[id]?.length]);
    expect(counts).toEqual(metrics.map((metric) => [metric.id, metric.notes.length]));
    const pairs = metrics.flatMap((metric) => pairsOf(metric, tag));
    expect(pairs.filter(([english, own]) => own.trim() === "" || own === english)).toEqual([]);
  });

  it("keeps figures and names", () => {
    const pairs = metrics.flatMap((metric) => pairsOf(metric, tag));
    const lost = pairs.map(([english, own]) => ({ own, words: lostWords(english, own) }));
    expect(lost.filter(({ words }) => words.length > 0)).toEqual([]);
  });
});

it("a figure, a parameter or a name that a translation lost is found", () => {
  const english =
    "In 7 days (1,200), by customer.left with groupBy=category, the answer says method: compounded.";
  expect(lostWords(english, "1.200; 7; customer.left; groupBy=category; method: compounded")).toEqual([]);
  expect(lostWords(english, "1.200; customer.lost; groupBy=page; method: exact")).toEqual([
    ...["7", "customer.left", "groupBy=category", "method: compounded"],
  ]);
});
