import { addDays, beginning, countDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { type CustomerDay, customerDaysOf } from "../../domain/entities/customer-days.ts";
import { type MarkedDays, readMarkedDays } from "../../store/counters/stale-marks.ts";
import type { Files } from "../../store/files/bucket.ts";
import {
  type CustomerDayFile,
  listCustomerDays,
  readCustomerDayFiles,
} from "../../store/files/customer-days.ts";
import { listFactsBetween } from "../../store/records/bulk.ts";
import type { StoredFact } from "../../store/records/facts.ts";
import type { StoreContext } from "../../store/table/context.ts";
import { isTooMuch, StoreError } from "../../store/table/errors.ts";
import { ListedCustomer } from "./customer.ts";

/**
 * All customers of a workspace as they are known now: what archived days say, from their files, and every other day from the table. A day
 * whose facts have changed since its file was written is read from the table as well, if the budget allows it.
 */

/** The sources of lists of customers. */
export interface CustomersContext extends StoreContext {
  /** The archive; without one everything is read from the table. */
  readonly files?: Files | undefined;
}

/** The customers of a workspace. */
export interface KnownCustomers {
  readonly byId: ReadonlyMap<string, ListedCustomer>;
  /** The last day that is in it: yesterday, where today has more facts than one request may read. */
  readonly through: Day;
  /** Archived days that have changed since, and whose changes are not in it: the hourly run writes their files anew. */
  readonly changedDays: number;
  /** Customers of those days: one of them may have been erased since. */
  readonly suspects: ReadonlySet<string>;
}

/** Days that are not in the archive yet have more facts than one request may read. */
export class NotArchivedYet extends Error {
  override readonly name = "NotArchivedYet";
}

/** The files of all customers are larger than one reading may be: waiting does not help. */
export class TooManyCustomers extends StoreError {
  constructor() {
    super("too-many-facts", "the workspace has more customers than can be read at once");
  }
}

/** At most so many marks of changed days are looked at: some 60 read units. */
const maxMarks = 2_000;

/** At most so many facts are read from the table: its budget allows about half of that. */
const maxFacts = 20_000;

/** Reading a further range costs 16 read units and more: days that lie this near to each other are read as one. */
const maxGapDays = 14;

/** At most so many bytes of files are read for one request: some two million rows. */
const maxFileBytes = 200 * 1024 * 1024;

/**
 * Reads all customers of a workspace.
 * @throws NotArchivedYet where days that have no file hold more facts than the table's budget allows
 * @throws TooManyCustomers where the files are too large
 */
export async function readCustomers(context: CustomersContext, now: number): Promise<KnownCustomers> {
  const { table, workspace, files } = context;
  const today = dayOf(now, workspace.timeZone);
  const whole = { from: beginning, to: addDays(today, 2) };
  if (!files) return readFromTable(context, whole, today);
  // The marks first: a file that is written after they were read is newer than they say.
  const marked = await readMarkedDays(table, workspace.id, whole, maxMarks);
  if (marked.through < whole.to) return readFromTable(context, whole, today);
  const archived = await listCustomerDays(files, workspace.id);
  if (archived.reduce((sum, { bytes }) => sum + bytes, 0) > maxFileBytes) {
    throw new TooManyCustomers();
  }
  const ranges = plannedRanges(archived, marked, workspace, whole.to);
  const fresh = await readRanges(context, ranges, today, archived.length);
  const changed = archived.filter(({ day }) => marked.families.has(day) && !fresh.has(day));
  const changedDays = new Set(changed.map(({ day }) => day));
  const trusted = archived.filter(({ day }) => !fresh.has(day) && !changedDays.has(day));
  const byId = new Map(await closedCustomers(context, files, trusted));
  const suspects = new Set<string>();
  const own = new Set<string>();
  for await (const rows of readCustomerDayFiles(files, changed)) {
    for (const row of rows) {
      addOwn(byId, own, row);
      suspects.add(row.customerId);
    }
  }
  for (const rows of fresh.days.values()) for (const row of rows) addOwn(byId, own, row);
  return { byId, through: fresh.through, changedDays: changed.length, suspects };
}

/** Adds a row to customers that nobody else sees. */
function addTo(byId: Map<string, ListedCustomer>, row: CustomerDay): void {
  const customer = byId.get(row.customerId) ?? new ListedCustomer(row.customerId);
  byId.set(row.customerId, customer);
  customer.add(row);
}

/** Adds a row to the customers of this request: those that others see as well are copied before. */
function addOwn(byId: Map<string, ListedCustomer>, own: Set<string>, row: CustomerDay): void {
  const { customerId } = row;
  const known = byId.get(customerId);
  if (known && !own.has(customerId)) byId.set(customerId, known.copy());
  own.add(customerId);
  addTo(byId, row);
}

async function readFromTable(
  context: CustomersContext,
  whole: DayRange,
  today: Day,
): Promise<KnownCustomers> {
  const fresh = await readRanges(context, [{ ...whole, kind: "missing" }], today, 0);
  const byId = new Map<string, ListedCustomer>();
  for (const rows of fresh.days.values()) for (const row of rows) addTo(byId, row);
  return { byId, through: fresh.through, changedDays: 0, suspects: new Set() };
}

/** Days to read from the table: not archived although they are over, still open, or changed since they were archived. */
interface PlannedRange extends DayRange {
  readonly kind: "missing" | "open" | "changed";
}

/**
 * Which days are read from the table. Of a day that is over and has neither a file nor a mark there are no facts.
 * @param end the last day that a fact can lie on
 */
function plannedRanges(
  archived: readonly CustomerDayFile[],
  { families }: MarkedDays,
  { snapshotsThrough, createdAt, timeZone }: StoreContext["workspace"],
  end: Day,
): readonly PlannedRange[] {
  const files = new Set(archived.map(({ day }) => day));
  const firstOpen =
    snapshotsThrough === undefined ? dayOf(Date.parse(createdAt), timeZone) : addDays(snapshotsThrough, 1);
  let open = firstOpen;
  while (files.has(open) && !families.has(open)) open = addDays(open, 1);
  const marked = [...families.keys()].filter((day) => day < open).sort();
  const missing = runsOf(marked.filter((day) => !files.has(day)));
  const changed = runsOf(marked.filter((day) => files.has(day)));
  return [
    ...missing.map((range) => ({ ...range, kind: "missing" as const })),
    { from: open, to: end, kind: "open" },
    // The latest first: of these as many as the budget allows.
    ...changed.reverse().map((range) => ({ ...range, kind: "changed" as const })),
  ];
}

/** Ranges that hold some days and few others. @param days in order */
function runsOf(days: readonly Day[]): DayRange[] {
  const runs: DayRange[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && countDays(last.to, day) <= maxGapDays + 1)
      runs[runs.length - 1] = { from: last.from, to: day };
    else runs.push({ from: day, to: day });
  }
  return runs;
}

