import type { DayRange } from "../calendar/intervals.ts";
import { surveyOf } from "../facts/responses.ts";
import type { Language } from "../language/language.ts";
import { groupName } from "../report/comments.ts";
import { formatDays, formatValue } from "../report/format.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { largestStep, type Step } from "../report/largest-step.ts";
import { formatOf } from "../report/metric-chart.ts";
import { hasData, type MetricReport, type ReportLine, wholeOf } from "../report/model.ts";
import { isChange, type Verdict, verdictOn } from "../report/verdict.ts";
import { address, metricAddress, type Parameters } from "./address.ts";
import { peakOf } from "./peak.ts";

/** The changes that matter, in sentences: what, since when, where, and what customers wrote then. */

/** Metrics that say the same as another one, the other way round: told once. */
const sameAs: Readonly<Record<string, string>> = { "retention-rate": "churn-rate" };

/** At most so many sentences. */
const maxSentences = 5;

/** A change for the worse comes before one for the better of the same size. */
const weightOfWorse = 3;

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

/** A change to report. */
export interface NewsItem {
  readonly shown: MetricReport;
  readonly verdict: Verdict;
  /** The whole that changed. */
  readonly line: ReportLine;
  /** The interval in which most of it came, where there is one. */
  readonly step: Step | undefined;
  /** The days to look at: of the step, else those in which the value was furthest where it went, if need be by few answers. */
  readonly days: DayRange;
  /** Changes with a greater weight come first. */
  readonly weight: number;
}

/**
 * The changes that matter, the most important first: by size and certainty, and what is worse before what is
 * better. Changes within noise, of low samples, and of what has nothing to compare with are none.
 */
export function newsOf(metrics: readonly MetricReport[], language: Language): NewsItem[] {
  const isTold = (id: string | undefined) => metrics.some(({ metric }) => metric.id === id);
  return metrics
    .filter((shown) => hasData(shown) && !isTold(sameAs[shown.metric.id]))
    .flatMap((shown) => {
      const line = wholeOf(shown);
      const verdict = verdictOn(shown, line?.comparison, language);
      if (!line || !isChange(verdict.kind) || line.total.lowSample || line.comparison?.lowSample) return [];
      const weight = sizeOf(shown, line) * (verdict.kind === "worse" ? weightOfWorse : 1);
      const step = largestStep(line);
      const few = { ...line, points: line.points.map((entry) => ({ ...entry, lowSample: false })) };
      const days = step ?? peakOf(line) ?? peakOf(few) ?? line.total;
      return [{ shown, verdict, line, step, days, weight }];
    })
    .sort((a, b) => b.weight - a.weight || (a.shown.metric.id < b.shown.metric.id ? -1 : 1))
    .slice(0, maxSentences);
}

/** At so many half widths of its interval a change is as certain as it needs to be: more of them make it no larger. */
const certainHalfWidths = 2;

/** Points of a score from -100 to 100, or of a share, that weigh as much as the whole of an amount. */
const wholePoints = 50;

/** The size of a change as a share of what is large, times how certain it is. */
function sizeOf({ metric }: MetricReport, { total, comparison }: ReportLine): number {
  if (!comparison) return 0;
  const isShare = metric.unit === "points" || metric.unit === "percent";
  const change = Math.abs(Number(comparison.change));
  const size = isShare ? change / wholePoints : Math.abs(comparison.changePercent ?? 0) / 100;
  const halfWidth = total.low === null ? 0 : (Number(total.high) - Number(total.low)) / 2;
  const certainty = halfWidth > 0 ? Math.min(1, change / halfWidth / certainHalfWidths) : 1;
  return Math.min(1, size) * certainty;
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
