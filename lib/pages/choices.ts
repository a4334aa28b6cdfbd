import { addDays } from "../domain/calendar/days.ts";
import { granularities } from "../domain/calendar/intervals.ts";
import type { Language } from "../domain/language/language.ts";
import { html, type Markup } from "../report/html.ts";
import type { Report } from "../report/model.ts";
import { address, type Parameters } from "./address.ts";

/** The form in which a reader chooses what a page shows. It works without script: sending it opens another address. */

/** Choices. */
export interface Choices {
  readonly path: string;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly report: Pick<Report, "range" | "today" | "interval" | "compare" | "language">;
  readonly dimensions: readonly string[];
  /** The metric's conventions; empty where there is no choice. */
  readonly conventions?: readonly string[];
  /** Whether the values can be grouped by a dimension. */
  readonly canGroup: boolean;
}

type Option = readonly [value: string, text: string];

/** The form, with links to usual ranges. */
export function renderChoices(choices: Choices): Markup {
  const { path, parameters, report, dimensions, canGroup, conventions = [] } = choices;
  const { language } = report;
  const { from, to } = report.range;
  const intervals = granularities.map(
    (interval): Option => [interval, language.text("choices.interval", { interval })],
  );
  const select = (name: string, label: string, first: string, options: readonly Option[]) =>
    choice(name, label, [["", first], ...options], parameters);
  return html`<form class="choices" method="get" action="${path}" aria-label="${language.text("choices.title")}">
<span><label for="from">${language.text("choices.from")}</label><input id="from" type="date" name="from" value="${from}"></span>
<span><label for="to">${language.text("choices.to")}</label><input id="to" type="date" name="to" value="${to}"></span>
${select("interval", language.text("choices.by"), language.text("choices.byLength"), intervals)}
${choice("compare", language.text("choices.compare"), comparisonChoices(parameters, language), parameters)}
${canGroup && dimensions.length > 0 && select("groupBy", language.text("choices.groupBy"), language.text("choices.allAsOne"), groupings(dimensions, parameters))}
${conventions.length > 1 && select("convention", language.text("choices.convention"), language.text("choices.usual"), conventions.map(pair))}
${dimensions.map((name) => filterField(name, parameters, language))}
<button>${language.text("choices.show")}</button>
</form>
${renderRanges(path, parameters, report)}`;
}

function renderRanges(path: string, parameters: Parameters, { today, language }: Choices["report"]): Markup {
  const ranges = [7, 30, 90, 365].map((days) => {
    const range = { from: addDays(today, 1 - days), to: today };
    return html`<li><a href="${address(path, parameters, range)}">${language.text("days", { days })}</a></li>`;
  });
  return html`<ul class="links" aria-label="${language.text("choices.ranges")}">${ranges}</ul>`;
}

function pair(name: string): Option {
  return [name, name];
}

/** What is asked for stays, also several dimensions, or one that is not tracked. */
function groupings(dimensions: readonly string[], { groupBy = "" }: Parameters): readonly Option[] {
  const others = groupBy === "" || dimensions.includes(groupBy) ? [] : [pair(groupBy)];
  return [...dimensions.map(pair), ...others];
}

/** A day that the values are compared with stays as it is in the address. */
function comparisonChoices({ compare = "" }: Parameters, language: Language): readonly Option[] {
  const named = [
    ["", language.text("choices.previous")],
    ["year", language.text("choices.year")],
    ["none", language.text("choices.nothing")],
  ] as const;
  return /^\d/.test(compare) ? [...named, [compare, compare]] : named;
}

function choice(name: string, label: string, values: readonly Option[], parameters: Parameters): Markup {
  const chosen = parameters[name] ?? "";
  return html`<span><label for="${name}">${label}</label><select id="${name}" name="${name}">${values.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></span>`;
}

function filterField(dimension: string, parameters: Parameters, language: Language): Markup {
  const name = `filter.${dimension}`;
  return html`<span><label for="${name}">${language.text("choices.only", { dimension })}</label><input id="${name}" name="${name}" value="${parameters[name] ?? ""}" maxlength="200" size="12" placeholder="${language.text("choices.all")}"></span>`;
}
