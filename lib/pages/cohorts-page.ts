import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import { dayFormat, formatCount, formatValue, noValueText, type ValueFormat } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";
import { scrollable } from "../report/tables.ts";
import { address, type Parameters } from "./address.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { linksTo } from "./link-list.ts";

/** Cohorts: a heat map of who joined in the same month, by age. */

/** A cell; its value is null where the month is not over. */
export interface CohortCellShown {
  readonly age: number;
  readonly value: number | string | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What the page shows. */
export interface CohortsShown {
  readonly measure: string;
  readonly currency?: string | undefined;
  readonly items: readonly {
    readonly from: string;
    /** Where a dimension tells them apart. */
    readonly group?: string | undefined;
    readonly customers: number;
    readonly cells: readonly CohortCellShown[];
  }[];
  readonly mean: readonly CohortCellShown[];
  /** In English. */
  readonly remarks?: readonly string[] | undefined;
}

/** The page's contents. */
export interface CohortsPage {
  readonly frame: PageFrame;
  readonly parameters: Parameters;
  /** Absent where the archive is behind. */
  readonly cohorts?: CohortsShown;
}

const measures = [
  ["retention", "cohorts.retention"],
  ["customers", "cohorts.buyers"],
  ["orders", "customer.purchases"],
  ["revenue", "customer.revenue"],
] as const satisfies readonly (readonly [string, TextId])[];

/** The page as HTML. */
export function renderCohortsPage({ frame, parameters, cohorts }: CohortsPage): string {
  const { language } = frame;
  const title = language.text("cohorts.title");
  return renderPage({
    ...{ frame, title, part: "/customers" },
    content: html`<h1>${title}</h1>
<p>${language.text("cohorts.what")} <a href="/customers">${language.text("page.customers")}</a></p>
${renderMeasures(parameters, language)}
${!cohorts && html`<p class="problem" role="status">${language.text("customers.behind")}</p>`}
${cohorts && (cohorts.items.length === 0 ? html`<p>${language.text("cohorts.none")}</p>` : renderMap(cohorts, language))}
${cohorts?.remarks?.map((remark) => html`<p class="quiet">${sayTranslated(remark, language)}</p>`)}`,
  });
}

function renderMeasures(parameters: Parameters, language: Language): Markup {
  const chosen = parameters["measure"] ?? "retention";
  const named = measures.map(([measure, id]) => [measure, language.text(id)] as const);
  const links = linksTo(chosen, named, (measure) => address("/cohorts", parameters, { measure }));
  return html`<ul class="links" aria-label="${language.text("cohorts.title")}">${links}</ul>`;
}

const monthOptions = { month: "short", year: "numeric", timeZone: "UTC" } as const;

function renderMap(cohorts: CohortsShown, language: Language): Markup {
  const { items, mean } = cohorts;
  const ages = items.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const heat = heatOf(cohorts);
  const month = dayFormat(language.dayLocale, monthOptions);
  const { measure, currency } = cohorts;
  const unit = unitOf(measure);
  const row = (name: string, customers: string, cells: readonly CohortCellShown[], isMean: boolean) => {
    // Of several cohorts it is a share who bought, not how many.
    const format = { unit: isMean && measure === "customers" ? "percent" : unit, currency } as const;
    return html`<tr><th scope="row">${name}</th><td class="number">${customers}</td>${cells.map((cell) => renderCell(cell, format, language, isMean ? undefined : heat(cell)))}</tr>
`;
  };
  const name = ({ from, group }: CohortsShown["items"][number]) => {
    const joined = month.format(new Date(`${from}T00:00:00Z`));
    return group === undefined ? joined : `${joined} · ${group}`;
  };
  return scrollable(
    language.text("cohorts.title"),
    html`<table class="heat"><thead><tr><th scope="col">${language.text("customer.joined")}</th><th scope="col" class="number">${language.text("page.customers")}</th>${Array.from({ length: ages }, (_, age) => html`<th scope="col" class="number">${formatCount(age, language)}</th>`)}</tr></thead><tbody>
${items.map((cohort) => row(name(cohort), formatCount(cohort.customers, language), cohort.cells, false))}
${row(language.text("cohorts.each"), "", mean, true)}</tbody></table>`,
  );
}

type Unit = ValueFormat["unit"];

function unitOf(measure: string): Unit {
  return measure === "retention" ? "percent" : measure === "revenue" ? "money" : "count";
}

function renderCell(
  { value, low, high }: CohortCellShown,
  { unit, currency }: { readonly unit: Unit; readonly currency?: string | undefined },
  language: Language,
  heat: number | undefined,
): Markup {
  const format = { unit, currency: currency ?? "", language } as const;
  const bounds =
    low === null || high === null
      ? undefined
      : language.text("interval", {
          low: formatValue(low, { ...format, unit: "percent" }),
          high: formatValue(high, { ...format, unit: "percent" }),
        });
  const kind = heat === undefined ? "number" : `number h${heat}`;
  const text = value === null ? noValueText : formatValue(value, format);
  return html`<td class="${kind}"${bounds !== undefined && html` title="${bounds}"`}>${text}</td>`;
}

/** Steps of colour: 0 is none. */
const steps = 9;

/** The colour of a cell, from none to the largest value. The month of joining, in which everybody bought, is no measure for the others. */
function heatOf({ items }: CohortsShown): (cell: CohortCellShown) => number | undefined {
  const largest = items
    .flatMap(({ cells }) => cells)
    .reduce((most, { age, value }) => (age === 0 ? most : Math.max(most, Number(value))), 0);
  return ({ age, value }) =>
    age === 0 || value === null || largest === 0
      ? undefined
      : Math.max(0, Math.round((steps * Number(value)) / largest));
}
