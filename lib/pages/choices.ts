import { addDays } from "../calendar/days.ts";
import { granularities } from "../calendar/intervals.ts";
import { html, type Markup } from "../report/html.ts";
import type { Report } from "../report/model.ts";
import { address, type Parameters } from "./address.ts";

/** The form in which a reader chooses what a page shows. It works without script: sending it opens another address. */

/** Choices. */
export interface Choices {
  readonly path: string;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly report: Pick<Report, "range" | "today" | "interval" | "compare">;
  readonly dimensions: readonly string[];
  /** The metric's conventions; empty where there is no choice. */
  readonly conventions?: readonly string[];
  /** Whether the values can be grouped by a dimension. */
  readonly canGroup: boolean;
}

/** The form, with links to usual ranges. */
export function renderChoices(choices: Choices): Markup {
  const { path, parameters, report, dimensions, canGroup, conventions = [] } = choices;
  const { from, to } = report.range;
  return html`<form class="choices" method="get" action="${path}" aria-label="What to show">
<span><label for="from">From</label><input id="from" type="date" name="from" value="${from}"></span>
<span><label for="to">To</label><input id="to" type="date" name="to" value="${to}"></span>
${choice("interval", "By", [["", "(by length)"], ...granularities.map(pair)], parameters)}
${choice("compare", "Compared with", comparisonChoices(parameters), parameters)}
${canGroup && dimensions.length > 0 && choice("groupBy", "Side by side", [["", "(all as one)"], ...dimensions.map(pair)], parameters)}
${conventions.length > 1 && choice("convention", "Convention", [["", "(usual)"], ...conventions.map(pair)], parameters)}
${dimensions.map((name) => filterField(name, parameters))}
<button>Show</button>
</form>
${renderRanges(path, parameters, report.today)}`;
}

function renderRanges(path: string, parameters: Parameters, today: string): Markup {
  const ranges = [7, 30, 90, 365].map((days) => {
    const range = { from: addDays(today, 1 - days), to: today };
    return html`<li><a href="${address(path, parameters, range)}">${days} days</a></li>`;
  });
  return html`<ul class="links" aria-label="Usual ranges">${ranges}</ul>`;
}

function pair(name: string): readonly [string, string] {
  return [name, name];
}

/** A day that the values are compared with stays as it is in the address. */
function comparisonChoices({ compare = "" }: Parameters): readonly (readonly [string, string])[] {
  const named = [
    ["", "as long before"],
    ["year", "a year earlier"],
    ["none", "nothing"],
  ] as const;
  return /^\d/.test(compare) ? [...named, [compare, compare]] : named;
}

function choice(
  name: string,
  label: string,
  values: readonly (readonly [string, string])[],
  parameters: Parameters,
): Markup {
  const chosen = parameters[name] ?? "";
  return html`<span><label for="${name}">${label}</label><select id="${name}" name="${name}">${values.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></span>`;
}

function filterField(dimension: string, parameters: Parameters): Markup {
  const name = `filter.${dimension}`;
  return html`<span><label for="${name}">Only ${dimension}</label><input id="${name}" name="${name}" value="${parameters[name] ?? ""}" maxlength="200" size="12" placeholder="(all)"></span>`;
}
