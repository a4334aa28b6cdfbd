import type { Occurrence, OccurrenceOf } from "../entities/occurrences/occurrence.ts";
import type { EventType } from "../facts/events.ts";
import type { Fact } from "../facts/parse.ts";
import type { SurveyName } from "../facts/responses.ts";
import type { Named, Period } from "./period.ts";
import type { Remark } from "./remark.ts";
import type { Sample } from "./sample.ts";
import type { CustomerEffect } from "./statistics/customer-effect.ts";

/** Units of metric values. `money` values are decimal strings in the answer's currency; all others are numbers. */
export type Unit = "points" | "percent" | "score" | "count" | "money" | "seconds";

/** Which direction is an improvement. */
export type Better = "higher" | "lower";

/** The least and the greatest value that there can be, both included; `null` where there is no bound. */
export interface ValueRange {
  readonly min: number | null;
  readonly max: number | null;
}

/** A published source of a formula, a threshold or a reference figure. */
export interface Reference {
  readonly title: string;
  readonly url?: string;
}

/** Named numbers that a value was computed from. Money is a decimal string. */
export type Components = Readonly<Record<string, number | string | null>>;

/** A metric's answer for one period. Numbers are unrounded. */
export interface Measurement {
  /** The value, or `null` where its denominator is 0. */
  readonly value: number | string | null;
  /** Bounds of the 95 % interval; `null` where the metric has none or there is too little data. */
  readonly low: number | string | null;
  readonly high: number | string | null;
  /** The size of the sample: what the value's denominator counts. */
  readonly n: number;
  readonly components: Components;
  /** How the value was computed, where there is more than one way. */
  readonly method?: string;
  /** Remarks for readers of this very value, in sentences. */
  readonly remarks?: readonly Remark[];
  /**
   * How many days after its period a cohort has had its time, where that depends on what was counted: until then nothing is said of a change. Endless where
   * most of it is new. Never part of an answer.
   */
  readonly maturesAfterDays?: number;
  /** For tests of a difference; never part of an answer. */
  readonly sample?: Sample;
}

/** The settings of a workspace that a metric's value can depend on. */
export interface MetricSettings {
  /** ISO 4217 code of the money in the answer, and how many decimals it has. */
  readonly currency: string;
  readonly currencyDecimals: number;
  /** Share of revenue that is margin, 0 to 1. */
  readonly margin: number;
  /** Cap on the lifespan that customer lifetime value assumes. */
  readonly maxLifespanMonths: number;
  /** The stages of a customer's journey, the first one first. */
  readonly journeyStages: readonly string[];
  /** The funnel whose stages these are; empty for the workspace's own journey. */
  readonly funnel: string;
  /** Within how many days of its beginning a journey must have come to a stage to count there; `null` for whenever. */
  readonly withinDays: number | null;
  /** How many days after the day of its sending an invitation can be answered. */
  readonly responseCutOffDays: number;
  /** Within how many seconds a call is to be answered; `null` for the metric's own target. */
  readonly targetSeconds: number | null;
  /** Only these of the metric's `parts`; `null` for the whole. */
  readonly parts: readonly string[] | null;
  /** The least change that matters, in the metric's unit; the metric's own when absent. */
  readonly smallestChange?: number;
  /** One of the metric's `conventions`, or its first; empty for a metric that has none. */
  readonly convention: string;
  /** What the workspace's customers do to its variance, in windows of growing length; absent where that was not measured. */
  readonly customerEffects?: readonly CustomerEffect[] | undefined;
}

/** Tells the facts whose values a metric averages, for a metric whose facts belong to customers: each customer's resemble each other. */
export interface Cases {
  /** The types of these facts. */
  readonly types: readonly (EventType | "response")[];
  /** Whether values can be endlessly great, as amounts can. */
  readonly isOpen: boolean;
  /** What a fact brings; `undefined` for one that is none of them. Absent where `gather` is there. */
  readonly brings?: (fact: Fact, settings: MetricSettings) => number | undefined;
  /** Where other facts of the customer tell what a case brings: gathers them all. @param maxHeld about so many of their days are held */
  readonly gather?: (maxHeld: number) => GatheredCases;
}

/** Facts of customers while they are gathered, from which cases follow once all are there. */
export interface GatheredCases {
  /** Adds a fact. @param day its number (`dayNumber`) */
  add(customer: string, day: number, fact: Fact): void;
  /** What customers do to the variance: see `CustomerCases`. */
  effects(days: { readonly from: number; readonly to: number }): CustomerEffect[];
}

