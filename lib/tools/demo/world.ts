import { addDays, type Day, dayNumber } from "../../domain/calendar/days.ts";
import { type Company, foundCompany } from "./company.ts";
import { type Random, randomOf } from "./random.ts";
import { type Plan, type Story, storyOf } from "./story.ts";

/** The material of the families of facts. */

/** A fact before it has its id. */
export interface Draft {
  readonly to: "events" | "responses";
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** Everything that is sent but `id` and `occurredAt`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Makes the facts of one family: some of them may lie after the company's last day, and are left out. */
export type Family = (world: World) => Iterable<Draft>;

/** The company, its story, and the random numbers. */
export interface World {
  readonly plan: Plan;
  readonly story: Story;
  readonly company: Company;
  /** The day of a number, from 0. */
  dayAt(index: number): Day;
  /** An instant of a day: milliseconds since 1970-01-01T00:00:00Z. */
  instant(index: number, secondOfDay: number): number;
  /** The stream of random numbers of a name. */
  random(name: string): Random;
  /** A volume that grows with the company, as `perDay` in a company of 1,000: proportional to its active customers. */
  volume(index: number, perDay: number): number;
  /** As `volume`, but a small company has more of it than its size says: else its samples would say nothing. */
  sampleVolume(index: number, perDay: number): number;
}

export const dayMilliseconds = 86_400_000;

const defaultCustomers = 1_000;

/** Makes the world of a plan. */
export function worldOf(plan: Plan): World {
  const story = storyOf(plan);
  const company = foundCompany(plan, story);
  const start = dayNumber(story.from) * dayMilliseconds;
  const growth = (index: number) => 0.3 + 0.7 * ((company.active[index] ?? 0) / company.mostActive);
  const size = plan.customers / defaultCustomers;
  return {
    ...{ plan, story, company },
    dayAt: (index) => addDays(story.from, index),
    instant: (index, secondOfDay) => start + index * dayMilliseconds + secondOfDay * 1000,
    random: (name) => randomOf(plan.seed, name),
    volume: (index, perDay) => perDay * size * growth(index),
    sampleVolume: (index, perDay) => perDay * Math.sqrt(size) * growth(index),
  };
}

export function event(at: number, type: string, fields: Readonly<Record<string, unknown>>): Draft {
  return { to: "events", at, fields: { type, ...fields } };
}

const hourWeights = [2, 1, 1, 1, 1, 2, 4, 8, 12, 15, 16, 15, 14, 14, 15, 15, 14, 13, 14, 16, 17, 13, 8, 4];
const hours = hourWeights.map((weight, hour) => [hour, weight] as const);

/** A second of the day at which people are about. */
export function wakingSecond(random: Random): number {
  return random.weighted(hours) * 3600 + random.int(0, 3599);
}

/** Money of the company: euros, unless said otherwise. */
export function money(amount: number, currency = "EUR"): { amount: string; currency: string } {
  return { amount: amount.toFixed(2), currency };
}
