import type { DayRange } from "../domain/calendar/intervals.ts";
import { surveyOf } from "../domain/facts/responses.ts";
import type { Language } from "../domain/language/language.ts";
import { groupName } from "../report/comments.ts";
import { formatDays, formatValue } from "../report/format.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { formatOf } from "../report/metric-chart.ts";
import type { MetricReport, ReportLine } from "../report/model.ts";
import { type NewsItem, newsOf } from "../report/news-items.ts";
import { peakOf } from "../report/peak.ts";
import { address, metricAddress, type Parameters } from "./address.ts";

/** The changes that matter, in sentences: what, since when, where, and what customers wrote then. */

/** What stands behind a change. */
export interface Evidence {
  /** The group of a dimension that changed most, as surely as the whole. */
  readonly where?: { readonly dimension: string; readonly line: ReportLine };
  /** What people wrote in the days in which it came. */
  readonly comments?: {
    /** The group of answers that tells most about it: the unhappiest where it is for the worse. */
    readonly group: string;
    /** Tags and words of several of them, the most frequent first. */
    readonly topics: readonly string[];
    readonly quotes: readonly string[];
  };
}

/** Where the sentences stand. */
export interface NewsFrame {
  readonly language: Language;
  /** What is chosen on the page, for the pages of the metrics. */
  readonly parameters: Parameters;
  /** Whether the reader may open the comments. */
  readonly withComments: boolean;
  /** What stands behind the changes, as far as it was looked up. */
  readonly evidence: ReadonlyMap<MetricReport, Evidence>;
}

/** The sentences, each with a link to its metric's page, and to what customers wrote in the days that changed. */
export function renderNews(metrics: readonly MetricReport[], frame: NewsFrame): Markup {
  const { language } = frame;
  const items = newsOf(metrics, language);
  if (items.length === 0) return html`<p>${language.text("news.nothing")}</p>`;
  const isAnyWorse = items.some(({ verdict }) => verdict.kind === "worse");
  return html`${!isAnyWorse && html`<p>${language.text("news.noneWorse")}</p>`}<ul class="news">${items.map(
    (
      item,
    ) => html`<li class="${item.verdict.kind}">${item.verdict.sign} ${sentence(item, frame)}${quotesOf(frame.evidence.get(item.shown))}</li>
`,
  )}</ul>`;
}

function sentence(
  { shown, verdict, line, step, days }: NewsItem,
  { language, parameters, withComments, evidence }: NewsFrame,
): Content {
  const { metric, convention } = shown;
  const format = formatOf(shown, language);
  const name = language.metricName(metric, convention);
  const told = language.pieces<Markup>("news.changed", {
    metric: html`<a href="${metricAddress(metric.id, parameters)}">${name}</a>`,
    value: formatValue(line.total.value, format),
    before: formatValue(line.comparison?.value ?? null, format),
    change: html`<strong>${verdict.change}</strong>`,
    verdict: verdict.text,
  });
  const largest =
    step &&
    language.text("news.step", {
      days: formatDays(step.from, step.to, language),
      before: formatValue(step.before, format),
      after: formatValue(step.after, format),
    });
  const peak = step || verdict.kind !== "worse" ? undefined : peakOf(line);
  const furthest =
    peak &&
    language.text("news.peak", {
      days: formatDays(peak.from, peak.to, language),
      value: formatValue(peak.value, format),
    });
  const { where, comments } = evidence.get(shown) ?? {};
  const parts = [
    told,
    largest,
    furthest,
    where && whereText(where, shown, language),
    comments && topicsText(comments, language),
    withComments && commentsOf(metric.id, days, parameters, language),
  ];
  return parts.filter((part) => part !== undefined && part !== false).map((part) => [part, " "]);
}

function whereText(
  { dimension, line }: NonNullable<Evidence["where"]>,
  shown: MetricReport,
  language: Language,
): Content {
  const format = formatOf(shown, language);
  return language.pieces<Markup>("news.where", {
    dimension: html`<bdi>${dimension}</bdi>`,
    group: html`<strong><bdi>${line.group}</bdi></strong>`,
    value: formatValue(line.total.value, format),
    before: formatValue(line.comparison?.value ?? null, format),
  });
}

function topicsText(
  { group, topics }: NonNullable<Evidence["comments"]>,
  language: Language,
): Content | undefined {
  if (topics.length === 0) return undefined;
  const names = topics.map((topic, index) => [
    index > 0 && language.text("comma"),
    html`<strong><bdi>${topic}</bdi></strong>`,
  ]);
  return language.pieces<Markup>("news.topics", {
    group: groupName(group, language),
    topics: html`${names}`,
  });
}

function quotesOf({ comments }: Evidence = {}): Markup | undefined {
  if (!comments || comments.quotes.length === 0) return undefined;
  return html`<ul class="quotes">${comments.quotes.map((text) => html`<li><blockquote dir="auto">${text}</blockquote></li>`)}</ul>`;
}

/** What customers wrote in some days: to the survey that the metric is of, or to any. */
function commentsOf(
  metric: string,
  { from, to }: DayRange,
  parameters: Parameters,
  language: Language,
): Markup {
  const filters = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => name.startsWith("filter.")),
  );
  const asked = { survey: surveyOf(metric) ?? "", from, to };
  return html`<a href="${address("/comments", filters, asked)}">${language.text("news.comments")}</a>`;
}
