import type { Workspace } from "../domain/workspace/settings.ts";
import { noValue } from "../store/records/dimensions.ts";
import { valuesPerDimension } from "../store/records/value-lists.ts";
import { isTooMuch, StoreError } from "../store/table/errors.ts";
import type { Question } from "./query.ts";
import type { CounterScope, CountersByMetric } from "./source.ts";

/** Refusing a question that cannot be answered or would cost too much, with advice on what to change. */

/** Why a question is not answered, and what to change about it. */
export interface Advice {
  /** The parameter to change: `interval`, `from`, `groupBy`, `filter.channel`, … */
  readonly parameter: string;
  /** The problem and its remedy, as the rest of a sentence that begins with the parameter. */
  readonly detail: string;
}

/** A question that is not answered, since it cannot be, or would cost more than one question may. */
export class QueryRefusal extends Error {
  override readonly name = "QueryRefusal";
  readonly advice: Advice;

  constructor(advice: Advice, cause?: unknown) {
    super(`${advice.parameter} ${advice.detail}`, { cause });
    this.advice = advice;
  }
}

/** What is said where the time was not enough, and how many facts there are is not known, as the rest of a sentence. */
export const outOfTime =
  "takes longer than one request has: ask for fewer days, or again at a quieter moment";

/**
 * Reads for a question, and refuses it with advice where that would cost too much.
 * @throws QueryRefusal whose cause says what was too much
 */
export async function orRefuse<Result>(read: () => Promise<Result>, advise: () => Advice): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    const advice = advise();
    const isSlow = error instanceof StoreError && error.code === "too-slow";
    throw new QueryRefusal(isSlow ? { ...advice, detail: outOfTime } : advice, error);
  }
}

/**
 * Advice on a question that no counters answer, as too many facts would have to be counted for it.
 * @param reason what would be too much, as the end of a sentence
 */
export function adviceOnFacts(
  { filters, groupBy = [] }: Pick<Question, "filters" | "groupBy">,
  { trackedDimensions }: Pick<Workspace, "trackedDimensions">,
  reason: string,
): Advice {
  const named = [...Object.keys(filters), ...groupBy];
  const [first = ""] = named;
  const parameter = groupBy.includes(first) ? "groupBy" : `filter.${first}`;
  const tracked = named.filter((name) => trackedDimensions.includes(name));
  if (named.length > 1) {
    const alone = tracked.length === 0 ? "" : `, or for ${tracked.join(" or ")} alone, which has counters`;
    const together = `together with ${named.slice(1).join(" and ")} is counted from single facts`;
    return { parameter, detail: `${together}, and ${reason}: ask for fewer days${alone}` };
  }
  if (tracked.length > 0) {
    const rare = `has a value past the first ${valuesPerDimension}, which is counted from single facts`;
    return { parameter, detail: `${rare}, and ${reason}: ask for fewer days` };
  }
  const untracked = "is counted from single facts";
  return {
    parameter,
    detail: `${untracked}, and ${reason}: ask for fewer days, or track ${first} in the workspace`,
  };
}

/** Advice on a question for which too many histories would have to be derived again: these begin long before the days asked for. */
export function adviceOnHistories(
  { filters, groupBy = [] }: Pick<Question, "filters" | "groupBy">,
  { trackedDimensions }: Pick<Workspace, "trackedDimensions">,
): Advice {
  const named = [...Object.keys(filters), ...groupBy];
  const [first = ""] = named;
  const tracked = named.filter((name) => trackedDimensions.includes(name));
  const reason = "is counted from whole histories, and there are too many for one request";
  const others = named.length > 1 ? named.filter((name) => !tracked.includes(name)) : [first];
  const help = [
    ...(tracked.length > 0 && named.length > 1
      ? [`ask for ${tracked.join(" or ")} alone, which has counters`]
      : []),
    ...(others.length > 0 ? [`track ${others.join(" and ")} in the workspace`] : []),
    "or ask the archive in SQL",
  ];
  return {
    parameter: groupBy.includes(first) ? "groupBy" : `filter.${first}`,
    detail: `${reason}: ${help.join(", ")}; fewer days do not help`,
  };
}

/** Advice on a question whose counters are too many. */
export function adviceOnCounters({
  groupBy = [],
  filters,
  isCompared,
}: Pick<CounterScope, "filters" | "groupBy" | "isCompared">): Advice {
  const fewer = `ask for fewer days${isCompared ? ", for compare=none" : ""}`;
  if (groupBy.length > 0) {
    const single = groupBy.map((dimension) => `filter.${dimension}`).join(" or ");
    const detail = `has too many values for so many days: ${fewer}, or for single values with ${single}`;
    return { parameter: "groupBy", detail };
  }
  // `(none)` is the total less all values.
  const [only] = Object.keys(filters);
  if (only !== undefined && filters[only]?.includes(noValue)) {
    const detail = `asks for what all values leave of the whole, and these are too many: ${fewer}`;
    return { parameter: `filter.${only}`, detail };
  }
  return { parameter: "from", detail: `is too long ago for one request: ${fewer}` };
}

/** Advice on a question whose counters were read, and for which there is not enough left to read which days are known and stated. */
export function adviceAfterReading(
  counters: CountersByMetric,
  workspace: Pick<Workspace, "trackedDimensions">,
  question: Question,
): Advice {
  const isFromFacts = [...counters.values()].some(({ source }) => source !== "counters");
  if (isFromFacts) return adviceOnFacts(question, workspace, "there are too many");
  return adviceOnCounters({ ...question, isCompared: question.plan.isCompared });
}
