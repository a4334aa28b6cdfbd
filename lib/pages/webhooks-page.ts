import type { Language } from "../domain/language/language.ts";
import { formatDay } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";
import { address } from "./address.ts";
import { type FormError, renderOtherErrors } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { webhookForm } from "./webhook-form.ts";

/** All webhooks, how they fare, and what became of their latest deliveries. */

/** A delivery in the list. Times are RFC 3339. */
export interface ListedDelivery {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  /** Why it was not sent. */
  readonly because: string | null;
  readonly tries: number;
  /** The HTTP status of the last answer. */
  readonly status: number | null;
  /** Why there was no answer, or it was not taken as one. */
  readonly error: string | null;
  /** The answer's first characters. */
  readonly answer: string | null;
  readonly createdAt: string;
}

/** A webhook in the list. Times are RFC 3339. */
export interface ListedWebhook {
  readonly id: string;
  readonly description?: string | undefined;
  /** Absent where it goes to the event bus. */
  readonly url?: string | undefined;
  readonly events: readonly string[];
  readonly filter?: object | undefined;
  readonly enabled: boolean;
  readonly switchedOff: { readonly at: string; readonly because: "gone" | "failing" } | null;
  readonly failingSince: string | null;
  readonly restsUntil: string | null;
  /** The newest first. */
  readonly deliveries: readonly ListedDelivery[];
}

/** A secret that was just made: it is shown once. */
export interface ShownSecret {
  readonly webhook: string;
  readonly secret: string;
  /** Until when the one before is valid, where there was one: RFC 3339. */
  readonly previousUntil?: string;
}

/** The page's contents. */
export interface WebhooksPage {
  readonly frame: PageFrame;
  readonly webhooks: readonly ListedWebhook[];
  readonly errors?: readonly FormError[];
  readonly made?: ShownSecret | undefined;
}

/** The page as HTML. */
export function renderWebhooksPage({ frame, webhooks, errors = [], made }: WebhooksPage): string {
  const { language } = frame;
  const title = language.text("webhooks.title");
  return renderPage({
    frame,
    title,
    part: "/webhooks",
    content: html`<h1>${title}</h1>
${made && renderSecret(made, language)}
${renderOtherErrors([], { values: {}, errors }, language)}
<p><a href="${webhookForm}">${language.text("webhooks.add")}</a></p>
${webhooks.length === 0 ? html`<p>${language.text("webhooks.none")}</p>` : html`<ul class="list">${webhooks.map((one) => renderWebhook(one, language))}</ul>`}`,
  });
}

function renderSecret({ webhook, secret, previousUntil }: ShownSecret, language: Language): Markup {
  const previous =
    previousUntil !== undefined &&
    html`<p>${language.text("webhook.previous", { until: instant(previousUntil, language) })}</p>`;
  return html`<div role="status" class="made"><p>${language.text("webhook.secret", { webhook })}</p><pre><code>${secret}</code></pre>${previous}</div>`;
}

function renderWebhook(webhook: ListedWebhook, language: Language): Markup {
  const { id, description, url, events, filter, deliveries } = webhook;
  const name = description ?? id;
  return html`<li><h2><bdi>${name}</bdi></h2>
<p>${url === undefined ? language.text("webhook.toBus") : html`<code>${url}</code>`}</p>
${renderState(webhook, language)}
<p class="quiet">${language.text("webhook.events")}: ${events.map((type, index) => [index > 0 && language.text("comma"), html`<code>${type}</code>`])}</p>
${filter && html`<p class="quiet">${language.text("webhook.filter", { filter: JSON.stringify(filter) })}</p>`}
<p><a href="${address(webhookForm, { id })}">${language.text("form.change")}<span class="unseen">: ${name}</span></a></p>
${renderAction("test", { id }, name, language)}
${url !== undefined && renderAction("rotate", { id }, name, language)}
<details><summary>${language.text("webhook.deliveries")}<span class="unseen">: ${name}</span></summary>
${deliveries.length === 0 ? html`<p>${language.text("webhook.noDeliveries")}</p>` : html`<ul>${deliveries.map((delivery) => renderDelivery(id, delivery, language))}</ul>`}</details></li>
`;
}

const actionTexts = {
  test: "webhook.test",
  rotate: "webhook.rotate",
  redeliver: "webhook.redeliver",
} as const;

/** A button that asks for something at once. @param about which of its kind, for who does not see where it stands */
function renderAction(
  action: keyof typeof actionTexts,
  fields: Readonly<Record<string, string>>,
  about: string,
  language: Language,
): Markup {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form class="inline" method="post" action="${webhookForm}">${hidden}<button name="action" value="${action}">${language.text(actionTexts[action])}<span class="unseen">: ${about}</span></button></form>`;
}

function renderState(
  { enabled, switchedOff, failingSince, restsUntil }: ListedWebhook,
  language: Language,
): Markup {
  if (switchedOff) {
    const text = switchedOff.because === "gone" ? "webhook.gone" : "webhook.failing";
    return html`<p><strong>${language.text(text, { since: instant(switchedOff.at, language) })}</strong></p>`;
  }
  const failing =
    failingSince !== null &&
    language.text("webhook.failingSince", { since: instant(failingSince, language) });
  const rests =
    restsUntil !== null && language.text("webhook.rests", { until: instant(restsUntil, language) });
  return html`<p>${language.text(enabled ? "webhook.on" : "webhook.off")}</p>${failing && html`<p>${failing}</p>`}${rests && html`<p>${rests}</p>`}`;
}

function renderDelivery(webhook: string, delivery: ListedDelivery, language: Language): Markup {
  const { id, type, state, because, tries, status, error, answer, createdAt } = delivery;
  const at = instant(createdAt, language);
  const comma = language.text("comma");
  const count = language.text("webhook.tries", { count: tries });
  const said = [because, error].flatMap((text) =>
    text === null ? [] : [comma, sayTranslated(text, language)],
  );
  return html`<li><p><time datetime="${createdAt}">${at}</time>${comma}<code>${type}</code>${comma}${language.text("webhook.state", { state })}${comma}${count}${status !== null && [comma, language.text("webhook.answer", { status: String(status) })]}${said}</p>
${answer !== null && answer !== "" && html`<pre dir="auto"><code>${answer}</code></pre>`}
${renderAction("redeliver", { id: webhook, delivery: id }, `${type}${comma}${at}`, language)}</li>
`;
}

/** An instant as it is written in text: `3 Oct 2026, 08:12 UTC`. */
function instant(at: string, language: Language): string {
  return `${formatDay(at.slice(0, 10), language)}${language.text("comma")}${at.slice(11, 16)} UTC`;
}
