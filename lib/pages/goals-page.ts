import { type Filters, filterTexts, joinedValues } from "../facts/characteristics.ts";
import { renderGoals } from "../report/goals.ts";
import { html } from "../report/html.ts";
import type { MetricReport } from "../report/model.ts";
import { metricAddress } from "./address.ts";
import { renderPage } from "./layout.ts";

/** All goals, and where they stand. */

/** A goal with what is needed to write its values. */
export interface ListedGoal extends Pick<MetricReport, "metric" | "currency" | "goals"> {
  /** The values that its facts must have. */
  readonly filters: Filters;
}

/** The page as HTML. */
export function renderGoalsPage(workspace: string, goals: readonly ListedGoal[]): string {
  const items = goals.map(({ metric, currency, filters, goals: own }) => {
    const parameters = Object.fromEntries(
      Object.entries(filters).map(([name, values]) => [`filter.${name}`, joinedValues(values)]),
    );
    const segment = filterTexts(filters).map(([name, value]) => `${name} = ${value}`);
    return html`<li><h2><a href="${metricAddress(metric.id, parameters)}">${metric.name}</a>${segment.length > 0 && html` <bdi>(${segment.join(", ")})</bdi>`}</h2>
${renderGoals({ metric, currency, goals: own })}</li>
`;
  });
  return renderPage({
    title: "Goals",
    part: "/goals",
    workspace,
    content: html`<h1>Goals</h1>
${goals.length === 0 ? html`<p>No goal is set yet. A key that may administer sets one: <code>PUT /v1/goals/{id}</code>.</p>` : html`<ul class="list">${items}</ul>`}`,
  });
}
