import type { Language } from "../domain/language/language.ts";
import { formatCount, formatValue } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { address } from "./address.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** Segments of customers by recency, frequency and money: their sizes, and who moved between them. */

/** What the page shows. */
export interface SegmentsShown {
  readonly customers: number;
  readonly items: readonly {
    readonly segment: string;
    readonly customers: number;
    readonly share: number;
    readonly money: { readonly amount: string; readonly currency: string };
    readonly before: number;
    readonly won: number;
    readonly entered: number;
    readonly left: number;
  }[];
  readonly movements: readonly {
    readonly from: string | null;
    readonly to: string;
    readonly customers: number;
  }[];
}

/** The page's contents. */
export interface SegmentsPage {
  readonly frame: PageFrame;
  /** Absent where the archive is behind. */
  readonly segments?: SegmentsShown;
}

/** The page as HTML. */
export function renderSegmentsPage({ frame, segments }: SegmentsPage): string {
  const { language } = frame;
  const title = language.text("segments.title");
  return renderPage({
    ...{ frame, title, part: "/customers" },
    content: html`<h1>${title}</h1>
<p>${language.text("segments.what")} <a href="/customers">${language.text("page.customers")}</a></p>
${!segments && html`<p class="problem" role="status">${language.text("customers.behind")}</p>`}
${
  segments &&
  (segments.customers === 0
    ? html`<p>${language.text("segments.none")}</p>`
    : html`${renderSizes(segments, language)}
<h2>${language.text("segments.movements")}</h2>
${renderMovements(segments, language)}`)
}`,
  });
}

/** The name of a segment. */
export function segmentName(segment: string, language: Language): string {
  return language.text("segments.is", { segment: segment.replaceAll("-", "") });
}

function renderSizes({ items }: SegmentsShown, language: Language): Markup {
  const rows = items.map(({ segment, customers, share, money, before, won, entered, left }) => {
    const format = { unit: "money", currency: money.currency, language } as const;
    const link = address("/customers", { rfm: segment });
    return html`<tr><th scope="row"><a href="${link}">${segmentName(segment, language)}</a></th><td class="number">${formatCount(customers, language)}</td><td class="number">${formatValue(share, { ...format, unit: "percent" })}</td><td class="number">${formatValue(money.amount, format)}</td><td class="number">${formatCount(before, language)}</td><td class="number optional">${formatCount(won, language)}</td><td class="number optional">${formatCount(entered, language)}</td><td class="number optional">${formatCount(left, language)}</td></tr>
`;
  });
  return scrollable(
    language.text("segments.title"),
    html`<table><thead><tr><th scope="col">${language.text("segments.segment")}</th><th scope="col" class="number">${language.text("page.customers")}</th><th scope="col" class="number">${language.text("segments.share")}</th><th scope="col" class="number">${language.text("customer.revenue")}</th><th scope="col" class="number">${language.text("segments.before")}</th><th scope="col" class="number optional">${language.text("segments.won")}</th><th scope="col" class="number optional">${language.text("segments.entered")}</th><th scope="col" class="number optional">${language.text("segments.left")}</th></tr></thead><tbody>
${rows}</tbody></table>`,
  );
}

/** A row for each segment of before, a column for each of now. */
function renderMovements({ items, movements }: SegmentsShown, language: Language): Markup {
  const names = items.map(({ segment }) => segment);
  const most = movements.reduce(
    (max, { from, to, customers }) => (from === to ? max : Math.max(max, customers)),
    0,
  );
  const rows = [null, ...names].map((from) => {
    const cells = names.map((to) => {
      const customers = movements.find((one) => one.from === from && one.to === to)?.customers ?? 0;
      const heat = from === to || most === 0 ? "" : ` h${Math.round((9 * customers) / most)}`;
      return html`<td class="number${heat}">${formatCount(customers, language)}</td>`;
    });
    const name = from === null ? language.text("segments.won") : segmentName(from, language);
    return html`<tr><th scope="row">${name}</th>${cells}</tr>
`;
  });
  return scrollable(
    language.text("segments.movements"),
    html`<table class="heat"><thead><tr><th scope="col">${language.text("segments.fromTo")}</th>${names.map((name) => html`<th scope="col" class="number">${segmentName(name, language)}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>`,
  );
}
