import { formatDay, formatValue, type ValueFormat } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { formatOf } from "./metric-chart.ts";
import type { MetricReport, ReportGoal } from "./model.ts";

/** The goals of a metric, and where they stand. */

const states: Readonly<Record<ReportGoal["state"], string>> = {
  met: "met",
  "on-track": "on track",
  "off-track": "off track",
  unknown: "cannot be judged yet",
};

/** One line for each goal. */
export function renderGoals(shown: Pick<MetricReport, "metric" | "currency" | "goals">): Markup[] {
  const format = formatOf(shown);
  return shown.goals.map((goal) => {
    const target = goal.target === null ? "" : ` ${formatValue(goal.target, format)}`;
    return html`<p class="goal-state">Goal${target} by ${formatDay(goal.dueDate)}${goal.name !== undefined && html` (<bdi>${goal.name}</bdi>)`}: <strong>${states[goal.state]}</strong>. ${standing(goal, format)}</p>
`;
  });
}

function standing({ reason, by, certain, value, windowDays }: ReportGoal, format: ValueFormat): string {
  if (reason !== undefined || by === null) return reason ?? "";
  const difference = Number(by);
  // Written without its sign, whether it is a number or a decimal string.
  const size = formatValue(typeof by === "string" ? by.replace("-", "") : Math.abs(by), format);
  const distance = difference === 0 ? "exactly there" : `${size} ${difference > 0 ? "better" : "worse"}`;
  const doubt = certain === false ? "; the 95 % interval lies on both sides" : "";
  return `${formatValue(value, format)} over ${windowDays} days, ${distance}${doubt}.`;
}
