import type { Language } from "../domain/language/language.ts";
import { formatCount, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { renderSurvivalChart } from "./survival-chart.ts";
import { scrollable } from "./tables.ts";
import { lightTheme } from "./theme.ts";

/** After how long customers leave: curves, a table of them, and whether groups differ. */

/** A curve. */
export interface SurvivalCurveShown {
  readonly group?: string | undefined;
  readonly customers: number;
  readonly lost: number;
  readonly medianDays: number | null;
  readonly steps: readonly {
    readonly month: number;
    /** How many are known for so long: of few of them the share says hardly anything. */
    readonly atRisk: number;
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** What the page shows. */
export interface SurvivalShown {
  readonly items: readonly SurvivalCurveShown[];
  readonly test: { readonly pValue: number } | null;
  /** In English. */
  readonly remarks?: readonly string[] | undefined;
}

/** Months that stand in the table, as far as they are known. */
const shownMonths = [1, 3, 6, 12, 24, 36];

/** Where fewer are known for so long, a curve is faint: the last one who leaves takes it to 0. */
const few = 10;

/** What curves and table show. */
export function explainSurvival(language: Language): string {
  return language.text("survival.what", { few });
}

/** A difference is called one below this: a question of its own, asked once. */
const certainBelow = 0.01;

/** The curves, whether they differ, and their shares by month. */
export function renderCurves({ items, test }: SurvivalShown, language: Language): Markup {
  const chart = renderSurvivalChart(
    {
      description: explainSurvival(language),
      lines: items.map(({ group, steps }) => ({
        ...(group === undefined ? {} : { label: group }),
        points: [
          { month: 0, value: 100 },
          ...steps.map(({ month, value, atRisk }) => ({ month, value, isFaint: atRisk < few })),
        ],
      })),
      percentLabel: (value) => formatValue(value, percent(language)),
      monthLabel: (month) => formatCount(month, language),
    },
    lightTheme,
  );
  return html`<figure>${chart}</figure>
${test && html`<p>${language.text("survival.test", { differ: test.pValue < certainBelow ? "yes" : "no", p: formatP(test.pValue, language) })}</p>`}
${renderTable(items, language)}`;
}

function renderTable(items: readonly SurvivalCurveShown[], language: Language): Markup {
  const longest = items.flatMap(({ steps }) => steps).reduce((most, { month }) => Math.max(most, month), 0);
  const months = shownMonths.filter((month) => month <= longest);
  const isGrouped = items.some(({ group }) => group !== undefined);
  const rows = items.map(({ group, customers, lost, medianDays, steps }) => {
    const cells = months.map((month) => {
      const step = steps.find((one) => one.month === month);
      if (!step) return html`<td class="number">${noValueText}</td>`;
      const { value, low, high, atRisk } = step;
      return html`<td class="number" title="${formatInterval(low, high, percent(language))}">${formatValue(value, percent(language))} <small>(${formatCount(atRisk, language)})</small></td>`;
    });
    const median = medianDays === null ? noValueText : language.text("survival.days", { days: medianDays });
    return html`<tr>${isGrouped && html`<th scope="row"><bdi>${group}</bdi></th>`}<td class="number">${formatCount(customers, language)}</td><td class="number">${formatCount(lost, language)}</td><td class="number">${median}</td>${cells}</tr>
`;
  });
  return scrollable(
    language.text("survival.title"),
    html`<table><thead><tr>${isGrouped && html`<th scope="col">${language.text("table.group")}</th>`}<th scope="col" class="number">${language.text("page.customers")}</th><th scope="col" class="number">${language.text("customer.lost")}</th><th scope="col" class="number">${language.text("survival.median")}</th>${months.map((month) => html`<th scope="col" class="number">${language.text("survival.months", { months: month })}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>`,
  );
}

function percent(language: Language) {
  return { unit: "percent", currency: "", language } as const;
}

function formatP(pValue: number, language: Language): string {
  const shown = Math.max(pValue, 0.0001);
  return `${pValue < 0.0001 ? "< " : ""}${new Intl.NumberFormat(language.tag, { maximumSignificantDigits: 2 }).format(shown)}`;
}
