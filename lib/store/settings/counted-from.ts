import type { Day } from "../../domain/calendar/days.ts";
import type { StoreContext } from "../table/context.ts";
import { NotedBound } from "./noted-bound.ts";

/** Before which day a workspace has no counters: whoever has read all since then need not look since when there is anything. */

const countedFrom = new NotedBound("countedFrom", ">");

/** Notes a day before the first counter on it is stored. A write for a day that is earlier than all before, and none for the others. */
export async function noteCountedFrom(context: StoreContext, day: Day): Promise<void> {
  const known = countedFrom.of(context.workspace);
  // A workspace that notes none may have counters on any day.
  if (known === undefined || known > day) await countedFrom.widen(context, day);
}