/** The source of occurrences: single responses, single events, or the whole histories of an entity (its name). */
export type CountsFrom =
  | "responses"
  | "events"
  | "customer"
  | "referral"
  | "ticket"
  | "call"
  | "article"
  | "cart"
  | "quote"
  | "invitation";

/** A fact by its type; survey responses by their survey. */
export type FactName = EventType | `response:${SurveyName}`;

/** The sections of the catalogue, in the order in which they are shown. */
export const areas = ["survey", "customers", "service", "web", "journey"] as const;

/** A section of the catalogue. */
export type Area = (typeof areas)[number];

export const areaNames: Readonly<Record<Area, string>> = {
  survey: "What customers say",
  customers: "Customers and revenue",
  service: "Service",
  web: "Web and market",
  journey: "Journey",
};

/** A dimension by which a metric tells its own value apart, where facts are in no segment of it. */
export interface Parts {
  readonly dimension: string;
  /** The parts that there are in a period, the largest first. */
  namesIn(period: Period): readonly string[];
}

/** Parameters of a question that few metrics understand. */
export const ownParameters = ["funnel", "within", "target"] as const;

/** A parameter of a question that few metrics understand. */
export type OwnParameter = (typeof ownParameters)[number];

/** The description of a metric, for answers, documentation and pages. */
interface Description {
  /** Also the name of its file. */
  readonly id: string;
  readonly name: string;
  /** Its section of the catalogue: the report groups by it. */
  readonly area: Area;
  /** One or two sentences for someone who reads the number for the first time. */
  readonly description: string;
  /** The formula in words and signs: the one text that the documentation and the API show. */
  readonly formula: string;
  readonly unit: Unit;
  readonly better: Better;
  /** Whether it says how much there is of something, so that more is neither better nor worse: its changes are only changes. Goals have a direction all the same. */
  readonly isVolume?: boolean;
  /** The least change that matters, in the metric's unit, where there is a source for one: a certain change that is smaller is called too small. */
  readonly smallestChange?: { readonly value: number; readonly source: string };
  /** Raised when the definition changes what the numbers mean. */
  readonly version: number;
  /** Below this `n` an answer says `lowSample`; 0 for plain counts and sums, which are not samples. */
  readonly minimumSample: number;
  /** How the 95 % interval is computed, or why there is none. */
  readonly interval: string;
  /** Edge cases, one sentence each. */
  readonly notes: readonly string[];
  readonly references: readonly Reference[];
  /** Named ways to compute the value, the default first. */
  readonly conventions?: readonly string[];
  /** By what its value is told apart besides the segments of facts; the parts add up to the whole. */
  readonly parts?: Parts;
  /**
   * Conventions that measure other answers, which are never mixed in: what each is called. The component `n <convention>` is there where it
   * has answers and another convention is shown.
   */
  readonly apart?: Readonly<Record<string, string>>;
  /** Published figures that its value, in its first convention, can be held against. */
  readonly benchmarks?: readonly Benchmark[];
  /** The parameters of a question that this metric understands beside those that all do. */
  readonly takes?: readonly OwnParameter[];
  /** Conventions in which the opposite of `better` is the improvement. */
  readonly reversedIn?: readonly string[];
  /** Which values there can be, by convention, where the unit does not say it (see `rangeOf`). */
  readonly range?: (convention: string) => ValueRange;
  /** The family under whose keys its counters are stored: metrics that change together share one. */
  readonly family: string;
  /** The sources of its own counters: a recount reads only these. Absent for a metric without counters. */
  readonly countsFrom?: readonly CountsFrom[];
  /**
   * For so many days after a day what counts on it can still be changed by what happens later: until then it is
   * provisional. Absent where only late facts change a day that is over.
   */
  readonly settlesAfterDays?: number | ((settings: MetricSettings) => number);
  /**
   * Whether its counters are no sums of facts but what a model says on a day, written by a job: it holds until the model says something else. Facts cannot be counted
   * for it anew, and a reconciliation leaves it alone.
   */
  readonly isFromModel?: boolean;
  /** The facts that change its own counters. */
  readonly facts?: readonly FactName[];
  /** Whether its value depends on everything since the beginning, day by day (`Period.before` of any counter). */
  readonly wholeHistory?: boolean;
  /** Whether its value is a balance: of an interval that has not begun it is what it is today. Of every other metric nothing is known then. */
  readonly carriesOver?: boolean;
  /**
   * Whether a group in which none of its own counters counted is none, though those that it uses did: where customers were won but nobody
   * made contact, there is no volume of contacts.
   */
  readonly groupsByOwn?: boolean;
  /** What it is the mean, or the share, of: by these customers are taken for clusters. */
  readonly cases?: Cases;
  /** Whether the CloudWatch dashboard has no graph of it: only so many are free, and another metric's says much of it. */
  readonly isOffDashboard?: boolean;
  /** A remark about its values by a dimension: part of answers that are grouped or filtered. */
  readonly segmentRemark?: Remark;
  /** An example of the rest of a counter that ends with `:`, for the documentation; default `USD`. */
  readonly exampleCell?: string;
}

