import { formatCount, formatDay, noValueText } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { address, type Parameters } from "./address.ts";
import { renderPage } from "./layout.ts";

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
  readonly workspace: string;
  readonly parameters: Parameters;
  /** Absent where none was asked for. */
  readonly customer?: Customer | undefined;
  /** Why there is none. */
  readonly problem?: string | undefined;
}

/** The page as HTML. */
export function renderCustomersPage({ workspace, parameters, customer, problem }: CustomersPage): string {
  return renderPage({
    title: customer ? `Customer ${customer.id}` : "Customers",
    part: "/customers",
    workspace,
    content: html`<h1>${customer ? html`Customer <bdi>${customer.id}</bdi>` : "Customers"}</h1>
<form class="choices" method="get" action="/customers" aria-label="Find a customer">
<span><label for="customerId">Customer id</label><input id="customerId" name="customerId" value="${parameters["customerId"] ?? ""}" maxlength="200" required></span>
<button>Find</button></form>
${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
${customer && renderCustomer(customer, parameters)}`,
  });
}

function renderCustomer(customer: Customer, parameters: Parameters): Markup {
  const { items, nextCursor } = customer;
  return html`<dl class="components">${known(customer).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>
`,
  )}</dl>
<h2>Everything known, the newest first</h2>
${scrollable(
  "Facts of the customer",
  html`<table><thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col">Details</th></tr></thead><tbody>
${items.map(
  (
    fact,
  ) => html`<tr><td>${formatDay(fact.day)}</td><td>${fact.survey ?? fact.type}</td><td><bdi>${detailsOf(fact)}</bdi>${fact.comment !== undefined && html`<blockquote dir="auto">${fact.comment}</blockquote>`}</td></tr>
`,
)}</tbody></table>`,
)}
${nextCursor !== null && html`<p><a href="${address("/customers", parameters, { cursor: nextCursor })}">Older facts</a></p>`}`;
}

function known(customer: Customer): readonly (readonly [string, string])[] {
  const { journey, segments, latestScores } = customer;
  const stages = journey.map(({ stage, on }) => `${stage} (${formatDay(on)})`);
  const scores = latestScores.map(
    ({ survey, scale, score, day }) => `${survey} ${score} on ${scale.replace("-", "–")} (${formatDay(day)})`,
  );
  const places = Object.entries(segments).map(([name, value]) => `${name}: ${value}`);
  return [
    ["State", customer.state === "none" ? "never a customer" : customer.state],
    ["Joined", day(customer.joinedOn)],
    ["Lost", day(customer.lostOn)],
    ["Lapses unless it buys", day(customer.lapsesOn)],
    ["Purchases", formatCount(customer.purchases)],
    ["Last purchase", day(customer.lastPurchaseOn)],
    ["Revenue", amounts(customer.revenue)],
    ["Refunds", amounts(customer.refunds)],
    ["Interactions in 30 days", formatCount(customer.interactions)],
    ["Latest scores", scores.join(", ") || noValueText],
    ["Journey", stages.join(", ") || noValueText],
    ["Counted under", places.join(", ") || noValueText],
  ];
}

function day(on: string | null): string {
  return on === null ? noValueText : formatDay(on);
}

function amounts(sums: readonly Money[]): string {
  return sums.map(({ amount, currency }) => `${amount} ${currency}`).join(", ") || noValueText;
}

function detailsOf({ score, scale, orderId, stage, touchpoint, money, excluded }: CustomerFact): string {
  return [
    score !== undefined && `${score} on ${(scale ?? "").replace("-", "–")}`,
    money && `${money.amount} ${money.currency}`,
    orderId !== undefined && `order ${orderId}`,
    stage,
    touchpoint,
    excluded === true && "taken out of the counts",
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(", ");
}
