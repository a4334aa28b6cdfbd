import { noValue } from "../store/records/dimensions.ts";
import { otherValue } from "../store/records/value-list.ts";
import type { MeasuredGroup, Ranking, Sorting } from "./query.ts";

/** In which order groups are shown, and which of them. */

/** A group that can be ranked. */
export interface Ranked {
  readonly measured: MeasuredGroup;
  /** The sum of `n` over the series. */
  readonly size: number;
}

/** Groups in their order; those without a figure to rank by, and by anything but `n` what has no value and all others, come last. */
export function inOrder<Group extends Ranked>(
  groups: readonly Group[],
  { sort = "n", order = "desc" }: Ranking,
): Group[] {
  const direction = order === "asc" ? 1 : -1;
  const ranked = groups.map((group) => ({ group, figure: figureOf(group, sort) }));
  return ranked
    .sort((a, b) => {
      if (a.figure === null || b.figure === null)
        return Number(a.figure === null) - Number(b.figure === null);
      return direction * (a.figure - b.figure);
    })
    .map(({ group }) => group);
}

function figureOf({ measured, size }: Ranked, sort: Sorting): number | null {
  if (sort === "n") return size;
  if (!isOneValue(measured)) return null;
  const last = sort === "value" ? measured.series.at(-1)?.value : measured.comparison.at(-1)?.change;
  return last === null || last === undefined ? null : Number(last);
}

/** Whether a group is that of one value: what has none, and all others together, are not ranked. */
function isOneValue({ group }: MeasuredGroup): boolean {
  return group !== noValue && group !== otherValue;
}

/** Those groups that are shown for themselves, and those that are put together. What has no value stays apart. */
export function divide<Group extends Ranked>(
  groups: readonly Group[],
  ranking: Ranking,
): { readonly kept: readonly Group[]; readonly rest: readonly Group[] } {
  const { top = Number.POSITIVE_INFINITY, minimum = 0 } = ranking;
  if (top === Number.POSITIVE_INFINITY && minimum === 0) return { kept: groups, rest: [] };
  const values = groups.filter(({ measured, size }) => isOneValue(measured) && size >= minimum);
  const first = new Set(inOrder(values, ranking).slice(0, top));
  const isKept = (group: Group) => group.measured.group === noValue || first.has(group);
  return { kept: groups.filter(isKept), rest: groups.filter((group) => !isKept(group)) };
}
