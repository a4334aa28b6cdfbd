import { addDays, type Day, dayNumber } from "../../domain/calendar/days.ts";

/** The story of the demo's company: what happens, and when. */

/** The plan of a company: the same plan makes the same facts. */
export interface Plan {
  readonly seed: number;
  /** Its last day, which is over. */
  readonly until: Day;
  /** How many days it has existed, the last one included. */
  readonly days: number;
  /** How many people become its customers. */
  readonly customers: number;
}

/** Some days of the company, by their numbers from 0, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The events that are planted. */
export interface Story {
  /** The company's first day. */
  readonly from: Day;
  /** Money is spent, and customers come. */
  readonly campaign: Span;
  /** A better shop, from its first day to the end. */
  readonly redesign: Span;
  /** A version of the product that makes everything harder. */
  readonly badRelease: Span;
  /** When those leave who did not forgive it. */
  readonly churnWave: Span;
  /** A film about the company that many talk of. */
  readonly film: Span;
  /** One day on which the shop is down for hours. */
  readonly outage: Span;
  /** November and December of each year, as far as the company existed in both of them and in the two months before. */
  readonly seasons: readonly Span[];
}

/** The fewest days in which all of the story has room. */
export const minDays = 120;

/** Tells the story of a company: everything but the seasons has its place in the run of the days. */
export function storyOf({ until, days }: Plan): Story {
  const from = addDays(until, 1 - days);
  const at = (share: number) => Math.round(share * days);
  const span = (share: number, length: number) => ({ first: at(share), last: at(share) + length - 1 });
  const month = Math.min(30, Math.round(days / 12));
  const badRelease = span(0.72, Math.round(0.7 * month));
  return {
    from,
    campaign: span(0.35, month),
    redesign: { first: at(0.58), last: days - 1 },
    badRelease,
    churnWave: { first: badRelease.last + 1, last: badRelease.last + month },
    film: span(0.88, 3),
    outage: span(0.94, 1),
    seasons: seasonsOf(from, until),
  };
}

function seasonsOf(from: Day, until: Day): Span[] {
  const years = Array.from({ length: 12 }, (_, index) => Number(from.slice(0, 4)) + index);
  return years.flatMap((year) => {
    const isInside = `${year}-08-31` >= from && `${year}-12-31` <= until;
    const indexOf = (day: Day) => dayNumber(day) - dayNumber(from);
    return isInside ? [{ first: indexOf(`${year}-11-01`), last: indexOf(`${year}-12-31`) }] : [];
  });
}

/** Whether a day lies in a span. */
export function isIn({ first, last }: Span, day: number): boolean {
  return day >= first && day <= last;
}
