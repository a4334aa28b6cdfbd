import { alertFilters } from "../domain/alerts/alert.ts";
import { joinedValues } from "../domain/facts/characteristics.ts";
import type { Language } from "../domain/language/language.ts";
import type { AlertEvidence } from "../queries/alert-evidence.ts";
import {
  alertName,
  clearedSentence,
  evidenceSentences,
  raisedSentence,
  type SaidAlert,
} from "../report/alert-words.ts";
import { html, type Markup } from "../report/html.ts";
import { address, metricAddress } from "./address.ts";
import { alertForm } from "./alert-form.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** All alerts, and what they are raised for. */

/** An alert with what stands behind it, where it is raised and that was looked up. */
export interface ListedAlert extends SaidAlert {
  readonly evidence?: AlertEvidence | undefined;
  /** Its dimensions that are no longer tracked: without them it cannot be judged. */
  readonly untracked: readonly string[];
}

/** The page as HTML. */
export function renderAlertsPage(frame: PageFrame, alerts: readonly ListedAlert[]): string {
  const { language, canChange = false } = frame;
  const title = language.text("page.alerts");
  const together = Math.max(0, ...alerts.map(({ alert }) => alert.state?.judgedTogether ?? 0));
  return renderPage({
    frame,
    title,
    part: "/alerts",
    content: html`<h1>${title}</h1>
${canChange && html`<p><a href="${alertForm}">${language.text("alerts.add")}</a></p>`}
${alerts.length === 0 ? html`<p>${language.text("alerts.none")}</p>` : html`<ul class="list">${alerts.map((one) => renderAlert(one, frame))}</ul>`}
${together > 1 && html`<p class="quiet">${language.text("alerts.together", { count: together })}</p>`}`,
  });
}

const stateTexts = { quiet: "alert.quiet", learning: "alert.learning", unjudged: "alert.unjudged" } as const;

function renderAlert(listed: ListedAlert, { language, canChange = false }: PageFrame): Markup {
  const { alert, metric } = listed;
  const { raised, cleared, isLearning } = alert.state ?? {};
  const state = alert.state ? (isLearning ? "learning" : "quiet") : "unjudged";
  const name = alertName(listed, language);
  const text =
    listed.untracked.length > 0 ? notTracked(listed.untracked, language) : language.text(stateTexts[state]);
  return html`<li><h2><a href="${metricOf(listed)}"><bdi>${name}</bdi></a></h2>
${raised ? renderRaised(listed, language) : html`<p>${text}</p>`}
${cleared && html`<p class="quiet">${language.text("alert.last", { text: clearedSentence(listed, cleared, language) })}</p>`}
${canChange && html`<a href="${address(alertForm, { id: alert.id })}">${language.text("form.change")}<span class="unseen">: ${language.metricName(metric)}, ${alert.id}</span></a>`}</li>
`;
}

function notTracked(dimensions: readonly string[], language: Language): string {
  return language.text("alert.notTracked", { dimension: dimensions.join(language.text("comma")) });
}

/** What an alert is raised for, with what stands behind it. */
export function renderRaised(listed: ListedAlert, language: Language): Markup {
  const { raised } = listed.alert.state ?? {};
  if (!raised) return html``;
  const more = listed.evidence ? evidenceSentences(listed, raised, listed.evidence, language) : [];
  return html`<p><strong>${raisedSentence(listed, raised, language)}</strong> ${more.join(" ")}</p>
${listed.evidence?.wrote && html`<ul class="quotes">${listed.evidence.wrote.quotes.map((text) => html`<li><blockquote dir="auto">${text}</blockquote></li>`)}</ul>`}`;
}

/** The page of the metric, in the alert's segment. */
function metricOf({ alert, metric }: SaidAlert): string {
  const filters = Object.entries(alertFilters(alert.definition));
  return metricAddress(
    metric.id,
    Object.fromEntries(filters.map(([name, values]) => [`filter.${name}`, joinedValues(values)])),
  );
}

/** The alerts that are raised, on the overview; nothing where none is. */
export function renderRaisedAlerts(alerts: readonly SaidAlert[], language: Language): Markup | undefined {
  const raised = alerts.filter(({ alert }) => alert.state?.raised);
  if (raised.length === 0) return undefined;
  return html`<section aria-labelledby="alerts"><h2 id="alerts"><a href="/alerts">${language.text("page.alerts")}</a></h2>
<ul class="news">${raised.map((one) => html`<li><a href="${metricOf(one)}">${one.alert.state?.raised && raisedSentence(one, one.alert.state.raised, language)}</a></li>`)}</ul></section>`;
}
