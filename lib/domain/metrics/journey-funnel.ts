import { addCells, cellsOfJourney, cellsOfStage, stagePrefix, sumWithin } from "./funnel-cells.ts";
import { defineMetric, type MetricSettings } from "./metric.ts";
import type { Cells, Period } from "./period.ts";
import { percentageOf } from "./statistics/proportion.ts";
import { quantileOf } from "./statistics/sketch.ts";

export const journeyFunnel = defineMetric({
  id: "journey-funnel",
  name: "Journey funnel",
  area: "journey",
  description:
    "How many of the journeys that began came to each stage, and how many to the last one: awareness, consideration, decision, retention and advocacy, unless the workspace names its own.",
  formula:
    "100·journeys that entered the last stage/journeys begun; between stages 100·entered the stage and the one before/entered the one before",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval, of the whole way and of each step.",
  notes: [
    "A journey counts on the day on which it began, and with it every stage that it has come to since: the numbers of a past day still rise while its journeys go on. Compare periods that had as long to go on, or ask for within=30: what happened in the 30 times 24 hours from the journey's beginning (1, 7, 14, 30, 60, 90, 180 or 365 days); days whose journeys have not had as long are provisional.",
    "A journey begins when its customer enters a stage, whichever, for the first time. It goes on until its customer has been through the first stage and the last, in whatever order, and enters the first one again, which begins another. A stage that is entered again counts once a journey. Who is won before the first contact is on one journey.",
    "Convention entered counts who entered a stage. Convention reached counts who entered it or a later one: who skipped a stage, or was seen there later, has passed it.",
    "Conventions customers-entered and customers-reached count customers instead of journeys: each once, on the day on which its first journey began, with all stages that it came to on any journey.",
    "A workspace can name further funnels, each with stages of its own (funnels): ask for funnel=<name>. A stage that several funnels have counts in each.",
    "Without within= a change is only judged once the period's journeys have had 30 days, or as long as the 90th percentiles of all steps take together.",
    "The median time is from the first entry into a stage to the first entry into the next (to 1 %, from a sketch), over all journeys that entered both in this order, however long they took.",
    "The components have every stage (“reached …”: how many came to it by the convention), and from the second on “conversionPercent …” with “conversionLow …” and “conversionHigh …”, “dropOff …”, “dropOffPercent …” and “medianSeconds …”, each from the stage before.",
    "Surveys beside it show where the pain is: send responses with the dimension stage or touchpoint, and ask nps, csat or ces with groupBy=stage.",
  ],
  references: [
    {
      title:
        "Lemon & Verhoef 2016, Understanding Customer Experience Throughout the Customer Journey, Journal of Marketing 80(6), 69–96",
      url: "https://doi.org/10.1509/jm.15.0420",
    },
    { title: "Court, Elzinga, Mulder & Vetvik 2009, The Consumer Decision Journey, McKinsey Quarterly 3" },
  ],
  conventions: ["entered", "reached", "customers-entered", "customers-reached"],
  takes: ["funnel", "within"],
  settlesAfterDays: ({ withinDays }) => withinDays ?? 0,
  family: "journey-funnel",
  countsFrom: ["customer"],
  facts: ["stage.entered"],
  counters: [
    "journeys:",
    "entered:",
    "skipped:",
    "inferred:",
    "seconds:",
    "repeatedJourneys:",
    "repeatedEntered:",
    "repeatedSkipped:",
    "repeatedInferred:",
    "repeatedSeconds:",
  ],
  exampleCell: "consideration",
  increments: {
    "journey-begun": ({ funnel, stages }) => {
      const { entered, skipped, inferred, seconds } = cellsOfJourney(funnel, stages);
      return {
        [`journeys:${funnel}`]: 1,
        ...named("entered:", entered),
        ...named("skipped:", skipped),
        ...named("inferred:", inferred),
        ...named("seconds:", seconds),
      };
    },
    "journey-repeated": ({ funnel, stages, weight }) => {
      const { entered, skipped, inferred, seconds } = cellsOfJourney(funnel, stages);
      return {
        [`repeatedJourneys:${funnel}`]: weight,
        ...named("repeatedEntered:", entered, weight),
        ...named("repeatedSkipped:", skipped, weight),
        ...named("repeatedInferred:", inferred, weight),
        ...named("repeatedSeconds:", seconds, weight),
      };
    },
  },
  compute(period, settings) {
    const { n, stages } = funnelOf(period, settings);
    const components: Record<string, number | null> = { journeys: n };
    for (const [index, stage] of stages.entries()) {
      components[`reached ${stage.name}`] = stage.reached;
      const before = stages[index - 1];
      if (before) Object.assign(components, stepOf(stage, before));
    }
    // While journeys are being counted again for other stages, the two do not belong together.
    const last = Math.min(stages.at(-1)?.reached ?? 0, n);
    return {
      ...percentageOf(last, n),
      ...{ n, components, method: settings.convention },
      ...(settings.withinDays === null ? { maturesAfterDays: daysOfWay(stages) } : {}),
      sample: { kind: "proportion", successes: last, n },
    };
  },
});

