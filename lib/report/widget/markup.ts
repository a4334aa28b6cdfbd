import { languageOf } from "../../domain/language/language.ts";
import { renderChart } from "../chart.ts";
import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { chartOf, formatOf } from "../metric-chart.ts";
import { hasData, type MetricReport, type Report } from "../model.ts";
import { sayRemark } from "../remarks.ts";
import { lineDashes, maxLines, type Theme } from "../theme.ts";
import { verdictOn } from "../verdict.ts";

/** Metrics on a CloudWatch dashboard: HTML with styles at its elements, since CloudWatch lets neither style sheets nor scripts pass. */

/** The data of the widget. */
export type WidgetContent = Pick<Report, "range" | "interval" | "metrics">;

/** Dashboards are read in English, as CloudWatch labels its own graphs. */
const language = languageOf("en");

/**
 * The widget's HTML.
 * @param remarks what a reader must know of all of it, in sentences
 */
export function renderWidget(content: WidgetContent, theme: Theme, remarks: readonly string[] = []): string {
  const { from, to } = content.range;
  const known = content.metrics.filter(hasData);
  const empty = content.metrics.filter((shown) => !hasData(shown)).map(({ metric }) => metric.name);
  return html`<div style="color:${theme.text};background:${theme.surface};font-family:system-ui,sans-serif;font-size:13px;line-height:1.4;padding:4px">
<p style="margin:0 0 8px;color:${theme.quiet}">${formatDays(from, to, language)}${remarks.map((remark) => ` · ${remark}`)}</p>
<div style="display:flex;flex-wrap:wrap;gap:16px">${known.map((shown) => renderBlock(shown, content, theme))}</div>
${empty.length > 0 && html`<p style="margin:8px 0 0;color:${theme.quiet}">No data: ${empty.join(", ")}.</p>`}</div>`
    .text;
}

/** The widget's text where it was asked for something that does not exist. */
export function renderProblem(problems: readonly string[]): string {
  return html`<p><strong>This widget cannot be drawn.</strong></p><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`
    .text;
}

function renderBlock(shown: MetricReport, content: WidgetContent, theme: Theme): Markup {
  const cell = `padding:2px 6px;text-align:right;white-space:nowrap;border-top:1px solid ${theme.border}`;
  // Sentences may wrap, or the table would reach into the next one.
  const last = cell.replace("white-space:nowrap;", "");
  const name = `padding:2px 6px;text-align:left;font-weight:400;border-top:1px solid ${theme.border}`;
  const head = `padding:2px 6px;text-align:right;font-weight:600;color:${theme.quiet}`;
  const format = formatOf(shown, language);
  const rows = shown.lines.slice(0, maxLines).map(({ group, total, comparison }, index) => {
    const { change = noValueText, text } = verdictOn(shown, comparison, language);
    return html`<tr><th scope="row" style="${name}">${renderSwatch(index, theme)} <bdi>${group ?? "all"}</bdi></th><td style="${cell}">${formatValue(total.value, format)}</td><td style="${cell}">${formatInterval(total.low, total.high, format)}</td><td style="${cell}">${formatCount(total.n, language)}${total.lowSample && " (low)"}</td><td style="${last}">${change}, ${text}</td></tr>`;
  });
  const rest = shown.lines.length - maxLines;
  return html`<section style="flex:1 1 420px;max-width:640px;min-width:0"><h3 style="margin:0 0 4px;font-size:15px;color:${theme.text}">${shown.metric.name}</h3>
<div>${renderChart(chartOf(shown, { ...content, language }), { theme })}</div>
<table style="border-collapse:collapse;width:100%;font-size:12px"><thead><tr><th scope="col" style="${head};text-align:left">Group</th><th scope="col" style="${head}">Value</th><th scope="col" style="${head}">95 % interval</th><th scope="col" style="${head}">n</th><th scope="col" style="${head}">Change</th></tr></thead><tbody>${rows}</tbody></table>
${rest > 0 && html`<p style="margin:4px 0;color:${theme.quiet}">${formatCount(rest, language)} smaller groups are left out.</p>`}${shown.remarks.map((remark) => html`<p style="margin:4px 0;color:${theme.quiet}">${sayRemark(remark, language)}</p>`)}</section>`;
}

function renderSwatch(index: number, theme: Theme): Markup {
  return html`<svg width="22" height="8" aria-hidden="true"><path d="M0 4h22" stroke="${theme.lines[index]}" stroke-width="2" stroke-dasharray="${lineDashes[index]}"/></svg>`;
}
