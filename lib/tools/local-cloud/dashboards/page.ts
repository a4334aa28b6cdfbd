import { html, Markup } from "../../../report/html.ts";
import { lightTheme } from "../../../report/theme.ts";
import type { AlarmBlueprint, DashboardBlueprint, WidgetBlueprint } from "../template/dashboard-blueprint.ts";
import { renderGraph, type TimeRange } from "./graph.ts";
import type { MetricPoint } from "./points.ts";

/** The dashboards of the template as a page. */

/** A dashboard with what its widgets need. */
export interface ShownDashboard {
  readonly dashboard: DashboardBlueprint;
  readonly range: TimeRange;
  /** What custom widgets answered, in the order of the dashboard's widgets. */
  readonly answers: readonly (string | undefined)[];
}

export interface DashboardsPage {
  readonly shown: readonly ShownDashboard[];
  readonly alarms: readonly AlarmBlueprint[];
  readonly points: readonly MetricPoint[];
  /** The ranges that can be chosen, in days, and the one that was; undefined for each dashboard's own. */
  readonly ranges: readonly number[];
  readonly chosen: number | undefined;
}

/**
 * Nothing of the page runs or comes from elsewhere, whatever a widget answers: CloudWatch takes scripts out of it as well. Widgets have
 * styles at their elements.
 */
export const dashboardPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const styleSheet = `
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:${lightTheme.page};color:${lightTheme.text};font:14px/1.4 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:1.6rem 0 .5rem}h3{font-size:1rem;margin:0 0 .2rem}
a{color:${lightTheme.link}}p{margin:.2rem 0}.quiet{color:${lightTheme.quiet}}
nav a,nav strong{margin-right:.6rem}
.grid{display:grid;grid-template-columns:repeat(24,minmax(0,1fr));gap:.6rem}
.widget{background:${lightTheme.surface};border:1px solid ${lightTheme.border};border-radius:.3rem;padding:.6rem;min-width:0;overflow:auto}
.custom{max-height:44rem}
.legend{list-style:none;margin:.2rem 0;padding:0;font-size:.85rem}.legend li{display:inline-block;margin-right:.8rem}
.alarms{columns:24rem;margin:.3rem 0;padding-left:1.2rem;font-size:.85rem;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.75rem;margin:.3rem 0}
.chart{display:block;width:100%;height:auto}
@media (max-width:60rem){.grid{grid-template-columns:minmax(0,1fr)}.widget{grid-column:1/-1!important}}
`;

/** The page as HTML. */
export function renderDashboards(page: DashboardsPage): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dashboards</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
<header>
<h1>Dashboards</h1>
<p>As CloudWatch draws them in AWS, here from what the functions and the gateway logged on this machine. This page is the local cloud's: a deployment has none.</p>
${renderRanges(page)}
</header>
<main>
${page.shown.map((shown) => renderDashboard(shown, page))}</main>
</body>
</html>
`.text;
}

function renderRanges({ ranges, chosen }: DashboardsPage): Markup {
  const choice = (days: number | undefined, text: string) =>
    days === chosen
      ? html`<strong>${text}</strong>`
      : html`<a href="/dashboards${days !== undefined && `?days=${days}`}">${text}</a>`;
  return html`<nav aria-label="Time">${[choice(undefined, "each its own time"), ...ranges.map((days) => choice(days, days === 1 ? "1 day" : `${days} days`))]}</nav>`;
}

function renderDashboard({ dashboard, range, answers }: ShownDashboard, page: DashboardsPage): Markup {
  const widgets = dashboard.widgets.map((widget, index) => {
    const span = `grid-column:span ${Math.min(24, widget.width)}`;
    const { title } = widget.properties;
    // A group: with its own scroll bar where a widget is long.
    return html`<div class="widget ${widget.type}" role="group" style="${span}" tabindex="0"${title !== undefined && html` aria-label="${title}"`}>${title !== undefined && html`<h3>${title}</h3>`}
${renderWidget(widget, answers[index], range, page)}</div>
`;
  });
  return html`<section aria-labelledby="${dashboard.name}"><h2 id="${dashboard.name}">${dashboard.name}</h2>
<p class="quiet">${timeText(range)}</p>
<div class="grid">
${widgets}</div></section>
`;
}

function timeText({ from, to }: TimeRange): string {
  const text = (instant: number) => `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")}`;
  return `${text(from)} to ${text(to)} UTC`;
}

function renderWidget(
  widget: WidgetBlueprint,
  answer: string | undefined,
  range: TimeRange,
  { alarms, points }: DashboardsPage,
): Markup {
  const { markdown, query } = widget.properties;
  switch (widget.type) {
    case "text":
      return renderMarkdown(markdown ?? "");
    case "metric":
      return renderGraph(widget, points, range);
    case "alarm":
      return html`<p class="quiet">Only AWS watches them. What each says when it rings:</p>
<ul class="alarms">${alarms.map(({ name, description }) => html`<li><strong>${name}</strong>: ${description}</li>`)}</ul>`;
    case "custom":
      // The answer is HTML, as CloudWatch takes it.
      return new Markup(answer ?? "");
    case "log":
      return html`<p class="quiet">Only AWS searches logs this way. Here they are files: <code>.local/logs</code>.</p>
<pre>${query}</pre>`;
    default:
      return html`<p class="quiet">A widget of the type ${widget.type}, which is not drawn here.</p>`;
  }
}

/** Headings, links and code; all else stays as it was written. */
function renderMarkdown(text: string): Markup {
  const lines = text.split("\n").map((line) => {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    return heading === undefined ? html`${renderLine(line)} ` : html`<h3>${heading}</h3>`;
  });
  return html`${lines}`;
}

function renderLine(line: string): Markup[] {
  return line.split(/(\[[^\]]*\]\([^)]*\)|`[^`]*`|https:\/\/\S+)/).map((part) => {
    const [, name, address] = /^\[([^\]]*)\]\((https?:\/\/[^)]*)\)$/.exec(part) ?? [];
    if (address !== undefined) return html`<a href="${address}" rel="noreferrer">${name}</a>`;
    if (part.startsWith("https://")) return html`<a href="${part}" rel="noreferrer">${part}</a>`;
    return part.startsWith("`") ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`;
  });
}
