import type { Day } from "../../calendar/days.ts";

/** The dimensions under which an occurrence counts beside the total: name → value. */
export type Segments = Readonly<Record<string, string>>;

/** Fields of every occurrence. */
export interface OccurrenceBase {
  /** The day on which it counts. */
  readonly day: Day;
  readonly segments: Segments;
  /** Whether it counts in its segments alone, since the whole has it already. */
  readonly isBeside?: true;
}
