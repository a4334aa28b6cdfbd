import type { Origin } from "../entities/history.ts";
import { ticket } from "../entities/ticket.ts";
import { characteristicNames, characteristicOf } from "../facts/characteristics.ts";
import { readManyEntities, readManyFacts } from "../store/records/bulk.ts";
import type { StoredFact } from "../store/records/facts.ts";
import { otherValue } from "../store/records/value-list.ts";
import type { StoreContext } from "../store/table/context.ts";
import type { Characteristics } from "./fact-groups.ts";

/** The characteristics that answers take from their tickets. */

/** The characteristics of tickets, by their id: those of which no opening is known have none. */
export type LinkedTickets = ReadonlyMap<string, Characteristics>;

/** The ticket that a response is about, or `undefined` for none and for any other fact. */
export function ticketOf({ fact }: Pick<StoredFact, "fact">): string | undefined {
  return fact.type === "response" ? fact.ticketId : undefined;
}

/**
 * Reads the tickets that answers are about, where these do not say everything themselves that is asked for.
 * @param names the dimensions asked for
 * @param most so many tickets at most
 * @throws StoreError `too-many-facts` when it would have to be more
 */
export async function linkedTickets(
  context: StoreContext,
  facts: readonly StoredFact[],
  names: readonly string[],
  most: number,
): Promise<LinkedTickets> {
  const ids = facts.flatMap((stored) => {
    const id = ticketOf(stored);
    if (id === undefined) return [];
    const own = characteristicNames(stored.fact);
    return names.every((name) => own.includes(name)) ? [] : [id];
  });
  return readTickets(context, new Set(ids), most, names);
}

/**
 * Reads what some tickets say.
 * @param most so many tickets at most
 * @param names the dimensions asked for; any where absent
 * @throws StoreError `too-many-facts` when it would have to be more
 */
export async function readTickets(
  context: StoreContext,
  ids: ReadonlySet<string>,
  most: number,
  names?: readonly string[],
): Promise<LinkedTickets> {
  const { table, workspace, deadline } = context;
  if (ids.size === 0) return new Map();
  const tickets = await readManyEntities(context, ticket, [...ids], most);
  const origins = tickets.flatMap(({ history: { origin } }) => {
    return !origin || names?.every((name) => isKnown(origin, name)) ? [] : [origin.factId];
  });
  const openings = await readManyFacts(table, workspace.id, origins, deadline);
  const looked = new Set(origins);
  const byId = new Map(openings.map((opening) => [opening.fact.id, opening]));
  return new Map(
    tickets.flatMap(({ id, history: { origin } }): [string, Characteristics][] => {
      if (!origin) return [];
      const { segments, factId } = origin;
      const opening = byId.get(factId);
      if (!opening) return looked.has(factId) ? [] : [[id, { valueOf: (name) => segments[name], segments }]];
      const { fact, day } = opening;
      const moment = { day, timeZone: workspace.timeZone };
      return [[id, { valueOf: (name) => characteristicOf(fact, name, moment), segments }]];
    }),
  );
}

/** Whether the segments in which a ticket counts tell its value: not where it is one of the rarest. */
function isKnown({ segments }: Origin, name: string): boolean {
  return Object.hasOwn(segments, name) && segments[name] !== otherValue;
}
