import { setTimeout as wait } from "node:timers/promises";
import type { Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import type { LateCause } from "../../domain/metrics/restated-day.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { type Place, placeKey } from "../counters/place.ts";
import type { Files } from "../files/bucket.ts";
import { recountEntity } from "../ledger/recount.ts";
import { subjectKey } from "../records/stored-entity.ts";
import { lastClosedDay } from "../snapshots/snapshot-plan.ts";
import { takeDays } from "../snapshots/snapshots.ts";
import { chunksOf, eachOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { isTooMuch, isUnavailable, StoreError } from "../table/errors.ts";
import { backOff, type Deadline } from "../table/retries.ts";
import { indexSettlingMilliseconds } from "../table/settling.ts";
import { type Findings, inspectAgain, inspectRange, yearsOf } from "./inspection.ts";
import { maxReconciled, maxWholeKind, type ReadLimits } from "./reading.ts";
import type { CounterDifference, WrongHistory } from "./recounting.ts";
import { repairCounters, repairHistory } from "./repairs.ts";

/**
 * Reconciliation: counts the stored facts of some days again, reports each counter and each entity's history that
 * differs, and puts them right on request. It runs while facts arrive: a difference counts only if it is still there
 * when everything is read a second time, and nobody wrote the counter in between.
 */

/** The result of a reconciliation. */
export interface Reconciliation {
  /** How many facts of the days and how many entities of the workspace were read. */
  readonly facts: number;
  readonly entities: number;
  /** The kinds of entities of which only those were looked at that facts of the days concern, by name: totals of years were not. */
  readonly partial: readonly string[];
  readonly differences: readonly CounterDifference[];
  readonly histories: readonly WrongHistory[];
  /** Entities that were counted by other settings than the workspace's: their recount is under way, or was given up. */
  readonly outdated: readonly Subject[];
  /** Counters and histories that kept changing while they were compared: nothing is said of them. */
  readonly unsettled: number;
  /** How many counters and histories were put right. */
  readonly repaired: number;
  /** Days whose snapshots were taken again because of that; the schedule's next run takes the others. */
  readonly restatedDays: readonly Day[];
}

/** A reconciliation that could not go on after it had put something right: the next one finds nothing of that any more. */
export class InterruptedReconciliation extends Error {
  override readonly name = "InterruptedReconciliation";
  /** What was put right, of no facts and no entities: these are counted by whoever looks at them to the end. */
  readonly done: Reconciliation;

  /** @param cause a StoreError that says that there was too much, or not enough time */
  constructor(done: Reconciliation, cause: unknown) {
    super("a reconciliation was interrupted after it had put something right", { cause });
    this.done = done;
  }
}

/** How often what seems to differ is looked at again. */
const maxLooks = 4;

/** How many repairs run at the same time. */
const concurrency = 8;

/** Options of a reconciliation. */
export interface ReconcileOptions extends Partial<ReadLimits> {
  /** The years whose totals are compared as well; those of the range where it is absent. */
  readonly years?: ReadonlySet<string>;
  /** Where the files of days go whose snapshots are taken again; none are kept where it is absent. */
  readonly files?: Files | undefined;
}

/**
 * Recounts a range of days. Of a kind with many entities only those are looked at that count on these days.
 * @throws StoreError `too-many-facts` when there are too many facts for one request
 * @throws StoreError `unavailable` when the table keeps throttling
 * @throws InterruptedReconciliation in place of both where something was put right before
 */
export async function reconcile(
  table: Table,
  workspace: Workspace,
  range: DayRange,
  repair: boolean,
  deadline: Deadline,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const done: Done = { differences: [], histories: new Map(), outdated: [], repaired: 0, days: new Set() };
  try {
    return await reconcileRange({ table, workspace, deadline }, range, repair, done, options);
  } catch (error) {
    if (done.repaired === 0 || !(isTooMuch(error) || isUnavailable(error))) throw error;
    const { differences, histories, outdated, repaired } = done;
    const rest = { facts: 0, entities: 0, partial: [], unsettled: 0, restatedDays: [] };
    throw new InterruptedReconciliation(
      { ...rest, differences, histories: [...histories.values()], outdated, repaired },
      error,
    );
  }
}

async function reconcileRange(
  context: StoreContext,
  range: DayRange,
  repair: boolean,
  done: Done,
  { wholeKind = maxWholeKind, facts = maxReconciled, years = yearsOf(range), files }: ReconcileOptions,
): Promise<Reconciliation> {
  const { table, workspace, deadline } = context;
  const limits = { wholeKind, facts };
  const first = await inspectRange(table, workspace, range, years, deadline, limits);
  if (repair) {
    // Their recount was interrupted, or is still running; their counters agree with its progress.
    await recountAll(context, first.unfinished, "recorded", done);
    await recountAll(context, first.outdated, "settings", done);
  }
  let drift = first.drift;
  let open = drift;
  let seen: ReadonlySet<string> = new Set();
  for (let look = 1; look <= maxLooks && open.size > 0; look += 1) {
    const looked = await inspectAgain(
      table,
      workspace,
      drift,
      deadline,
      () => wait(indexSettlingMilliseconds()),
      limits,
    );
    // A transaction that takes from one entity what it gives to another leaves a counter as it is; read in its middle,
    // the entities seem to differ from it. Twice the same difference is none of that.
    const findings = {
      ...looked,
      differences: looked.differences.filter((found) => seen.has(textOf(found))),
    };
    seen = new Set(looked.differences.map(textOf));
    const now = repair ? await repairAll(context, findings, done) : noted(findings, done);
    open = findings.drift.without(now.differences, now.histories);
    // As long as a history is wrong, counters are compared with what the right one implies: all its days are read.
    drift = repair ? open : findings.drift.without(now.differences, []);
    if (open.size > 0 && look < maxLooks) await backOff(look, deadline, undefined);
  }
  const restatedDays = await restate(context, [...done.days].sort(), files);
  return {
    facts: first.facts,
    entities: first.entities,
    partial: [...first.partial].sort(),
    differences: done.differences,
    histories: [...done.histories.values()],
    outdated: first.outdated,
    unsettled: open.size + (repair ? 0 : first.unfinished.length),
    repaired: done.repaired,
    restatedDays,
  };
}

/**
 * Counts entities with the workspace's settings.
 * @throws StoreError `unavailable` when the deadline passes: the next call goes on
 */
async function recountAll(
  context: StoreContext,
  subjects: readonly Subject[],
  cause: LateCause,
  done: Done,
): Promise<void> {
  for (const part of chunksOf(subjects, concurrency)) {
    if (context.deadline.remaining() <= 0)
      throw new StoreError("unavailable", "no time to count all entities again");
    await eachOf(part, async (subject) => {
      await recountEntity(context, subject, cause);
      if (cause === "settings") done.outdated.push(subject);
      done.repaired += 1;
    });
  }
}

/** A difference with its size. */
function textOf(difference: CounterDifference): string {
  const { counter, counted, recounted } = difference;
  return [placeKey(difference), counter, counted, recounted].join("\n");
}

/** What has been found for certain so far, and what of it was put right. */
interface Done {
  readonly differences: CounterDifference[];
  readonly histories: Map<string, WrongHistory>;
  /** Those that have been counted by the workspace's settings. */
  readonly outdated: Subject[];
  repaired: number;
  /** Whose snapshots are to be taken again. */
  readonly days: Set<Day>;
}

type Settled = Pick<Findings, "differences" | "histories">;

function noted(findings: Settled, done: Done): Settled {
  done.differences.push(...findings.differences);
  for (const history of findings.histories) done.histories.set(subjectKey(history.stored), history);
  return findings;
}

/** Repairs what differs. Returns what was put right: the rest has changed since it was read, and must be looked at again. */
async function repairAll(context: StoreContext, findings: Findings, done: Done): Promise<Settled> {
  const histories: WrongHistory[] = [];
  for (const part of chunksOf(findings.histories, concurrency)) {
    await eachOf(part, async (history) => {
      if (!(await repairHistory(context, history))) return;
      histories.push(...noted({ histories: [history], differences: [] }, done).histories);
      done.repaired += 1;
    });
  }
  // A fact that was counted with a wrong history may be counted wrongly itself: all counters are looked at again.
  if (histories.length < findings.histories.length) return { histories, differences: [] };
  const differences: CounterDifference[] = [];
  const last = lastClosedDay(Date.now(), context.workspace.timeZone);
  const places = [...Map.groupBy(findings.differences, placeKey)];
  for (const part of chunksOf(places, concurrency)) {
    await eachOf(part, async ([key, ofPlace]) => {
      const [place] = ofPlace;
      if (!place) return;
      for await (const gone of repairCounters(context, place, findings.stored.get(key), ofPlace)) {
        differences.push(...noted({ histories: [], differences: gone }, done).differences);
        done.repaired += gone.length;
        if (isOfDay(place) && place.segment === totalSegment && place.when <= last) done.days.add(place.when);
      }
    });
  }
  return { histories, differences };
}

function isOfDay({ when }: Place): boolean {
  return when.length === 10;
}

/** Takes the snapshots of days again, as many as there is time for: the others are marked for the schedule. */
async function restate(
  { table, workspace, deadline }: StoreContext,
  days: readonly Day[],
  files: Files | undefined,
): Promise<Day[]> {
  const restated: Day[] = [];
  try {
    if (deadline.remaining() <= 0) return restated;
    for await (const { date } of takeDays(table, workspace, days, deadline, files)) {
      restated.push(date);
      if (deadline.remaining() <= 0) break;
    }
  } catch (error) {
    if (!isUnavailable(error)) throw error;
  }
  return restated;
}
