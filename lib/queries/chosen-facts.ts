import type { Filters } from "../facts/characteristics.ts";
import type { StoredFact } from "../store/records/facts.ts";
import type { StoreContext } from "../store/table/context.ts";
import { isChosen } from "./fact-groups.ts";
import { characteristicsOf, withTicket } from "./fact-source.ts";
import { linkedTickets, ticketOf } from "./linked-tickets.ts";

/**
 * Those of some facts that have one of the values asked for of each dimension, in their order: the same as metrics count, so that an answer takes
 * what it does not say itself from its ticket.
 * @param context its reads need not be consistent
 * @throws StoreError `over-budget` when the table's budget does not allow looking at all tickets
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
    // Whether it is chosen can depend on the ticket's value only where it has none.
    const open =
      ticketOf(stored) === undefined ? [] : names.filter((name) => own.valueOf(name) === undefined);
    const said = Object.fromEntries(Object.entries(filters).filter(([name]) => !open.includes(name)));
    return isChosen(own, said) ? [{ stored, own, open }] : [];
  });
  const undecided = possible.filter(({ open }) => open.length > 0);
  const asked = [...new Set(undecided.flatMap(({ open }) => open))];
  const linked = undecided.map(({ stored }) => stored);
  const context = { table: { ...table, isEventual: true }, workspace, deadline };
  const tickets = await linkedTickets(context, linked, asked, linked.length);
  return possible
    .filter(({ stored, own, open }) => {
      return open.length === 0 || isChosen(withTicket(own, tickets.get(ticketOf(stored) ?? "")), filters);
    })
    .map(({ stored }) => stored);
}
