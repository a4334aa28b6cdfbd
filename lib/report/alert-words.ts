import { alertFilters, type Raised } from "../domain/alerts/alert.ts";
import { filterTexts } from "../domain/facts/characteristics.ts";
import type { Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { withoutTurning } from "../domain/text/direction.ts";
import type { AlertEvidence, ChangeOfDays } from "../queries/alert-evidence.ts";
import type { StoredAlert } from "../store/settings/alerts.ts";
import {
  formatChange,
  formatDay,
  formatPercent,
  formatValue,
  noValueText,
  type ValueFormat,
} from "./format.ts";

/** What is said of alerts, in sentences. */

/** An alert with its metric. */
export interface SaidAlert {
  readonly alert: StoredAlert;
  readonly metric: AnyMetric;
}

/** What an alert watches: its own name, or its metric's, with the segment. */
export function alertName(
  { alert: { definition, convention }, metric }: SaidAlert,
  language: Language,
): string {
  const name = definition.name ?? language.metricName(metric, convention);
  const segment = filterTexts(alertFilters(definition)).map(([one, value]) => `${one} = ${value}`);
  const said = segment.length === 0 ? name : `${name} (${segment.join(language.text("comma"))})`;
  return withoutTurning(said);
}

/** What an alert is raised for, in one sentence. */
export function raisedSentence(
  said: SaidAlert,
  { side, rule, since, points }: Raised,
  language: Language,
): string {
  const ids = {
    shift: { above: "alert.above", below: "alert.below" },
    point: { above: "alert.pointAbove", below: "alert.pointBelow" },
  } as const;
  const values = { metric: alertName(said, language), since: formatDay(since, language) };
  return language.text(ids[points > 1 ? "shift" : rule][side], values);
}

/** How sure it is, how large it is, where it is most, and what customers wrote: a sentence each. */
export function evidenceSentences(
  { alert, metric }: SaidAlert,
  raised: Raised,
  { change, where, wrote }: AlertEvidence,
  language: Language,
): string[] {
  const format: ValueFormat = { unit: metric.unit, currency: alert.currency, language };
  const { every = "day" } = alert.definition;
  const chance = formatPercent(100 * raised.chance, language);
  return [
    ...(change ? [changeSentence(change, format)] : []),
    language.text("alert.chance", { chance, every }),
    ...(where ? [whereSentence(where, format)] : []),
    ...(wrote && wrote.topics.length > 0
      ? [language.text("alert.topics", { topics: wrote.topics.join(language.text("comma")) })]
      : []),
  ];
}

function changeSentence({ now, before }: ChangeOfDays, format: ValueFormat): string {
  const { language } = format;
  const change =
    before.change === null ? noValueText : formatChange(before.change, before.changePercent, format);
  const [value, earlier] = [formatValue(now.value, format), formatValue(before.value, format)];
  return language.text("alert.changed", { value, before: earlier, change });
}

function whereSentence(
  { now, before, dimension, group }: NonNullable<AlertEvidence["where"]>,
  format: ValueFormat,
): string {
  const [value, earlier] = [formatValue(now.value, format), formatValue(before.value, format)];
  const names = { dimension, group: withoutTurning(group) };
  return format.language.text("alert.where", { ...names, value, before: earlier });
}

/** Why an alert is no longer raised, in one sentence. */
export function clearedSentence(
  said: SaidAlert,
  { how, since }: NonNullable<NonNullable<StoredAlert["state"]>["cleared"]>,
  language: Language,
): string {
  const ids = {
    returned: "alert.returned",
    "new-level": "alert.newLevel",
    restated: "alert.restated",
    untracked: "alert.untracked",
  } as const;
  const values = { metric: alertName(said, language), since: formatDay(since, language) };
  return language.text(ids[how], values);
}
