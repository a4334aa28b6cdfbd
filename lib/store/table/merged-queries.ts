import type { Table } from "./client.ts";
import { fairShare, type Item, type ItemQuery, queryPage } from "./items.ts";

/** Several queries as one: what is spread over partitions, read in one order. */

/** How to read several queries as one. */
export interface Merging {
  /** The sort key that all of them are sorted by, in plain ASCII. */
  readonly sort: string;
  readonly newestFirst: boolean;
  /** About how many items will be wanted: decides how many each query is asked for at a time. */
  readonly expected: number;
  /** Each query is asked for so many at least: by default as many entries of an index as cost no more than one. */
  readonly fewest?: number;
}

/** An item of a sequence; or, where queries have a filter, how many it has passed over until a place in the order. */
export type MergedItem = Item | PassedOver;

/** Items that a filter has passed over. */
export class PassedOver {
  /** The sort key up to which they are counted; empty at the end, where nothing follows. */
  readonly position: string;
  /** About so many since the last time: all together, exactly. */
  readonly count: number;
  /** Whether all is handed on that has been read, and what follows takes further requests. */
  readonly isPause: boolean;

  constructor(position: string, count: number, isPause = false) {
    this.position = position;
    this.count = count;
    this.isPause = isPause;
  }
}

/** The items of several queries as one sequence, without what a filter has passed over: see `searchMerged`. */
export async function* queryMerged(
  table: Table,
  queries: readonly ItemQuery[],
  merging: Merging,
): AsyncGenerator<Item> {
  for await (const found of searchMerged(table, queries, merging)) {
    if (!(found instanceof PassedOver)) yield found;
  }
}

/**
 * The items of several queries as one sequence in the order of their sort key, as they are asked for: what lies in several
 * partitions by chance is read in part from each. A query is asked for its share, and for more as soon as that is used up.
 */
export async function* searchMerged(
  table: Table,
  queries: readonly ItemQuery[],
  { sort, newestFirst, expected, fewest = minShare }: Merging,
): AsyncGenerator<MergedItem> {
  // Three standard deviations more than its share: nearly always enough, so that all are asked once and at the same time.
  const share = expected / queries.length;
  const limit = Math.max(fewest, Math.ceil(share + 3 * Math.sqrt(share)));
  const streams = queries.map((query) => new Stream(table, query, { sort, limit }));
  const placeOf = (found: MergedItem) => (found instanceof PassedOver ? found.position : String(found[sort]));
  const isFiltered = queries.some(({ FilterExpression }) => FilterExpression !== undefined);
  let last: MergedItem | undefined;
  let counted = 0;
  const passedOver = () => {
    const passed = Math.round(streams.reduce((sum, { looked }) => sum + looked, 0)) - counted;
    counted += passed;
    return passed;
  };
  for (;;) {
    if (streams.some((stream) => stream.isDry)) {
      if (isFiltered && last) yield new PassedOver(placeOf(last), passedOver(), true);
      const low = streams.filter((stream) => stream.isLow);
      await Promise.all(low.map((stream) => stream.fill(low.length)));
      continue;
    }
    const next = firstOf(streams, placeOf, newestFirst);
    if (!next) break;
    last = next.take();
    if (last instanceof PassedOver) continue;
    counted += 1;
    yield last;
  }
  const rest = passedOver();
  if (rest !== 0) yield new PassedOver("", rest);
}

/** The query whose next item comes first. */
function firstOf(
  streams: readonly Stream[],
  placeOf: (found: MergedItem) => string,
  newestFirst: boolean,
): Stream | undefined {
  let first: { readonly stream: Stream; readonly place: string } | undefined;
  for (const stream of streams) {
    if (!stream.head) continue;
    const place = placeOf(stream.head);
    if (!first || (newestFirst ? place > first.place : place < first.place)) first = { stream, place };
  }
  return first?.stream;
}

/** Fewer entries of an index cost as much: 4 KB are the least that is charged. */
const minShare = 12;

/** The items of one query, a page ahead. */
class Stream {
  readonly #table: Table;
  readonly #query: ItemQuery;
  readonly #sort: string;
  readonly #limit: number;
  #items: MergedItem[] = [];
  #next = 0;
  /** How many have been read, and how many of them for what is there. */
  #read = 0;
  #readForItems = 0;
  #start: Item | undefined;
  #isBegun = false;

  constructor(
    table: Table,
    query: ItemQuery,
    { sort, limit }: { readonly sort: string; readonly limit: number },
  ) {
    this.#table = table;
    this.#query = query;
    this.#sort = sort;
    this.#limit = limit;
  }

  get head(): MergedItem | undefined {
    return this.#items[this.#next];
  }

  /** Whether nothing is there, and the table may have more. */
  get isDry(): boolean {
    return this.head === undefined && this.#hasMore;
  }

  /** Whether it is worth asking for more when the others are asked. */
  get isLow(): boolean {
    return this.#hasMore && this.#ahead < this.#limit / 2;
  }

  /** About how many have been looked at that are beyond what was taken. */
  get #ahead(): number {
    const { length } = this.#items;
    return length === 0 ? 0 : (this.#readForItems * (length - this.#next)) / length;
  }

  /** About how many have been looked at for what was taken. */
  get looked(): number {
    return this.#read - this.#ahead;
  }

  get #hasMore(): boolean {
    return !this.#isBegun || this.#start !== undefined;
  }

  take(): MergedItem {
    const { head } = this;
    if (head === undefined) throw new RangeError("there is nothing to take");
    this.#next += 1;
    return head;
  }

  /** @param beside how many are filled at the same time */
  async fill(beside: number): Promise<void> {
    const page = await queryPage(this.#table, {
      ...this.#query,
      // All have to answer something before the first can be handed on.
      Limit: this.#isBegun ? this.#limit : fairShare(this.#table, this.#query, beside, this.#limit),
      ...(this.#start ? { ExclusiveStartKey: this.#start } : {}),
    });
    this.#isBegun = true;
    const { Items: items = [], ScannedCount: looked = items.length, LastEvaluatedKey: end } = page;
    const passed = looked - items.length;
    const after = end && passed > 0 ? [new PassedOver(String(end[this.#sort]), passed)] : [];
    this.#readForItems = this.#ahead + looked;
    this.#read += looked;
    this.#items = [...this.#items.slice(this.#next), ...items, ...after];
    this.#next = 0;
    this.#start = end;
  }
}
