import type { Language } from "../domain/language/language.ts";
import { shortened } from "../domain/text/shortened.ts";
import type { Telling } from "../domain/webhooks/announcement.ts";
import { clearedSentence, raisedSentence } from "./alert-words.ts";
import type { Digest } from "./data/digest.ts";
import { formatDay, formatDays, formatValue, noValueText } from "./format.ts";
import { goalStateText } from "./goals.ts";
import { formatOf } from "./metric-chart.ts";
import type { MetricReport } from "./model.ts";
import type { NewsItem } from "./news-items.ts";

/** A digest in words: a sentence for each thing worth telling, the most important first. */

/** At most so many restated days are named. */
const maxRestated = 5;

/** Whether there is anything worth telling. */
export function isWorthTelling({ news, raised, cleared, withGoals, restated }: Digest): boolean {
  return news.length + raised.length + cleared.length + withGoals.length + restated.length > 0;
}

/** Characters of a sentence at most: an alert can have a name and values of thousands, and a digest that is too large for the outbox is never told. */
const lineCharacters = 400;

/** A digest as it is told: one sentence where there is nothing worth telling. */
export function tellDigest(digest: Digest, language: Language): Telling {
  const days = formatDays(digest.range.from, digest.range.to, language);
  if (!isWorthTelling(digest)) return { title: language.text("digest.nothing", { days }), lines: [] };
  const { news, raised, cleared, withGoals, restated, topics } = digest;
  const comma = language.text("comma");
  const lines = [
    ...raised.flatMap((one) =>
      one.alert.state?.raised ? [raisedSentence(one, one.alert.state.raised, language)] : [],
    ),
    ...(news.length === 0 ? [language.text("news.nothing")] : news.map((one) => newsSentence(one, language))),
    ...cleared.flatMap((one) =>
      one.alert.state?.cleared ? [clearedSentence(one, one.alert.state.cleared, language)] : [],
    ),
    ...withGoals.flatMap((shown) => goalSentences(shown, language)),
    ...(restated.length === 0
      ? []
      : [
          language.text("digest.restated", {
            count: restated.length,
            days: restated
              .slice(-maxRestated)
              .map((day) => formatDay(day, language))
              .join(comma),
          }),
        ]),
    ...(topics.length === 0 ? [] : [language.text("alert.topics", { topics: topics.join(comma) })]),
  ];
  return {
    title: language.text("digest.title", { days }),
    lines: lines.map((line) => shortened(line, lineCharacters)),
  };
}

function newsSentence({ shown, verdict, line }: NewsItem, language: Language): string {
  const { metric, convention } = shown;
  const format = formatOf(shown, language);
  return language.text("news.changed", {
    metric: language.metricName(metric, convention),
    value: formatValue(line.total.value, format),
    before: formatValue(line.comparison?.value ?? null, format),
    change: verdict.change ?? noValueText,
    verdict: verdict.text,
  });
}

function goalSentences(shown: MetricReport, language: Language): string[] {
  const name = language.metricName(shown.metric, shown.convention);
  return shown.goals.map((goal) => `${name}${language.text("comma")}${goalStateText(goal, shown, language)}`);
}

/** The same for programs. */
export function dataOfDigest(digest: Digest): Record<string, unknown> {
  const { range, news, raised, cleared, withGoals, restated, topics } = digest;
  return {
    ...range,
    changes: news.map(({ shown: { metric }, line, verdict }) => ({
      ...{ metric: metric.id, unit: metric.unit, verdict: verdict.kind },
      ...{ value: line.total.value, before: line.comparison?.value ?? null },
      ...{ change: line.comparison?.change ?? null, changePercent: line.comparison?.changePercent ?? null },
    })),
    alerts: raised.map(({ alert, metric }) => ({
      ...{ alert: alert.id, metric: metric.id, ...alert.state?.raised },
    })),
    cleared: cleared.map(({ alert, metric }) => ({
      ...{ alert: alert.id, metric: metric.id, ...alert.state?.cleared },
    })),
    goals: withGoals.flatMap(({ metric, goals }) =>
      goals.map(({ id, state, by, certain, dueDate }) => ({
        ...{ goal: id, metric: metric.id, state, by, certain, dueDate },
      })),
    ),
    ...{ restated, topics },
  };
}
