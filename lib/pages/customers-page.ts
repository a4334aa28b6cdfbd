import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import { scoreText } from "../report/comments.ts";
import { formatCount, formatDay, formatValue, noValueText } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { address, type Parameters } from "./address.ts";
import { type CustomerList, renderCustomerList } from "./customer-list.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { segmentName } from "./segments-page.ts";

/** One customer: what is known, what they bought and said. */

interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** A fact of a customer. */
export interface CustomerFact {
  readonly type: string;
  readonly day: string;
  readonly survey?: string | undefined;
  readonly scale?: string | undefined;
  readonly score?: number | undefined;
  readonly comment?: string | undefined;
  readonly orderId?: string | undefined;
  readonly stage?: string | undefined;
  readonly touchpoint?: string | undefined;
  readonly money?: Money | undefined;
  readonly excluded?: boolean | undefined;
}

/** The fifths in which a customer is. */
interface Rated {
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  readonly segment: string;
  readonly through: string;
}

/** A customer. */
export interface Customer {
  readonly id: string;
  readonly state: string;
  readonly joinedOn: string | null;
  readonly lostOn: string | null;
  readonly lapsesOn: string | null;
  readonly lastPurchaseOn: string | null;
  readonly purchases: number;
  readonly interactions: number;
  readonly revenue: readonly Money[];
  readonly refunds: readonly Money[];
  readonly segments: Readonly<Record<string, string>>;
  readonly journey: readonly { readonly stage: string; readonly on: string }[];
  readonly prediction: {
    readonly pAlive: number;
    readonly value: Money;
    readonly months: number;
  } | null;
  readonly rfm: Rated | null;
  readonly latestScores: readonly {
    readonly survey: string;
    readonly scale: string;
    readonly score: number;
    readonly day: string;
  }[];
  readonly items: readonly CustomerFact[];
  readonly nextCursor: string | null;
}

/** The page's contents. */
export interface CustomersPage {
  readonly frame: PageFrame;
  readonly parameters: Parameters;
  /** Absent where none was asked for. */
  readonly customer?: Customer | undefined;
  /** Whether one was asked for that nothing is known of. */
  readonly isMissing?: boolean;
  /** The list; absent where one was asked for. */
  readonly list?: CustomerList;
  /** Whether there is no list yet, as the archive is behind. */
  readonly isBehind?: boolean;
}

/** The page as HTML. */
export function renderCustomersPage(page: CustomersPage): string {
  const { frame, parameters, customer, isMissing = false, isBehind = false, list } = page;
  const { language } = frame;
  const title = customer
    ? language.text("customer.title", { id: customer.id })
    : language.text("page.customers");
  return renderPage({
    frame,
    title,
    part: "/customers",
    content: html`<h1><bdi>${title}</bdi></h1>
<form class="choices" method="get" action="/customers" aria-label="${language.text("customer.findOne")}">
<span><label for="customerId">${language.text("customer.id")}</label><input id="customerId" name="customerId" value="${parameters["customerId"] ?? ""}" maxlength="200" required></span>
<button>${language.text("customer.find")}</button></form>
${isMissing && html`<p class="problem" role="alert">${language.text("customer.missing")}</p>`}
${isBehind && html`<p class="problem" role="status">${language.text("customers.behind")}</p>`}
${list && renderViews(language)}
${list && renderCustomerList(list, parameters, language)}
${customer && renderCustomer(customer, parameters, language)}`,
  });
}

/** Other views of all customers. */
function renderViews(language: Language): Markup {
  const views = [
    ["/cohorts", "cohorts.title"],
    ["/survival", "survival.title"],
    ["/segments", "segments.title"],
  ] as const;
  return html`<ul class="links">${views.map(([path, title]) => html`<li><a href="${path}">${language.text(title)}</a></li>`)}</ul>`;
}