/** A metric of the catalogue, as everything outside its own file sees it. */
export interface AnyMetric extends Description {
  /** The counters that this metric adds to its family. One that ends with `:` stands for all whose names begin so. */
  readonly counters: readonly string[];
  /** Those of its counters whose sum since the beginning is needed as well (`Period.before`). */
  readonly cumulative: readonly string[];
  /** Other metrics whose counters it reads. */
  readonly uses: readonly AnyMetric[];
  /** The kinds of occurrences that its own counters count: of histories no others are derived for it. */
  readonly counts: readonly Occurrence["kind"][];
  /** The counters that an occurrence adds to: whole numbers, `bigint` for sums that can pass 2^53. */
  increments(occurrence: Occurrence): Readonly<Record<string, number | bigint>>;
  /** The value of a period: pure, the same for a day, a year or a segment. */
  compute(period: Period, settings: MetricSettings): Measurement;
}

/** The metrics whose counters a metric is computed from: itself, where it has any, and those that it uses. */
export function ownersOf(metric: AnyMetric): AnyMetric[] {
  return [metric, ...metric.uses].filter(({ counters }) => counters.length > 0);
}

/** Some metrics by the kind of occurrence that they count, in their order: a kind that none of them counts is not there. */
export function metricsByKind(
  some: readonly AnyMetric[],
): ReadonlyMap<Occurrence["kind"], readonly AnyMetric[]> {
  const byKind = new Map<Occurrence["kind"], AnyMetric[]>();
  for (const metric of some) {
    for (const kind of metric.counts) byKind.set(kind, [...(byKind.get(kind) ?? []), metric]);
  }
  return byKind;
}

/** A published figure. */
export interface Benchmark {
  /** From when to when, both included, in the metric's unit; the same for a single figure. */
  readonly low: number;
  readonly high: number;
  /** Of whom it is, as in “large SaaS businesses, a year”. */
  readonly of: string;
  readonly source: string;
  /** Of intervals of how many days it is, both ends included; of any when absent. */
  readonly days?: readonly [least: number, most: number];
}

/** A metric whose counters are known by name. */
export interface Metric<Counter extends string> extends AnyMetric {
  readonly counters: readonly Counter[];
}

/** A metric as its file writes it down. */
interface Definition<Counter extends string, Used extends readonly AnyMetric[]> extends Description {
  readonly counters: readonly Counter[];
  readonly cumulative?: readonly NoInfer<Counter>[];
  readonly uses?: Used;
  /** What an occurrence of each kind that it counts adds to its counters. */
  readonly increments?: {
    readonly [Kind in Occurrence["kind"]]?: (
      occurrence: OccurrenceOf<Kind>,
    ) => Partial<Record<Named<NoInfer<Counter>>, number | bigint>> | undefined;
  };
  compute(
    period: Period<
      Named<NoInfer<Counter> | NoInfer<Used[number]["counters"][number]>>,
      Extract<NoInfer<Counter> | NoInfer<Used[number]["counters"][number]>, `${string}:`>
    >,
    settings: MetricSettings,
  ): Measurement;
}

/** What an occurrence brings to a metric that does not count it. */
export const noIncrements = {};

/**
 * Makes a metric from its definition. A counter name that neither the metric nor one that it uses has declared
 * does not compile.
 */
export function defineMetric<
  const Counter extends string = never,
  const Used extends readonly AnyMetric[] = [],
>(definition: Definition<Counter, Used>): Metric<Counter> {
  const byKind = definition.increments ?? {};
  // The compiler cannot see that the function of a kind takes occurrences of just this kind.
  const functionFor = (kind: Occurrence["kind"]) =>
    byKind[kind] as
      | ((occurrence: Occurrence) => Readonly<Record<string, number | bigint>> | undefined)
      | undefined;
  return {
    ...definition,
    cumulative: definition.cumulative ?? [],
    uses: definition.uses ?? [],
    counts: Object.keys(byKind) as Occurrence["kind"][],
    increments: (occurrence) => functionFor(occurrence.kind)?.(occurrence) ?? noIncrements,
    compute: (period, settings) => definition.compute(period, settings),
  };
}
