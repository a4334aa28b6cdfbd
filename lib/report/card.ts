import { type BenchmarkReading, benchmarksOf } from "../metrics/benchmark.ts";
import { betterIn } from "../metrics/range.ts";
import type { RestatedDay } from "../metrics/restated-day.ts";
import { renderChart } from "./chart.ts";
import { renderComments } from "./comments.ts";
import { formatCount, formatDay, formatDays, formatInterval, formatValue } from "./format.ts";
import { renderGoals } from "./goals.ts";
import { html, type Markup } from "./html.ts";
import { chartOf, formatOf } from "./metric-chart.ts";
import { cardOf, hasData, type MetricReport, type Report } from "./model.ts";
import { renderComponents, renderGroups, renderValues } from "./tables.ts";
import { lightTheme } from "./theme.ts";
import { verdictOn } from "./verdict.ts";

/** The card of one metric. */

/** A metric's card. */
export function renderCard(shown: MetricReport, report: Report): Markup {
  const { metric, lines } = shown;
  const { id, name } = cardOf(shown);
  const isGrouped = report.groupBy !== undefined;
  const body = hasData(shown)
    ? html`${!isGrouped && lines.map((line) => renderHeadline(shown, line, report))}
${renderGoals(shown)}
<figure>${renderChart(chartOf(shown, report), { theme: lightTheme })}</figure>
${isGrouped && renderGroups(shown)}
${renderRestatements(shown)}
<details><summary>Values as a table</summary>${renderValues(shown, report.interval)}</details>
<details><summary>How it is computed</summary>${renderDefinition(shown)}</details>
${renderDownload(shown, report)}`
    : html`<p class="quiet">No data in this period.</p>`;
  return html`<article class="card" id="${id}" aria-labelledby="${id}-name">
<h3 id="${id}-name">${name}</h3>
<p class="quiet">${metric.description}</p>
${body}
${!shown.isApart && renderComments(metric.id, report)}
</article>
`;
}

function renderHeadline(
  shown: MetricReport,
  { total, comparison }: MetricReport["lines"][number],
  report: Report,
): Markup {
  const format = formatOf(shown);
  const { kind, sign, change, text } = verdictOn(shown, comparison);
  const size = `n = ${formatCount(total.n)}`;
  const evidence =
    total.low === null ? size : `95 % interval ${formatInterval(total.low, total.high, format)}, ${size}`;
  return html`<p class="value">${total.value === null ? "No value" : formatValue(total.value, format)}</p>
<p>${evidence}</p>
<p class="verdict ${kind}">${sign} ${change !== undefined && html`<strong>${change}</strong>: `}${text}</p>
${comparison && html`<p class="quiet">Against ${formatDays(comparison.from, comparison.to)}${report.compare === "year" && " (a year earlier)"}: ${formatValue(comparison.value, format)}, n = ${formatCount(comparison.n)}${comparison.lowSample && " (low sample)"}</p>`}
${benchmarksOf(shown.metric, shown.convention, total).map(
  (benchmark) => html`<p class="quiet">${benchmarkText(benchmark, format)}</p>
`,
)}${renderBadges(shown, total, report)}`;
}

/** A published figure, and on which side of it the value is. */
function benchmarkText(
  { low, high, of, source, side, isBetter }: BenchmarkReading,
  format: ReturnType<typeof formatOf>,
): string {
  const figure =
    low === high ? formatValue(low, format) : `${formatValue(low, format)} to ${formatValue(high, format)}`;
  const judged = isBetter === null ? "" : isBetter ? ", which is better" : ", which is worse";
  return `Benchmark: ${figure} (${of}; ${source}): this is ${side}${judged}.`;
}

function renderBadges(
  { metric, remarks }: MetricReport,
  total: MetricReport["lines"][number]["total"],
  { range, today }: Report,
): Markup {
  const badges = [
    total.lowSample && lowSampleText(metric, total.n),
    // Where today is in the period that holds for every metric, and the page says so once.
    total.provisional && range.to < today && "Provisional: not all of these days are closed as they are now.",
    ...(total.remarks ?? []),
    ...remarks,
  ].filter((badge) => badge !== false);
  return html`${badges.length > 0 && html`<ul class="badges">${badges.map((badge) => html`<li>${badge}</li>`)}</ul>`}`;
}

function lowSampleText({ minimumSample }: MetricReport["metric"], n: number): string {
  const why =
    n < minimumSample
      ? `fewer than ${minimumSample} to count on`
      : "too few for how much they differ, or for how they come together";
  return `Low sample: ${why}, so do not rely on this value.`;
}

function renderRestatements(shown: MetricReport): Markup | undefined {
  const { restatements, hasMoreRestatements, pendingDays } = shown;
  if (restatements.length === 0 && pendingDays.length === 0) return undefined;
  const days = restatements.length === 1 ? "1 day" : `${formatCount(restatements.length)} days`;
  return html`<details class="restated"><summary>${restatements.length > 0 ? `Corrected later: ${hasMoreRestatements ? "at least " : ""}${days} (▲ at the time axis)` : "Changed since reported"}</summary>
<ul>${restatements.map(
    (restatement) => html`<li>${restatementText(restatement, shown)}</li>
`,
  )}</ul>
${pendingDays.length > 0 && html`<p>Changed and not yet stated again: ${pendingDays.map(formatDay).join(", ")}.</p>`}
<p class="quiet">Every revision: <code>GET /v1/snapshots?metric=${shown.metric.id}&amp;revisions=all</code></p></details>`;
}

const causeTexts: Readonly<Record<string, string>> = {
  recorded: "arrived late",
  excluded: "taken out",
  included: "put back",
  settings: "settings changed",
  repaired: "counters repaired",
};

function restatementText({ date, revision, facts, causes, before, after }: RestatedDay, shown: MetricReport) {
  const format = formatOf(shown);
  const count = facts === 1 ? "1 fact" : `${formatCount(facts)} facts`;
  const reasons = causes.map((cause) => causeTexts[cause] ?? cause).join(", ");
  return `${formatDay(date)}: first reported as ${formatValue(before, format)}, now ${formatValue(after, format)} (revision ${revision}; ${facts > 0 ? `${count}: ` : ""}${reasons})`;
}

function renderDefinition(shown: MetricReport): Markup {
  const { metric, convention } = shown;
  return html`<p>${metric.formula}${convention !== "" && ` (convention ${convention})`}. ${betterIn(metric, convention) === "higher" ? "Higher" : "Lower"} is better. Version ${metric.version} of the definition.</p>
<p>Interval: ${metric.interval}</p>
<ul>${metric.notes.map((note) => html`<li>${note}</li>`)}</ul>
${renderComponents(shown)}`;
}

/** The chart as a file of its own: what presentations and documents take. */
function renderDownload(shown: MetricReport, report: Report): Markup {
  const { text } = renderChart(chartOf(shown, report), { theme: lightTheme, isStandalone: true });
  const name = `${shown.metric.id}-${report.range.from}-${report.range.to}.svg`;
  const address = `data:image/svg+xml;base64,${Buffer.from(text).toString("base64")}`;
  return html`<p class="download"><a download="${name}" href="${address}">The chart as an SVG file<span class="unseen">: ${shown.metric.name}</span></a></p>`;
}
