import type { Occurrence } from "../entities/occurrences.ts";
import type { Period } from "./period.ts";

/** Units of metric values. `money` values are decimal strings in the answer's currency; all others are numbers. */
export type Unit = "points" | "percent" | "score" | "count" | "money" | "seconds";

/** Which direction is an improvement. */
export type Better = "higher" | "lower";

/** A published source of a formula, a threshold or a reference figure. */
export interface Reference {
  readonly title: string;
  readonly url?: string;
}

/** Named numbers that a value was computed from. Money is a decimal string. */
export type Components = Readonly<Record<string, number | string | null>>;

/** What a metric says of one period. Numbers are unrounded. */
export interface Measurement {
  /** The value, or `null` where its denominator is 0. */
  readonly value: number | string | null;
  /** Bounds of the 95 % interval, where the metric has one and there is data. */
  readonly low: number | string | null;
  readonly high: number | string | null;
  /** The size of the sample: what the value's denominator counts. */
  readonly n: number;
  readonly components: Components;
  /** How the value was computed, where there is more than one way. */
  readonly method?: string;
}

/** Amounts added to a metric's counters. `bigint` for sums that can pass 2^53. */
export type Increments<Counter extends string> = Partial<Record<Counter, number | bigint>>;

/** A metric as its file defines it. */
export interface MetricDefinition<Counter extends string, Readable extends string> {
  /** Also the name of its file. */
  readonly id: string;
  readonly name: string;
  /** One or two sentences for someone who reads the number for the first time. */
  readonly description: string;
  /** The formula in words and signs: the text that the documentation and the API show. */
  readonly formula: string;
  readonly unit: Unit;
  readonly better: Better;
  /** Raised when the definition changes what the numbers mean. */
  readonly version: number;
  /** Below this `n` an answer says `lowSample`. */
  readonly minimumSample: number;
  /** How the 95 % interval is computed, or why there is none. */
  readonly interval: string;
  /** Edge cases and conventions, one sentence each. */
  readonly notes: readonly string[];
  readonly references: readonly Reference[];
  /** Named ways to compute the value, the default first. */
  readonly conventions?: readonly string[];
  /** The family under whose key its counters are stored: metrics that change together share one. */
  readonly family: string;
  /** Whether the family's counters hold amounts of money, apart for each currency. */
  readonly perCurrency?: boolean;
  /** The counters that this metric adds to its family. */
  readonly counters: readonly Counter[];
  /** Those of its counters whose sum since the beginning is needed as well (see `Period.before`). */
  readonly cumulative?: readonly NoInfer<Counter>[];
  /** Other metrics whose counters it reads. */
  readonly uses?: readonly Metric<Readable>[];
  /** What an occurrence adds to the counters, or nothing. */
  increments?(occurrence: Occurrence): Increments<NoInfer<Counter>> | undefined;
  /** The value of a period: pure, the same for a day, a year or a segment. */
  compute(period: Period<Counter | Readable>, settings: MetricSettings): Measurement;
}

/** The settings of a workspace that computing a metric can depend on. */
export interface MetricSettings {
  /** ISO 4217 code of the series, and how many decimals it has. */
  readonly currency: string;
  readonly currencyDecimals: number;
  /** Share of revenue that is margin, 0 to 1. */
  readonly margin: number;
  /** Cap on the lifespan that customer lifetime value assumes. */
  readonly maxLifespanMonths: number;
  /** One of the metric's `conventions`, where it has any. */
  readonly convention: string;
}

/** A metric of the catalogue. `Counter` names everything that its `compute` may read or others may read of it. */
export interface Metric<Counter extends string = string> extends Omit<
  MetricDefinition<Counter, never>,
  "uses" | "compute" | "increments" | "cumulative" | "counters"
> {
  readonly counters: readonly Counter[];
  readonly cumulative: readonly string[];
  readonly uses: readonly Metric<never>[];
  increments(occurrence: Occurrence): Readonly<Record<string, number | bigint>>;
  compute(period: Period<never>, settings: MetricSettings): Measurement;
}
