import { formatCount, formatValue, noValueText } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { formatOf } from "../report/metric-chart.ts";
import type { MetricReport, Report } from "../report/model.ts";
import { scrollable } from "../report/tables.ts";

/** The steps of a funnel: how many came to each stage, and of those who had come to the one before. */

const reached = "reached ";

/** The steps of the journey funnel's whole; nothing for other metrics, or where groups are shown. */
export function renderFunnelSteps(shown: MetricReport, { language }: Report): Markup | undefined {
  const { metric, lines } = shown;
  const [whole] = lines;
  if (metric.id !== "journey-funnel" || !whole || whole.group !== undefined) return undefined;
  const { components } = whole.total;
  const stages = Object.keys(components).filter((name) => name.startsWith(reached));
  const most = Math.max(1, ...stages.map((name) => Number(components[name] ?? 0)));
  const format = formatOf(shown, language);
  const seconds = { ...format, unit: "seconds" } as const;
  const rows = stages.map((name) => {
    const stage = name.slice(reached.length);
    const count = Number(components[name] ?? 0);
    const median = components[`medianSeconds ${stage}`];
    return html`<tr><th scope="row"><bdi>${stage}</bdi></th><td class="number">${formatCount(count, language)}</td><td class="optional"><svg class="step" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round((1000 * count) / most) / 10}" height="10"/></svg></td><td class="number">${formatValue(components[`conversionPercent ${stage}`] ?? null, format)}</td><td class="number">${formatCount(Number(components[`dropOff ${stage}`] ?? 0), language)}</td><td class="number optional">${median === undefined || median === null ? noValueText : formatValue(median, seconds)}</td></tr>
`;
  });
  return html`<section aria-labelledby="steps"><h2 id="steps">${language.text("funnel.steps")}</h2>
${scrollable(
  language.text("funnel.steps"),
  html`<table><thead><tr><th scope="col">${language.text("funnel.stage")}</th><th scope="col" class="number">${language.text("funnel.reached")}</th><th scope="col" class="optional"></th><th scope="col" class="number">${language.text("funnel.conversion")}</th><th scope="col" class="number">${language.text("funnel.lost")}</th><th scope="col" class="number optional">${language.text("funnel.median")}</th></tr></thead><tbody>
${rows}</tbody></table>`,
)}</section>`;
}
