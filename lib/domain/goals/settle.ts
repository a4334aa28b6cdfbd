import { isDeepStrictEqual } from "node:util";
import { addDays, beginning, countDays, type Day } from "../calendar/days.ts";
import type { FieldError } from "../facts/field-error.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { betterIn, rangeOf } from "../metrics/range.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";
import type { Goal, GoalDefinition, GoalScope } from "./goal.ts";

/** From what a client sets to what is measured, and whether that makes sense for the metric. */

/** The length of a window, in days, where neither it nor a base is named. */
const defaultWindowDays = 30;

const maxBaseDays = 366;
const latestDay = "2999-12-31";

/** Everything that decides what a goal measures. What is called or aimed at otherwise is still the same measure. */
function measured({ metric, window, base, filter, convention, currency }: GoalDefinition): unknown {
  return { metric, window, base, filter, convention, currency };
}

/**
 * Settles what a goal measures.
 * @param before the goal that it replaces: where it measures the same, its base and its settings stay
 * @param today the day on which it is set
 */
export function settleScope(
  definition: GoalDefinition,
  metric: AnyMetric,
  workspace: Workspace,
  today: Day,
  before?: Goal,
): GoalScope {
  if (before && isDeepStrictEqual(measured(before.definition), measured(definition))) {
    const { windowDays, base, convention, currency } = before;
    return { windowDays, base, convention, currency };
  }
  const { base, window } = definition;
  const windowDays = base ? countDays(base.from, base.to) : (window ?? defaultWindowDays);
  const { convention, currency } = metricSettings(workspace, metric.id, definition);
  return {
    windowDays,
    base: base ?? { from: addDays(today, 1 - windowDays), to: today },
    convention,
    currency,
  };
}

/**
 * The errors of a goal whose fields are well-formed, each with a pointer into the definition.
 * @param decimals how many decimals the goal's currency has
 */
export function goalErrors(
  definition: GoalDefinition,
  metric: AnyMetric,
  scope: GoalScope,
  today: Day,
  decimals: number,
): FieldError[] {
  const known = metric.conventions ?? [];
  const errors: FieldError[] = [];
  if (definition.convention !== undefined && !known.includes(definition.convention)) {
    const detail =
      known.length > 0 ? `must be one of ${known.join(", ")}` : `${metric.id} has no conventions`;
    errors.push({ pointer: "/convention", detail });
  }
  if (definition.currency !== undefined && metric.unit !== "money") {
    errors.push({ pointer: "/currency", detail: `${metric.id} is not an amount of money` });
  }
  errors.push(...baseErrors(definition, today));
  if (definition.dueDate > latestDay) {
    errors.push({ pointer: "/dueDate", detail: `must not be after ${latestDay}` });
  } else if (definition.dueDate <= scope.base.to) {
    errors.push({ pointer: "/dueDate", detail: `must be after ${scope.base.to}, the last day of the base` });
  }
  return [...errors, ...targetErrors(definition, metric, scope.convention, decimals)];
}

function baseErrors({ base, window }: GoalDefinition, today: Day): FieldError[] {
  if (!base) return [];
  const refuse = (pointer: string, detail: string) => [{ pointer: `/base${pointer}`, detail }];
  if (base.from < beginning) return refuse("/from", `must not be before ${beginning}`);
  if (base.to < base.from) return refuse("/to", "must not be before from");
  if (base.to > today) return refuse("/to", `must not be after today, ${today}`);
  const days = countDays(base.from, base.to);
  if (days > maxBaseDays) return refuse("", `must have at most ${maxBaseDays} days`);
  if (window !== undefined && days !== window) {
    return refuse("", `has ${days} days, and the window ${window}: only as many days can be compared`);
  }
  return [];
}

function targetErrors(
  { target }: GoalDefinition,
  metric: AnyMetric,
  convention: string,
  decimals: number,
): FieldError[] {
  const { min, max } = rangeOf(metric, convention);
  const errors: FieldError[] = [];
  for (const [name, figure] of Object.entries(target)) {
    if (figure === undefined) continue;
    const refuse = (detail: string) => errors.push({ pointer: `/target/${name}`, detail });
    const isFigure = name !== "changePercent";
    const problem = isFigure ? figureProblem(figure, metric, decimals) : undefined;
    if (problem !== undefined) refuse(problem);
    else if (name === "value") {
      const value = Number(figure);
      if (value < (min ?? value) || value > (max ?? value)) refuse(`must be ${rangeText(min, max)}`);
    } else if (isForTheWorse(Number(figure), betterIn(metric, convention))) {
      const side = Number(figure) > 0 ? "above" : "below";
      refuse(`must not be ${side} 0: ${betterIn(metric, convention)} is better for ${metric.id}`);
    } else if (isFigure && min !== null && max !== null && Math.abs(Number(figure)) > max - min) {
      refuse(`must be at most ${max - min}: ${metric.id} is ${rangeText(min, max)}`);
    }
  }
  return errors;
}

function figureProblem(figure: number | string, metric: AnyMetric, decimals: number): string | undefined {
  if (metric.unit !== "money") {
    return typeof figure === "number" ? undefined : `must be a number: ${metric.id} is no amount of money`;
  }
  if (typeof figure === "number") return 'must be a decimal string, for example "139.12"';
  const given = figure.split(".")[1]?.length ?? 0;
  return given > decimals ? `must have at most ${decimals} decimals in its currency` : undefined;
}

function isForTheWorse(change: number, better: "higher" | "lower"): boolean {
  return better === "higher" ? change < 0 : change > 0;
}

/** A range in words. */
function rangeText(min: number | null, max: number | null): string {
  if (min === null) return max === null ? "any number" : `${max} at most`;
  return max === null ? `${min} at least` : `from ${min} to ${max}`;
}
