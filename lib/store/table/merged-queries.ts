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

/**
 * The items of several queries as one sequence in the order of their sort key, as they are asked for: what lies in several
 * partitions by chance is read in part from each. A query is asked for its share, and for more as soon as that is used up.
 */
export async function* queryMerged(
  table: Table,
  queries: readonly ItemQuery[],
  { sort, newestFirst, expected, fewest = minShare }: Merging,
): AsyncGenerator<Item> {
  // Three standard deviations more than its share: nearly always enough, so that all are asked once and at the same time.
  const share = expected / queries.length;
  const limit = Math.max(fewest, Math.ceil(share + 3 * Math.sqrt(share)));
  const streams = queries.map((query) => new Stream(table, query, limit));
  const isBefore = (a: Item, b: Item) =>
    newestFirst ? String(a[sort]) > String(b[sort]) : String(a[sort]) < String(b[sort]);
  for (;;) {
    if (streams.some((stream) => stream.isDry)) {
      const low = streams.filter((stream) => stream.isLow);
      await Promise.all(low.map((stream) => stream.fill(low.length)));
      continue;
    }
    let next: Stream | undefined;
    for (const stream of streams) {
      if (stream.head && (!next?.head || isBefore(stream.head, next.head))) next = stream;
    }
    if (!next?.head) return;
    yield next.take();
  }
}

/** Fewer entries of an index cost as much: 4 KB are the least that is charged. */
const minShare = 12;

/** The items of one query, a page ahead. */
class Stream {
  readonly #table: Table;
  readonly #query: ItemQuery;
  readonly #limit: number;
  #items: Item[] = [];
  #next = 0;
  #start: Item | undefined;
  #isBegun = false;

  constructor(table: Table, query: ItemQuery, limit: number) {
    this.#table = table;
    this.#query = query;
    this.#limit = limit;
  }

  get head(): Item | undefined {
    return this.#items[this.#next];
  }

  /** Whether nothing is there, and the table may have more. */
  get isDry(): boolean {
    return this.head === undefined && this.#hasMore;
  }

  /** Whether it is worth asking for more when the others are asked. */
  get isLow(): boolean {
    return this.#hasMore && this.#items.length - this.#next < this.#limit / 2;
  }

  get #hasMore(): boolean {
    return !this.#isBegun || this.#start !== undefined;
  }

  take(): Item {
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
    this.#items = [...this.#items.slice(this.#next), ...(page.Items ?? [])];
    this.#next = 0;
    this.#start = page.LastEvaluatedKey;
  }
}
