import { type Day, dayNumber } from "../../calendar/days.ts";
import {
  type DayRange,
  type Granularity,
  intervalEnd,
  intervalStart,
  splitIntoIntervals,
} from "../../calendar/intervals.ts";

/** Cohorts: customers by when they joined, and what they did at each age. */

/** What a customer did on a day. */
export interface ActiveDay {
  /** By number. */
  readonly day: number;
  readonly orders: number;
  readonly amountMinor: bigint;
}

/** A customer with its purchases, in any order. */
export interface CohortMember {
  /** The first day as a customer, by number. */
  readonly joined: number;
  /** Cohorts of several groups are apart; empty where there are no groups. */
  readonly group: string;
  readonly purchases: readonly ActiveDay[];
}

/** A cohort at one age. */
export interface CohortCell extends DayRange {
  /** Intervals since the one in which it joined, which is 0. */
  readonly age: number;
  /** Whether the interval is over, so that nothing will be added to it but late facts. */
  readonly isOver: boolean;
  /** Customers of the cohort who bought in the interval. */
  readonly buyers: number;
  readonly orders: number;
  readonly amountMinor: bigint;
  /** All that it has bought since it joined, up to the interval's end. */
  readonly ordersSoFar: number;
  readonly amountSoFarMinor: bigint;
}

/** Customers who joined in the same interval. */
export interface Cohort extends DayRange {
  readonly group: string;
  readonly customers: number;
  /** By age, up to the interval that is running. */
  readonly cells: readonly CohortCell[];
}

/** Which cohorts, and up to when. */
export interface CohortQuestion {
  /** The days of joining: intervals that they touch are whole. */
  readonly range: DayRange;
  readonly by: Exclude<Granularity, "day">;
  /** The last day that is known. */
  readonly through: Day;
  /** The last day that is over. */
  readonly lastOver: Day;
}

interface Sums {
  customers: number;
  readonly buyers: number[];
  readonly orders: number[];
  readonly amounts: bigint[];
}

/** The cohorts that there are, by interval of joining, then by group. */
export function cohortsOf(members: Iterable<CohortMember>, question: CohortQuestion): Cohort[] {
  const { range, by, through, lastOver } = question;
  const from = intervalStart(by, range.from);
  if (from > through) return [];
  const intervals = splitIntoIntervals({ from, to: intervalEnd(by, through) }, by);
  const indexOf = indexesByDay(intervals);
  const lastJoining = dayNumber(intervalEnd(by, range.to));
  const sums = new Map<string, Sums>();
  for (const { joined, group, purchases } of members) {
    const cohort = indexOf(joined);
    if (cohort === undefined || joined > lastJoining) continue;
    const key = `${String(cohort).padStart(5, "0")} ${group}`;
    const own = sums.get(key) ?? emptySums(intervals.length - cohort);
    sums.set(key, own);
    addMember(own, purchases, (day) => (indexOf(day) ?? cohort - 1) - cohort);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const cohort = Number(key.slice(0, 5));
      const { from: first = from, to: last = through } = intervals[cohort] ?? {};
      const cells = cellsOf(own, intervals.slice(cohort), lastOver);
      return { from: first, to: last, group: key.slice(6), customers: own.customers, cells };
    });
}

function emptySums(ages: number): Sums {
  const zeros = () => new Array<number>(ages).fill(0);
  return { customers: 0, buyers: zeros(), orders: zeros(), amounts: new Array<bigint>(ages).fill(0n) };
}

function addMember(sums: Sums, purchases: readonly ActiveDay[], ageOf: (day: number) => number): void {
  sums.customers += 1;
  const active = new Set<number>();
  for (const { day, orders, amountMinor } of purchases) {
    const age = ageOf(day);
    if (age < 0 || orders === 0) continue;
    active.add(age);
    sums.orders[age] = (sums.orders[age] ?? 0) + orders;
    sums.amounts[age] = (sums.amounts[age] ?? 0n) + amountMinor;
  }
  for (const age of active) sums.buyers[age] = (sums.buyers[age] ?? 0) + 1;
}

function cellsOf(sums: Sums, intervals: readonly DayRange[], lastOver: Day): CohortCell[] {
  let [ordersSoFar, amountSoFarMinor] = [0, 0n];
  return intervals.map(({ from, to }, age) => {
    const [orders = 0, amountMinor = 0n] = [sums.orders[age], sums.amounts[age]];
    ordersSoFar += orders;
    amountSoFarMinor += amountMinor;
    const buyers = sums.buyers[age] ?? 0;
    const isOver = to <= lastOver;
    return { age, from, to, isOver, buyers, orders, amountMinor, ordersSoFar, amountSoFarMinor };
  });
}

/** In which interval a day lies, by its number. */
function indexesByDay(intervals: readonly DayRange[]): (day: number) => number | undefined {
  const first = dayNumber(intervals[0]?.from ?? "2000-01-01");
  const indexes = intervals.flatMap(({ from, to }, index) =>
    new Array<number>(dayNumber(to) - dayNumber(from) + 1).fill(index),
  );
  return (day) => indexes[day - first];
}

/** What all cohorts did at one age, those whose interval is over: weighted by their customers. */
export interface MeanCell {
  readonly age: number;
  readonly cohorts: number;
  readonly customers: number;
  readonly buyers: number;
  readonly orders: number;
  readonly amountMinor: bigint;
  readonly ordersSoFar: number;
  readonly amountSoFarMinor: bigint;
}

/** The row of means: by age, as far as any cohort has come. */
export function meanRow(cohorts: readonly Cohort[]): MeanCell[] {
  const row: MeanCell[] = [];
  for (const { customers, cells } of cohorts) {
    for (const cell of cells) {
      if (!cell.isOver) continue;
      const known = row[cell.age];
      row[cell.age] = {
        age: cell.age,
        cohorts: (known?.cohorts ?? 0) + 1,
        customers: (known?.customers ?? 0) + customers,
        buyers: (known?.buyers ?? 0) + cell.buyers,
        orders: (known?.orders ?? 0) + cell.orders,
        amountMinor: (known?.amountMinor ?? 0n) + cell.amountMinor,
        ordersSoFar: (known?.ordersSoFar ?? 0) + cell.ordersSoFar,
        amountSoFarMinor: (known?.amountSoFarMinor ?? 0n) + cell.amountSoFarMinor,
      };
    }
  }
  return row;
}
