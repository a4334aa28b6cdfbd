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

/** The facts of some days, in order: days that follow each other are one reading. It holds no day's facts once it has answered them. */
export class DayFacts {
  readonly #context: StoreContext;
  /** The days that have not been answered yet; the first of them are those that are being read. */
  readonly #runs: Day[][];
  #readers: readonly KindReader[] | undefined;
  /** When the index shows everything that was written before this was made. */
  readonly #settledAt: number;

  /** @param dates in order */
  constructor(context: StoreContext, dates: readonly Day[]) {
    this.#context = context;
    this.#runs = runsOf(dates);
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
    const parts = await Promise.all(this.#readersOf(date).map((reader) => reader.on(date)));
    return parts.flat();
  }

  #readersOf(date: Day): readonly KindReader[] {
    for (let run = this.#runs[0]; run; run = this.#runs[0]) {
      const index = run.indexOf(date);
      if (index >= 0) {
        const days = [...run];
        this.#readers ??= kinds.map((kind) => new KindReader(this.#context, kind, days));
        run.splice(0, index + 1);
        return this.#readers;
      }
      this.#runs.shift();
      this.#readers = undefined;
    }
    throw new RangeError(`${date} is none of the days, or was asked for before`);
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
      // Those of days before it are of no interest: nobody asked for them.
      found.push(
        ...this.#ahead.splice(0, end < 0 ? this.#ahead.length : end).filter(({ day }) => day === date),
      );
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