function renderCustomer(customer: Customer, parameters: Parameters, language: Language): Markup {
  const { items, nextCursor } = customer;
  return html`<dl class="components">${known(customer, language).map(
    ([
      name,
      value,
      values,
    ]) => html`<div><dt>${language.text(name, values)}</dt><dd><bdi>${value}</bdi></dd></div>
`,
  )}</dl>
<h2>${language.text("customer.history")}</h2>
${scrollable(
  language.text("customer.facts"),
  html`<table><thead><tr><th scope="col">${language.text("customer.day")}</th><th scope="col">${language.text("customer.what")}</th><th scope="col">${language.text("customer.details")}</th></tr></thead><tbody>
${items.map(
  (
    fact,
  ) => html`<tr><td>${formatDay(fact.day, language)}</td><td>${fact.survey ?? fact.type}</td><td><bdi>${detailsOf(fact, language)}</bdi>${fact.comment !== undefined && html`<blockquote dir="auto">${fact.comment}</blockquote>`}</td></tr>
`,
)}</tbody></table>`,
)}
${nextCursor !== null && html`<p><a href="${address("/customers", parameters, { cursor: nextCursor })}">${language.text("customer.older")}</a></p>`}`;
}

/** A name with its value, and what stands in for the name's arguments. */
type Known = readonly [name: TextId, value: string, values?: Readonly<Record<string, number>>];

/** In which segment the customer is, once it was rated. */
function rated({ rfm }: Customer, language: Language): Known[] {
  if (!rfm) return [];
  const { recency, frequency, money, segment, through } = rfm;
  const values = { recency, frequency, money };
  const named = { segment: segmentName(segment, language), day: formatDay(through, language) };
  return [["customer.rfm", language.text("customer.rfmIs", { ...values, ...named })]];
}

/** What is expected of the customer, where there are models. */
function predicted({ prediction }: Customer, language: Language): Known[] {
  if (!prediction) return [];
  const { pAlive, value, months } = prediction;
  return [
    ["customer.pAlive", formatValue(100 * pAlive, { unit: "percent", currency: value.currency, language })],
    ["customer.expected", amountText(value, language), { months }],
  ];
}

function known(customer: Customer, language: Language): readonly Known[] {
  const { journey, segments, latestScores, state } = customer;
  const listed = (texts: readonly string[]) => texts.join(language.text("comma")) || noValueText;
  const day = (on: string | null) => (on === null ? noValueText : formatDay(on, language));
  const money = (sums: readonly Money[]) => listed(sums.map((sum) => amountText(sum, language)));
  const scores = latestScores.map(({ survey, score, scale, day: on }) =>
    language.text("customer.scoreOn", {
      ...{ survey, score: String(score), scale: scale.replace("-", "–"), day: formatDay(on, language) },
    }),
  );
  return [
    ["customer.state", language.text("customer.stateIs", { state })],
    ["customer.joined", day(customer.joinedOn)],
    ["customer.lost", day(customer.lostOn)],
    ["customer.lapses", day(customer.lapsesOn)],
    ["customer.purchases", formatCount(customer.purchases, language)],
    ["customer.lastPurchase", day(customer.lastPurchaseOn)],
    ["customer.revenue", money(customer.revenue)],
    ["customer.refunds", money(customer.refunds)],
    ...predicted(customer, language),
    ...rated(customer, language),
    ["customer.interactions", formatCount(customer.interactions, language)],
    ["customer.scores", listed(scores)],
    ["customer.journey", listed(journey.map(({ stage, on }) => `${stage} (${formatDay(on, language)})`))],
    ["customer.segments", listed(Object.entries(segments).map(([name, value]) => `${name}: ${value}`))],
  ];
}

function amountText({ amount, currency }: Money, language: Language): string {
  return formatValue(amount, { unit: "money", currency, language });
}

function detailsOf(fact: CustomerFact, language: Language): string {
  const { score, scale, orderId, stage, touchpoint, money, excluded } = fact;
  return [
    score !== undefined && scoreText(score, scale, language),
    money && amountText(money, language),
    orderId !== undefined && language.text("customer.order", { id: orderId }),
    stage,
    touchpoint,
    excluded === true && language.text("takenOut"),
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(language.text("comma"));
}
