import type { Filters } from "../domain/facts/characteristics.ts";
import type { StoredFact } from "../store/records/facts.ts";
import type { StoreContext } from "../store/table/context.ts";
import { isChosen } from "./fact-groups.ts";
import { characteristicsOf } from "./fact-source.ts";
import { linkedTo, linkOf, withLink } from "./linked.ts";

/**
 * Those of some facts that have one of the values asked for of each dimension, in their order: the same as metrics count, so that an answer takes
 * what it does not say itself from its ticket or its order.
 * @param context its reads need not be consistent
 * @throws StoreError `over-budget` when the table's budget does not allow looking at all tickets and orders
 */
export async function chosenFacts<Found extends StoredFact>(
  { table, workspace, deadline }: StoreContext,
  facts: readonly Found[],
  filters: Filters,
): Promise<readonly Found[]> {
  const names = Object.keys(filters);
  if (names.length === 0) return facts;
  const possible = facts.flatMap((stored) => {
    const own = characteristicsOf(stored, workspace.timeZone);
    // Whether it is chosen can depend on the value of what it is about only where it has none.
    const open = linkOf(stored) === undefined ? [] : names.filter((name) => own.valueOf(name) === undefined);
    const said = Object.fromEntries(Object.entries(filters).filter(([name]) => !open.includes(name)));
    return isChosen(own, said) ? [{ stored, own, open }] : [];
  });
  const undecided = possible.filter(({ open }) => open.length > 0);
  const asked = [...new Set(undecided.flatMap(({ open }) => open))];
  const answers = undecided.map(({ stored }) => stored);
  const context = { table: { ...table, isEventual: true }, workspace, deadline };
  const linked = await linkedTo(context, answers, asked, answers.length);
  return possible
    .filter(({ stored, own, open }) => {
      return open.length === 0 || isChosen(withLink(own, linkOf(stored), linked), filters);
    })
    .map(({ stored }) => stored);
}
