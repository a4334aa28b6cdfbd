import type { AnyEntity } from "../domain/entities/entity.ts";
import type { Origin } from "../domain/entities/history.ts";
import { order } from "../domain/entities/order.ts";
import type { Subject } from "../domain/entities/registry.ts";
import { ticket } from "../domain/entities/ticket.ts";
import { characteristicNames, characteristicOf } from "../domain/facts/characteristics.ts";
import { readManyEntities, readManyFacts } from "../store/records/bulk.ts";
import type { StoredFact } from "../store/records/facts.ts";
import { type StoredEntity, subjectKey } from "../store/records/stored-entity.ts";
import { otherValue } from "../store/records/value-list.ts";
import type { StoreContext } from "../store/table/context.ts";
import type { Characteristics } from "./fact-groups.ts";

/** The characteristics that answers take from their tickets and orders. */

/** What answers are about, by `subjectKey`: a ticket of which no opening is known, and an order without a purchase, have none. */
export type Linked = ReadonlyMap<string, Characteristics>;

/** The ticket or the order that an answer takes from what it does not say itself, or `undefined` for none and for any other fact. */
export function linkOf({ fact, orderKey }: Pick<StoredFact, "fact" | "orderKey">): Subject | undefined {
  return fact.type === "response" ? linkTo(fact.ticketId, orderKey) : undefined;
}

/** The same of an answer that has these ids. */
export function linkTo(ticketId: string | undefined, orderKey: string | undefined): Subject | undefined {
  if (ticketId !== undefined) return { entity: ticket, id: ticketId };
  return orderKey === undefined ? undefined : { entity: order, id: orderKey };
}

/** An answer's own characteristics, completed by those of what it is about. */
export function withLink(own: Characteristics, link: Subject | undefined, linked: Linked): Characteristics {
  const taken = link && linked.get(subjectKey(link));
  if (!taken) return own;
  return {
    valueOf: (name) => own.valueOf(name) ?? taken.valueOf(name),
    segments: { ...taken.segments, ...own.segments },
  };
}

/**
 * Reads the tickets and orders that answers are about, where these do not say everything themselves that is asked for.
 * @param names the dimensions asked for
 * @param most so many of a kind at most
 * @throws StoreError `too-many-facts` when it would have to be more
 */
export async function linkedTo(
  context: StoreContext,
  facts: readonly StoredFact[],
  names: readonly string[],
  most: number,
): Promise<Linked> {
  const links = facts.flatMap((stored) => {
    const link = linkOf(stored);
    if (link === undefined) return [];
    const own = characteristicNames(stored.fact);
    return names.every((name) => own.includes(name)) ? [] : [link];
  });
  return readLinked(context, links, most, names);
}

/**
 * Reads what some tickets and orders say.
 * @param links each any number of times
 * @param most so many of a kind at most
 * @param names the dimensions asked for; any where absent
 * @throws StoreError `too-many-facts` when it would have to be more
 */
export async function readLinked(
  context: StoreContext,
  links: readonly Subject[],
  most: number,
  names?: readonly string[],
): Promise<Linked> {
  const { table, workspace, deadline } = context;
  const entities: StoredEntity[] = [];
  for (const [entity, ids] of idsByKind(links)) {
    entities.push(...(await readManyEntities(context, entity, [...ids], most)));
  }
  const origins = entities.flatMap(({ history: { origin } }) => {
    return !origin || names?.every((name) => isKnown(origin, name)) ? [] : [origin.factId];
  });
  const telling = await readManyFacts(table, workspace.id, origins, deadline);
  const looked = new Set(origins);
  const byId = new Map(telling.map((stored) => [stored.fact.id, stored]));
  return new Map(
    entities.flatMap((stored): [string, Characteristics][] => {
      const { origin } = stored.history;
      if (!origin) return [];
      const { segments, factId } = origin;
      const key = subjectKey(stored);
      const found = byId.get(factId);
      if (!found) return looked.has(factId) ? [] : [[key, { valueOf: (name) => segments[name], segments }]];
      const { fact, day } = found;
      const moment = { day, timeZone: workspace.timeZone };
      return [[key, { valueOf: (name) => characteristicOf(fact, name, moment), segments }]];
    }),
  );
}

function idsByKind(links: readonly Subject[]): Map<AnyEntity, Set<string>> {
  const byKind = new Map<AnyEntity, Set<string>>();
  for (const { entity, id } of links) {
    const ids = byKind.get(entity) ?? new Set<string>();
    byKind.set(entity, ids.add(id));
  }
  return byKind;
}

/** Whether the segments in which something counts tell its value: not where it is one of the rarest. */
function isKnown({ segments }: Origin, name: string): boolean {
  return Object.hasOwn(segments, name) && segments[name] !== otherValue;
}
