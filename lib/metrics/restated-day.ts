import type { Day } from "../calendar/days.ts";

/** A closed day whose value changed after it had been stated. */
export interface RestatedDay {
  readonly date: Day;
  /** The newest revision: the first is 1. */
  readonly revision: number;
  /** How many facts made the newest revision. */
  readonly facts: number;
  readonly causes: readonly string[];
  /** The value as it was first stated, and as it is now. */
  readonly before: number | string | null;
  readonly after: number | string | null;
}
