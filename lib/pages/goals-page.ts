import { type Filters, filterTexts, joinedValues } from "../domain/facts/characteristics.ts";
import { renderGoals } from "../report/goals.ts";
import { html } from "../report/html.ts";
import type { MetricReport } from "../report/model.ts";
import { address, metricAddress } from "./address.ts";
import { goalForm } from "./goal-form.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** All goals, and where they stand. */

/** A goal with what is needed to write its values. */
export interface ListedGoal extends Pick<MetricReport, "metric" | "currency" | "goals"> {
  /** The values that its facts must have. */
  readonly filters: Filters;
}

/** The page as HTML. */
export function renderGoalsPage(frame: PageFrame, goals: readonly ListedGoal[]): string {
  const { language, canChange = false } = frame;
  const items = goals.map(({ metric, currency, filters, goals: own }) => {
    const parameters = Object.fromEntries(
      Object.entries(filters).map(([name, values]) => [`filter.${name}`, joinedValues(values)]),
    );
    const segment = filterTexts(filters).map(([name, value]) => `${name} = ${value}`);
    return html`<li><h2><a href="${metricAddress(metric.id, parameters)}">${language.metricName(metric)}</a>${segment.length > 0 && html` <bdi>(${segment.join(language.text("comma"))})</bdi>`}</h2>
${renderGoals({ metric, currency, goals: own }, language)}
${canChange && own.map(({ id }) => html`<a href="${address(goalForm, { id })}">${language.text("form.change")}<span class="unseen">: ${language.metricName(metric)}, ${id}</span></a>`)}</li>
`;
  });
  const title = language.text("page.goals");
  return renderPage({
    frame,
    title,
    part: "/goals",
    content: html`<h1>${title}</h1>
${canChange && html`<p><a href="${goalForm}">${language.text("goals.add")}</a></p>`}
${goals.length === 0 ? html`<p>${language.text("goals.none")}</p>` : html`<ul class="list">${items}</ul>`}`,
  });
}
