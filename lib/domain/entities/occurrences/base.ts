import type { Day } from "../../calendar/days.ts";

/** The dimensions under which an occurrence counts beside the total: name → value. */
export type Segments = Readonly<Record<string, string>>;

/** Fields of every occurrence. */
export interface OccurrenceBase {
  /** The day on which it counts. */
  readonly day: Day;
  readonly segments: Segments;
  /** How many alike it stands for, which count in its segments alone: the whole has them already. Absent for one that counts in both. */
  readonly timesBeside?: number;
}
