import type { Language } from "../domain/language/language.ts";
import { formatDay, formatDays, formatValue, noValueText, type ValueFormat } from "./format.ts";
import { type Content, html, type Markup } from "./html.ts";
import { formatOf } from "./metric-chart.ts";
import type { MetricReport, ReportGoal } from "./model.ts";
import { sayRemark } from "./remarks.ts";
import { verdictOn } from "./verdict.ts";

/** The goals of a metric, and where they stand. */

const states = {
  met: "goal.met",
  "on-track": "goal.onTrack",
  "off-track": "goal.offTrack",
  unknown: "goal.unknown",
} as const satisfies Record<ReportGoal["state"], string>;

type ShownGoals = Pick<MetricReport, "metric" | "currency" | "goals">;

/** One line for each goal. */
export function renderGoals(shown: ShownGoals, language: Language): Markup[] {
  const format = formatOf(shown, language);
  return shown.goals.map(
    (
      goal,
    ) => html`<p class="goal-state">${renderLine(goal, format)} ${standing(goal, format)} ${sinceBase(goal, shown, language)}</p>
`,
  );
}

/** A goal and its state, in a line of plain text. */
export function goalStateText(goal: ReportGoal, shown: ShownGoals, language: Language): string {
  const { target, dueDate, state } = goal;
  return language.text(target === null ? "goal.line" : "goal.lineTarget", {
    target: formatValue(target, formatOf(shown, language)),
    due: formatDay(dueDate, language),
    state: language.text(states[state]),
  });
}

function renderLine({ target, name, dueDate, state }: ReportGoal, format: ValueFormat): Content {
  const { language } = format;
  const id =
    target === null
      ? name === undefined
        ? "goal.line"
        : "goal.lineNamed"
      : name === undefined
        ? "goal.lineTarget"
        : "goal.lineTargetNamed";
  return language.pieces<Markup>(id, {
    target: formatValue(target, format),
    due: formatDay(dueDate, language),
    name: html`<bdi>${name}</bdi>`,
    state: html`<strong>${language.text(states[state])}</strong>`,
  });
}

function standing({ reason, by, certain, value, windowDays }: ReportGoal, format: ValueFormat): Content {
  const { language } = format;
  if (reason !== undefined || by === null) return reason && sayRemark(reason, language);
  const difference = Number(by);
  const text = language.text("goal.standing", {
    value: formatValue(value, format),
    days: windowDays,
    // Written without its sign, whether it is a number or a decimal string.
    size: formatValue(typeof by === "string" ? by.replace("-", "") : Math.abs(by), format),
    side: difference === 0 ? "same" : difference > 0 ? "better" : "worse",
  });
  return certain === false ? `${text} ${language.text("goal.doubt")}` : text;
}

/** What has changed since the base period, and whether that is more than chance. */
function sinceBase({ sinceBase: base }: ReportGoal, shown: ShownGoals, language: Language): Content {
  if (base?.comparison.change == null) return false;
  const { sign, change, text } = verdictOn(shown, base.comparison, language);
  return language.text("goal.sinceBase", {
    base: formatDays(base.from, base.to, language),
    change: `${sign} ${change ?? noValueText}`.trim(),
    verdict: text,
  });
}
