import type { Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { EventFact } from "../../domain/facts/events.ts";
import type { ResponseFact } from "../../domain/facts/responses.ts";
import { chunksAsAsked, chunksOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import { isTooMuch } from "../table/errors.ts";
import type { FactKind } from "../table/keys.ts";
import { PassedOver } from "../table/merged-queries.ts";
import type { Deadline } from "../table/retries.ts";
import { type AnswerFilter, type FactPlace, listByCustomer, searchByTime } from "./fact-places.ts";
import { readFacts, type StoredFact, storedFactOf } from "./facts.ts";

/** Finding survey responses and events, newest first, with a bounded amount of work. */

/** A stored fact that is a survey response. */
export interface StoredResponse extends StoredFact {
  readonly fact: ResponseFact;
}

/** Whether a stored fact is a survey response. */
export function isResponse(stored: StoredFact): stored is StoredResponse {
  return stored.fact.type === "response";
}

/** A stored fact that is an event. */
export interface StoredEvent extends StoredFact {
  readonly fact: EventFact;
}

/** Whether a stored fact is an event. */
export function isEvent(stored: StoredFact): stored is StoredEvent {
  return stored.fact.type !== "response";
}

/** The responses to find. */
export interface FactSearch<Found extends StoredFact> {
  /** The days on which the facts count. */
  readonly range: DayRange;
  /** Only facts of this customer. */
  readonly customerId?: string | undefined;
  /** What the table passes over, where facts are looked for by time; all that matches has to be let through. */
  readonly filter?: AnswerFilter | undefined;
  /** Whether a fact is one of those asked for; absent where all are. */
  readonly matches?: ((found: Found) => boolean) | undefined;
  /** Of facts that match, those asked for, in their order: where something has to be read to know; absent where all are. */
  readonly choose?: ((found: readonly Found[]) => Promise<readonly Found[]>) | undefined;
  /** At most so many are found … */
  readonly limit: number;
  /** … and at most so many facts are looked at. */
  readonly maxLooked: number;
  /** Where an earlier search ended: only what comes after it. */
  readonly after?: string | undefined;
}

/** A page of responses. */
export interface FoundFacts<Found extends StoredFact> {
  /** Newest first: by the day on which they count, then by instant. */
  readonly facts: readonly Found[];
  /** How many facts were looked at. */
  readonly looked: number;
  /** Where the next search begins, or `undefined` when everything has been looked at. */
  readonly next: string | undefined;
}

/** How many facts are looked at between two decisions to go on, where most of them may not match. */
const strideWithFilter = 200;
const strideOfMany = 1_000;

const batchSize = 100;

/** About how many facts are looked at where the table passes over those that do not match: of all surveys, of some. */
const expectedOfAll = 400;
const expectedOfSome = 800;

export interface FoundResponses extends Omit<FoundFacts<StoredResponse>, "facts"> {
  readonly responses: readonly StoredResponse[];
}

/** Finds responses: see `findFacts`. */
export async function findResponses(
  table: Table,
  workspace: string,
  search: FactSearch<StoredResponse>,
  deadline: Deadline,
): Promise<FoundResponses> {
  const kind = { name: "responses", includes: isResponse } as const;
  const { facts, ...found } = await findFacts(table, workspace, kind, search, deadline);
  return { responses: facts, ...found };
}

/** Finds events: see `findFacts`. */
export function findEvents(
  table: Table,
  workspace: string,
  search: FactSearch<StoredEvent>,
  deadline: Deadline,
): Promise<FoundFacts<StoredEvent>> {
  return findFacts(table, workspace, { name: "events", includes: isEvent }, search, deadline);
}

interface Kind<Found extends StoredFact> {
  readonly name: FactKind;
  readonly includes: (stored: StoredFact) => stored is Found;
}

/**
 * Finds facts of one kind. The search ends when it has found enough, has looked at enough or runs out of time: `next` says
 * where to go on. The indexes are eventually consistent: a response shows within a moment of being recorded.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
async function findFacts<Found extends StoredFact>(
  table: Table,
  workspace: string,
  kind: Kind<Found>,
  search: FactSearch<Found>,
  deadline: Deadline,
): Promise<FoundFacts<Found>> {
  const { limit, maxLooked } = search;
  const facts: Found[] = [];
  let looked = 0;
  const pace = { stride: strideOf(search) };
  const pages = eachPage(table, workspace, kind.name, search, pace);
  let last: string | undefined;
  // The rest of the budget may not be enough for another page: the next search has a whole one.
  const nextPage = () =>
    pages.next().catch((error: unknown) => {
      if (last === undefined || !isTooMuch(error)) throw error;
      return "spent" as const;
    });
  /** Whether nothing comes any more: one fact more is enough to know. */
  const isAtEnd = async () => {
    pace.stride = 1;
    const page = await nextPage();
    return page !== "spent" && page.done === true;
  };
  for (let page = await nextPage(); page === "spent" || !page.done; page = await nextPage()) {
    if (page === "spent") return { facts, looked, next: last };
    const before = last;
    const places = page.value;
    const stored = await readPlaces(table, workspace, places, deadline);
    const chosen = await chosenOf(stored, kind, search).catch((error: unknown) => {
      if (before === undefined || !isTooMuch(error)) throw error;
      return "spent" as const;
    });
    if (chosen === "spent") return { facts, looked, next: before };
    last = places.at(-1)?.position;
    for (const [index, place] of places.entries()) {
      looked += looksAt(place);
      const found = place instanceof PassedOver ? undefined : chosen.get(place.id);
      if (!found) continue;
      facts.push(found);
      if (facts.length < limit) continue;
      const isEnd = index === places.length - 1 && (await isAtEnd());
      return { facts, looked, next: isEnd ? undefined : place.position };
    }
    if (looked >= maxLooked || deadline.remaining() <= 0) {
      return { facts, looked, next: !isPause(places.at(-1)) && (await isAtEnd()) ? undefined : last };
    }
  }
  return { facts, looked, next: undefined };
}

/** Those of a page's facts that are asked for, by id. */
async function chosenOf<Found extends StoredFact>(
  stored: ReadonlyMap<string, StoredFact>,
  kind: Kind<Found>,
  { range, customerId, matches, choose }: FactSearch<Found>,
): Promise<ReadonlyMap<string, Found>> {
  const found = [...stored.values()].filter(kind.includes).filter((one) => {
    if (one.day < range.from || one.day > range.to) return false;
    // The index may still show a fact that has lost its customer.
    if (customerId !== undefined && one.fact.customerId !== customerId) return false;
    return !matches || matches(one);
  });
  const chosen = choose && found.length > 0 ? await choose(found) : found;
  return new Map(chosen.map((one) => [one.fact.id, one]));
}

/** How many facts were looked at for a place. */
function looksAt(place: FactPlace | PassedOver): number {
  return place instanceof PassedOver ? place.count : 1;
}

/** Whether a place is where further requests would follow. */
function isPause(place: FactPlace | PassedOver | undefined): boolean {
  return place instanceof PassedOver && place.isPause;
}

/**
 * The facts at places of an index, id → fact: as the index holds them, else read by id, many at a time.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readPlaces(
  table: Table,
  workspace: string,
  found: readonly (FactPlace | PassedOver)[],
  deadline: Deadline,
): Promise<ReadonlyMap<string, StoredFact>> {
  const places = found.filter((place): place is FactPlace => !(place instanceof PassedOver));
  const listed = places.flatMap(({ item }) => (item ? [storedFactOf(item)] : []));
  const others = places.filter(({ item }) => !item).map(({ id }) => id);
  const batches = chunksOf(others, batchSize).map((ids) => readFacts(table, workspace, ids, deadline));
  const all = [...listed, ...(await Promise.all(batches)).flat()];
  return new Map(all.map((stored) => [stored.fact.id, stored] as const));
}

/** How many facts a search looks at between two decisions to go on. */
function strideOf<Found extends StoredFact>(search: FactSearch<Found>): number {
  const { filter, matches, choose, customerId, limit, maxLooked } = search;
  if (isFiltered(search)) return Math.min(maxLooked, filter?.surveys ? expectedOfSome : expectedOfAll);
  const isSparse = matches !== undefined || choose !== undefined || customerId !== undefined;
  // One more than asked for tells whether there is a next page.
  // Choosing may take a read for each of them.
  const isMany = limit > strideWithFilter && choose === undefined;
  const sparseStride = isMany ? strideOfMany : strideWithFilter;
  return Math.min(maxLooked, isSparse ? sparseStride : limit + 1);
}

/** Whether the table itself passes over facts. */
function isFiltered<Found extends StoredFact>({ filter, customerId }: FactSearch<Found>): boolean {
  return customerId === undefined && (filter?.surveys !== undefined || filter?.hasComment === true);
}

/**
 * The places of an index in the order of the search, never an empty page.
 * @param pace how many facts are looked at for the next page, or hardly more
 */
async function* eachPage<Found extends StoredFact>(
  table: Table,
  workspace: string,
  kind: FactKind,
  search: FactSearch<Found>,
  pace: { readonly stride: number },
): AsyncGenerator<(FactPlace | PassedOver)[]> {
  const { customerId, range, filter } = search;
  const listing = { newestFirst: true, expected: pace.stride };
  if (customerId === undefined) {
    const timed = { ...listing, after: search.after };
    const list = searchByTime(table, workspace, kind, range, timed, filter);
    // What has been read is looked at before more is: the table has hardly any work with it.
    return yield* chunksAsAsked(list, () => pace.stride, isPause);
  }
  const after = search.after ?? endOf(range.to);
  const earliest = startOf(range.from);
  const list = listByCustomer(table, workspace, customerId, { ...listing, after });
  for await (const places of chunksAsAsked(list, () => pace.stride)) {
    yield places;
    if ((places.at(-1)?.position ?? "") < earliest) return;
  }
}

/** An instant that no fact of a day comes before, whatever the time zone it was counted in. */
function startOf(day: Day): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString();
}

/** An instant that no fact of a day comes after, whatever the time zone it was counted in. */
function endOf(day: Day): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 2 * 86_400_000).toISOString();
}
