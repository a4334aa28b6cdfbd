import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import type { RestatedDay } from "../domain/metrics/restated-day.ts";
import { formatDay, formatValue } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { formatOf } from "./metric-chart.ts";
import type { MetricReport } from "./model.ts";

/** The days that were corrected after they had been reported. */

const causeTexts: Readonly<Record<string, TextId>> = {
  recorded: "cause.recorded",
  excluded: "cause.excluded",
  included: "cause.included",
  settings: "cause.settings",
  repaired: "cause.repaired",
  predicted: "cause.predicted",
};

/** The corrected days of a metric with what they were and are; nothing where there are none. */
export function renderRestatements(shown: MetricReport, language: Language): Markup | undefined {
  const { restatements, hasMoreRestatements, pendingDays } = shown;
  if (restatements.length === 0 && pendingDays.length === 0) return undefined;
  const corrected = hasMoreRestatements ? "card.correctedAtLeast" : "card.corrected";
  const summary =
    restatements.length > 0
      ? language.text(corrected, { days: restatements.length })
      : language.text("card.changedSince");
  const days = pendingDays.map((day) => formatDay(day, language)).join(language.text("comma"));
  return html`<details class="restated"><summary>${summary}</summary>
<ul>${restatements.map(
    (restatement) => html`<li>${restatementText(restatement, shown, language)}</li>
`,
  )}</ul>
${pendingDays.length > 0 && html`<p>${language.text("card.pending", { days })}</p>`}</details>`;
}

function restatementText(
  { date, revision, facts, causes, before, after }: RestatedDay,
  shown: MetricReport,
  language: Language,
): string {
  const format = formatOf(shown, language);
  const named = causes.map((cause) => {
    const id = causeTexts[cause];
    return id === undefined ? cause : language.text(id);
  });
  const reasons = named.join(language.text("comma"));
  return language.text("card.restated", {
    day: formatDay(date, language),
    before: formatValue(before, format),
    after: formatValue(after, format),
    revision: String(revision),
    reasons: facts > 0 ? language.text("card.facts", { count: facts, causes: reasons }) : reasons,
  });
}