const secondsPerDay = 86_400;

/** At least so many days a journey has before its conversion is compared: the usual window in which conversions are counted. */
const minDaysOfWay = 30;

/** How many days the whole way takes nine of ten who go it: the sum of the 90th percentiles of its steps. */
function daysOfWay(stages: readonly StageCount[]): number {
  const seconds = stages.reduce((sum, stage) => sum + (quantileOf(stage.seconds, 0.9) ?? 0), 0);
  return Math.max(minDaysOfWay, Math.ceil(seconds / secondsPerDay));
}

/** Names of cells with their counter before them. */
function named<Prefix extends string>(
  prefix: Prefix,
  cells: Readonly<Record<string, number>>,
  weight: 1 | -1 = 1,
): Record<`${Prefix}${string}`, number> {
  const entries = Object.entries(cells).map(([cell, amount]) => [`${prefix}${cell}`, weight * amount]);
  return Object.fromEntries(entries);
}

type FunnelPrefix = "journeys:" | "entered:" | "skipped:" | "inferred:" | "seconds:";
type RepeatedPrefix = `repeated${Capitalize<FunnelPrefix>}`;
type FunnelPeriod = Period<string, FunnelPrefix | RepeatedPrefix>;

/** How many came to a stage, by the convention. */
interface StageCount {
  readonly name: string;
  readonly reached: number;
  /** How many of them had been at the stage before. */
  readonly fromBefore: number;
  /** Seconds since the stage before, as cells. */
  readonly seconds: Cells;
}

function funnelOf(
  period: FunnelPeriod,
  { convention, journeyStages, funnel, withinDays }: MetricSettings,
): { readonly n: number; readonly stages: readonly StageCount[] } {
  const isCustomers = convention.startsWith("customers-");
  const isReached = convention.endsWith("reached");
  const cells = (prefix: FunnelPrefix, repeated: RepeatedPrefix) =>
    isCustomers ? addCells(period.cells(prefix), period.cells(repeated)) : period.cells(prefix);
  const entered = cells("entered:", "repeatedEntered:");
  const skipped = cells("skipped:", "repeatedSkipped:");
  const inferred = cells("inferred:", "repeatedInferred:");
  const seconds = cells("seconds:", "repeatedSeconds:");
  const n = Number(cells("journeys:", "repeatedJourneys:").get(funnel) ?? 0n);
  const stages = journeyStages.map((name) => {
    const prefix = stagePrefix(funnel, name);
    const within = (all: Cells) => sumWithin(cellsOfStage(all, prefix), withinDays);
    const own = within(entered);
    const reached = isReached ? own + within(inferred) : own;
    return {
      ...{ name, reached: Math.max(0, reached) },
      fromBefore: isReached ? reached : own + within(skipped),
      seconds: cellsOfStage(seconds, prefix),
    };
  });
  return { n: Math.max(0, n), stages };
}

/** From one stage to the next. */
function stepOf(
  { name, fromBefore, seconds }: StageCount,
  { reached: before }: StageCount,
): Record<string, number | null> {
  const converted = Math.min(Math.max(0, fromBefore), before);
  const { value, low, high } = percentageOf(converted, before);
  return {
    [`conversionPercent ${name}`]: value,
    [`conversionLow ${name}`]: low,
    [`conversionHigh ${name}`]: high,
    [`dropOff ${name}`]: before - converted,
    [`dropOffPercent ${name}`]: value === null ? null : 100 - value,
    [`medianSeconds ${name}`]: quantileOf(seconds, 0.5),
  };
}
