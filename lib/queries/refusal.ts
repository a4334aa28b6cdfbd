import { isTooMuch, StoreError } from "../store/table/errors.ts";

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
