import { type Annotation, annotationsOf } from "../../domain/annotations/annotation.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Filters } from "../../domain/facts/characteristics.ts";
import type { QueryContext } from "../../queries/context.ts";
import { listAnnotations } from "../../store/settings/annotations.ts";

/** At most so many annotations are shown: more lines would hide the chart. */
const maxShown = 20;

/** The annotations of some days that concern the facts shown; the latest where there are too many. */
export async function readAnnotations(
  { table, workspace }: QueryContext,
  { range, filters }: { readonly range: DayRange; readonly filters: Filters },
): Promise<Annotation[]> {
  // Who has just made one sees it at once.
  const all = await listAnnotations({ ...table, isEventual: false }, workspace.id);
  return annotationsOf(all, range, filters).slice(-maxShown);
}
