import { addDays, type Day, dayNumber, earlierDay, laterDay } from "../../domain/calendar/days.ts";
import { type DayRange, intervalEnd } from "../../domain/calendar/intervals.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import { type Place, placeKey } from "../counters/place.ts";
import { subjectKey } from "../records/stored-entity.ts";
import type { CounterDifference, Coverage, WrongHistory } from "./recounting.ts";

/** An entity whose history is in doubt, and the days whose facts tell. */
export interface Doubt {
  readonly subject: Subject;
  readonly days: readonly Day[];
}

/** Suspects that must be looked at again: places of counters, and entities with the days that are in doubt. */
export class SuspectedDrift {
  readonly places: ReadonlyMap<string, Place>;
  /** By `subjectKey`. */
  readonly entities: ReadonlyMap<string, Doubt>;

  constructor(places: Iterable<Place>, entities: Iterable<Doubt>) {
    this.places = new Map(
      [...places].map(({ family, segment, when }) => {
        const place = { family, segment, when };
        return [placeKey(place), place];
      }),
    );
    this.entities = new Map([...entities].map((doubt) => [subjectKey(doubt.subject), doubt] as const));
  }

  /** The suspects of some differences. */
  static of(differences: readonly CounterDifference[], histories: readonly WrongHistory[]): SuspectedDrift {
    return new SuspectedDrift(
      differences,
      histories.map(({ stored, tellingDays }) => ({ subject: stored, days: tellingDays })),
    );
  }

  get size(): number {
    return this.places.size + this.entities.size;
  }

  /** The suspects that are left when some have been settled. */
  without(differences: readonly CounterDifference[], histories: readonly WrongHistory[]): SuspectedDrift {
    const places = new Map(this.places);
    for (const place of differences) places.delete(placeKey(place));
    const entities = new Map(this.entities);
    for (const { stored } of histories) entities.delete(subjectKey(stored));
    return new SuspectedDrift(places.values(), entities.values());
  }

  /** The years whose totals are in doubt. */
  years(): Set<string> {
    return new Set([...this.places.values()].flatMap(({ when }) => (when.length === 4 ? [when] : [])));
  }

  /** The days whose facts are needed, as ranges in order; of a year in doubt all its days. */
  ranges(): DayRange[] {
    const years = [...this.years()].map((year) => ({
      from: `${year}-01-01`,
      to: intervalEnd("year", `${year}-01-01`),
    }));
    const days = [...this.places.values()].flatMap(({ when }) => (when.length === 10 ? [when] : []));
    const ofEntities = [...this.entities.values()].flatMap((doubt) => doubt.days);
    const single = [...new Set([...days, ...ofEntities])].map((day) => ({ from: day, to: day }));
    return joined([...years, ...single]);
  }
}

/** Ranges without those that touch: each day is in one of them. */
export function joined(ranges: readonly DayRange[]): DayRange[] {
  const result: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => dayNumber(a.from) - dayNumber(b.from))) {
    const last = result.at(-1);
    if (last && range.from <= addDays(last.to, 1)) {
      if (range.to > last.to) result[result.length - 1] = { from: last.from, to: range.to };
    } else result.push(range);
  }
  return result;
}

/** Days of ranges that are in none of the others. @param others in order, none of which touch */
export function rangesWithout(ranges: readonly DayRange[], others: readonly DayRange[]): DayRange[] {
  return others.reduce<readonly DayRange[]>(
    (rest, { from, to }) =>
      rest.flatMap((range) =>
        [
          { from: range.from, to: earlierDay(range.to, addDays(from, -1)) },
          { from: laterDay(range.from, addDays(to, 1)), to: range.to },
        ].filter((part) => part.from <= part.to),
      ),
    ranges,
  ) as DayRange[];
}

/**
 * The coverage of ranges that have been read.
 * @param read the kinds of entities that were not read as a whole; all of them were where it is absent
 */
export function coverageOf(
  ranges: readonly DayRange[],
  years: ReadonlySet<string>,
  today: Day,
  { partial, unknown }: Pick<Coverage, "partial" | "unknown"> = { partial: new Set(), unknown: new Set() },
): Coverage {
  const coversAll = (from: Day, to: Day) => ranges.some((range) => range.from <= from && to <= range.to);
  return {
    covers: (day) => coversAll(day, day),
    coversYear: (year) => {
      const end = intervalEnd("year", `${year}-01-01`);
      // No fact lies on a day after tomorrow: what is to come needs no reading.
      const latest = addDays(today, 1);
      return coversAll(`${year}-01-01`, end < latest ? end : latest);
    },
    years,
    partial,
    unknown,
  };
}
