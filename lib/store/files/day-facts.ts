import { setTimeout as wait } from "node:timers/promises";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import { listByTime } from "../records/fact-places.ts";
import type { StoredFact } from "../records/facts.ts";
import { readPlaces } from "../records/responses.ts";
import { chunksAsAsked } from "../table/chunks.ts";
import type { StoreContext } from "../table/context.ts";
import { StoreError } from "../table/errors.ts";
import type { FactKind } from "../table/keys.ts";
import { indexSettlingMilliseconds } from "../table/settling.ts";

/** Reading all facts of days, one day after the other, from the index that lists them by time. */

const kinds: readonly FactKind[] = ["responses", "events"];
const pageSize = 1_000;

/** The facts of some days, in order: days that follow each other are one reading. */
export class DayFacts {
  readonly #context: StoreContext;
  readonly #dates: readonly Day[];
  #reader: AsyncGenerator<readonly [Day, StoredFact[]]> | undefined;
  /** When the index shows everything that was written before this was made. */
  readonly #settledAt: number;

  /** @param dates in order */
  constructor(context: StoreContext, dates: readonly Day[]) {
    this.#context = context;
    this.#dates = dates;
    this.#settledAt = performance.now() + indexSettlingMilliseconds();
  }

  /**
   * All facts that count on a day, those taken out of the counts included: whatever was written before this was made is among them.
   * @param date one of the days, after those that were asked for before
   * @throws StoreError `unavailable` when the deadline passes
   */
  async on(date: Day): Promise<StoredFact[]> {
    const pause = this.#settledAt - performance.now();
    if (pause > 0) await wait(pause);
    this.#reader ??= eachDay(this.#context, this.#dates);
    for await (const [day, facts] of { [Symbol.asyncIterator]: () => this.#open() }) {
      if (day === date) return facts;
    }
    throw new RangeError(`${date} is none of the days, or was asked for before`);
  }

  /** The reader without its end: leaving a loop over it does not close it. */
  #open(): AsyncIterator<readonly [Day, StoredFact[]]> {
    const reader = this.#reader;
    if (!reader) throw new RangeError("nothing is being read");
    return { next: () => reader.next() };
  }
}

async function* eachDay(
  context: StoreContext,
  dates: readonly Day[],
): AsyncGenerator<readonly [Day, StoredFact[]]> {
  for (const run of runsOf(dates)) {
    const readers = kinds.map((kind) => new KindReader(context, kind, run));
    for (const date of run) {
      const parts = await Promise.all(readers.map((reader) => reader.on(date)));
      yield [date, parts.flat()];
    }
  }
}

/** Days that follow each other. */
function runsOf(dates: readonly Day[]): Day[][] {
  const runs: Day[][] = [];
  for (const date of dates) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last !== undefined && addDays(last, 1) === date) run.push(date);
    else runs.push([date]);
  }
  return runs;
}

/** The facts of one kind on days that follow each other. */
class KindReader {
  readonly #context: StoreContext;
  readonly #pages: AsyncGenerator<StoredFact[]>;
  #ahead: StoredFact[] = [];

  constructor(context: StoreContext, kind: FactKind, run: readonly Day[]) {
    this.#context = context;
    this.#pages = pagesOf(context, kind, run);
  }

  async on(date: Day): Promise<StoredFact[]> {
    const found: StoredFact[] = [];
    for (;;) {
      const end = this.#ahead.findIndex(({ day }) => day > date);
      found.push(...this.#ahead.splice(0, end < 0 ? this.#ahead.length : end));
      if (end >= 0) return found;
      if (this.#context.deadline.remaining() <= 0)
        throw new StoreError("unavailable", "there was not enough time to read all facts of a day");
      const page = await this.#pages.next();
      if (page.done) return found;
      this.#ahead = page.value;
    }
  }
}

async function* pagesOf(
  { table, workspace, deadline }: StoreContext,
  kind: FactKind,
  run: readonly Day[],
): AsyncGenerator<StoredFact[]> {
  const range = { from: run[0] ?? "", to: run.at(-1) ?? "" };
  const places = listByTime(table, workspace.id, kind, range, { newestFirst: false, expected: pageSize });
  for await (const page of chunksAsAsked(places, pageSize)) {
    // In the order of the index, which is that of the days.
    const stored = await readPlaces(table, workspace.id, page, deadline);
    yield page.flatMap(({ id }) => stored.get(id) ?? []);
  }
}
