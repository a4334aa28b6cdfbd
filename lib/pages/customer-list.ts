import type { Language } from "../domain/language/language.ts";
import { rfmSegments } from "../domain/metrics/lifetime/rfm.ts";
import { formatCount, formatDay, formatValue, noValueText } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { address, customerAddress, type Parameters } from "./address.ts";
import { renderLinks } from "./link-list.ts";
import { segmentName } from "./segments-page.ts";

/** Customers in a list. */

interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** A customer of the list. */
export interface ListedCustomer {
  readonly id: string;
  readonly state: string;
  readonly joinedOn: string | null;
  readonly lastSeenOn: string;
  readonly orders: number;
  /** In the workspace's currency, and in others. */
  readonly revenue: Money;
  readonly otherRevenue: readonly Money[];
  readonly prediction: {
    readonly pAlive: number;
    readonly months: number;
    readonly value: Money;
  } | null;
  readonly rfm: { readonly segment: string } | null;
  readonly scores: Readonly<Record<string, { readonly score: number; readonly scale: string } | undefined>>;
}

/** A page of the list. */
export interface CustomerList {
  readonly items: readonly ListedCustomer[];
  readonly total: number;
  readonly nextCursor: string | null;
}

const sorts = [
  ["lastSeen", "customers.lastSeen"],
  ["joined", "customer.joined"],
  ["revenue", "customer.revenue"],
  ["orders", "customer.purchases"],
  ["pAlive", "customer.pAlive"],
  ["predictedValue", "customers.expected"],
  ["rfm", "customer.rfm"],
] as const;

/** The list with its choices. */
export function renderCustomerList(list: CustomerList, parameters: Parameters, language: Language): Markup {
  const { items, total, nextCursor } = list;
  return html`<p>${language.text("customers.total", { count: total })}</p>
${renderStates(parameters, language)}
${renderSegments(parameters, language)}
${renderSorts(parameters, language)}
${scrollable(
  language.text("page.customers"),
  html`<table><thead><tr><th scope="col">${language.text("customer.id")}</th><th scope="col">${language.text("customer.state")}</th><th scope="col" class="number">${language.text("customer.revenue")}</th><th scope="col" class="number optional">${language.text("customer.purchases")}</th><th scope="col" class="number optional">${language.text("customer.pAlive")}</th><th scope="col" class="number optional">${language.text("customers.expected")}</th><th scope="col" class="optional">${language.text("customer.rfm")}</th><th scope="col" class="optional">${language.text("customer.joined")}</th><th scope="col">${language.text("customers.lastSeen")}</th><th scope="col" class="optional">${language.text("customer.scores")}</th></tr></thead><tbody>
${items.map((item) => renderRow(item, language))}</tbody></table>`,
)}
${nextCursor !== null && html`<p><a href="${address("/customers", parameters, { cursor: nextCursor })}">${language.text("customers.more")}</a></p>`}`;
}

function renderRow(item: ListedCustomer, language: Language): Markup {
  const { id, state, joinedOn, lastSeenOn, orders, revenue, otherRevenue, scores, prediction, rfm } = item;
  const money = { unit: "money", currency: revenue.currency, language } as const;
  // Who paid in another currency has not paid nothing.
  const paid = otherRevenue.length > 0 && Number(revenue.amount) === 0 ? [] : [revenue];
  const amounts = [...paid, ...otherRevenue].map(({ amount, currency }) =>
    formatValue(amount, { ...money, currency }),
  );
  const known = Object.entries(scores).flatMap(([survey, score]) =>
    score ? [`${survey} ${score.score} (${score.scale.replace("-", "–")})`] : [],
  );
  return html`<tr><th scope="row"><a href="${customerAddress(id)}"><bdi>${id}</bdi></a></th><td>${language.text("customer.stateIs", { state })}</td><td class="number">${amounts.join(language.text("comma"))}</td><td class="number optional">${formatCount(orders, language)}</td><td class="number optional">${formatValue(prediction && 100 * prediction.pAlive, { ...money, unit: "percent" })}</td><td class="number optional">${formatValue(prediction?.value.amount ?? null, { ...money, currency: prediction?.value.currency ?? money.currency })}</td><td class="optional">${rfm ? segmentName(rfm.segment, language) : noValueText}</td><td class="optional">${joinedOn === null ? noValueText : formatDay(joinedOn, language)}</td><td>${formatDay(lastSeenOn, language)}</td><td class="optional">${known.join(language.text("comma"))}</td></tr>
`;
}

function renderStates(parameters: Parameters, language: Language): Markup {
  const states = ["", "active", "lost", "none"].map(
    (state) =>
      [
        state,
        state === "" ? language.text("choices.all") : language.text("customer.stateIs", { state }),
      ] as const,
  );
  return renderLinks(language.text("customer.state"), parameters["state"] ?? "", states, (state) =>
    listBy("state", state, parameters),
  );
}

function renderSegments(parameters: Parameters, language: Language): Markup {
  const segments = ["", ...rfmSegments].map(
    (segment) =>
      [segment, segment === "" ? language.text("choices.all") : segmentName(segment, language)] as const,
  );
  return renderLinks(language.text("customer.rfm"), parameters["rfm"] ?? "", segments, (segment) =>
    listBy("rfm", segment, parameters),
  );
}

function renderSorts(parameters: Parameters, language: Language): Markup {
  const named = sorts.map(([sort, id]) => [sort, language.text(id)] as const);
  return renderLinks(language.text("overview.sorted"), parameters["sort"] ?? "lastSeen", named, (sort) =>
    listBy("sort", sort, parameters),
  );
}

/** The same list from its beginning, chosen by something else. */
function listBy(name: string, value: string, parameters: Parameters): string {
  return address("/customers", parameters, { [name]: value, cursor: "" });
}