/** Days that were read from the table. */
class FreshDays {
  readonly days = new Map<Day, CustomerDay[]>();
  readonly #ranges: DayRange[] = [];
  through: Day;

  constructor(through: Day) {
    this.through = through;
  }

  has(day: Day): boolean {
    return this.#ranges.some(({ from, to }) => from <= day && day <= to);
  }

  add(range: DayRange, facts: readonly StoredFact[]): void {
    this.#ranges.push(range);
    for (const [day, own] of Map.groupBy(facts, (stored) => stored.day)) {
      this.days.set(day, customerDaysOf(day, own));
    }
  }
}

async function readRanges(
  context: CustomersContext,
  ranges: readonly PlannedRange[],
  today: Day,
  archivedDays: number,
): Promise<FreshDays> {
  const fresh = new FreshDays(today);
  for (const { kind, ...range } of ranges) {
    try {
      fresh.add(range, await readRange(context, range));
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      if (kind === "missing") {
        const known = archivedDays === 0 ? "" : ` (${archivedDays} days are)`;
        const days = `days that are over are not in the archive yet${known}, and have more facts`;
        throw new NotArchivedYet(`${days} than one request may read`, { cause: error });
      }
      if (kind === "open") {
        fresh.through = addDays(range.from, -1);
        continue;
      }
      // Every further one would fail as well.
      break;
    }
  }
  return fresh;
}

async function readRange({ table, workspace, deadline }: CustomersContext, range: DayRange) {
  const bounds = { most: maxFacts, deadline };
  const kinds = ["responses", "events"] as const;
  const read = kinds.map((kind) => listFactsBetween(table, workspace.id, kind, range, bounds));
  return (await Promise.all(read)).flat();
}

/** A cache of the customers in files: the files of closed days are mostly unchanged when the next page is asked for. */
interface Remembered {
  readonly workspace: string;
  readonly state: string;
  readonly byId: ReadonlyMap<string, ListedCustomer>;
}

let remembered: Remembered | undefined;

/** The customers of files. They are shared with later requests: nobody may add to them. */
async function closedCustomers(
  { workspace }: CustomersContext,
  files: Files,
  trusted: readonly CustomerDayFile[],
): Promise<ReadonlyMap<string, ListedCustomer>> {
  const state = trusted.map(({ path, etag }) => `${path} ${etag}`).join("\n");
  if (remembered?.workspace === workspace.id && remembered.state === state) return remembered.byId;
  // Frees the memory of the outdated cache first.
  remembered = undefined;
  const byId = new Map<string, ListedCustomer>();
  for await (const rows of readCustomerDayFiles(files, trusted)) {
    for (const row of rows) addTo(byId, row);
  }
  remembered = { workspace: workspace.id, state, byId };
  return byId;
}
