import { defineMetric } from "./metric.ts";
import type { Cells } from "./period.ts";
import { percentageOf } from "./statistics/proportion.ts";
import { quantileOf, sketchCell } from "./statistics/sketch.ts";

/** Journey funnel. */
export const journeyFunnel = defineMetric({
  id: "journey-funnel",
  name: "Journey funnel",
  area: "journey",
  description:
    "How many of the journeys that began reached each stage, and how many the last one: awareness, consideration, decision, retention and advocacy, unless the workspace names its own.",
  formula:
    "100·journeys that reached the last stage/journeys begun; between stages 100·reached the stage/reached the one before",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval, of the whole way and of each step.",
  notes: [
    "A journey counts on the day on which it began, and with it every stage that it has reached since: so no conversion passes 100 %, and the numbers of a past day still rise while its journeys go on. Compare periods that had as long to go on.",
    "A journey begins when its customer enters a stage, whichever, for the first time. It goes on until its customer has reached the last stage and enters the first one again, which begins another. A stage that is entered again counts once a journey.",
    "A stage is reached by who entered it or a later one: who skipped a stage, or was seen there later, has passed it.",
    "The median time is from the first entry into a stage to the first entry into the next (to 1 %, from a sketch), over the journeys that entered both in this order.",
    "The components have every stage (“reached …”), and from the second on “conversionPercent …” with “conversionLow …” and “conversionHigh …”, “dropOff …” (journeys), “dropOffPercent …” and “medianSeconds …”, each from the stage before.",
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
  family: "journey-funnel",
  countsFrom: ["customer"],
  facts: ["stage.entered"],
  counters: ["journeys", "reached:", "seconds:"],
  exampleCell: "consideration",
  increments(occurrence) {
    if (occurrence.kind !== "journey-begun") return undefined;
    const { reached, seconds } = occurrence;
    return {
      journeys: 1,
      ...Object.fromEntries(reached.map((stage) => [`reached:${stage}`, 1])),
      ...Object.fromEntries(
        Object.entries(seconds).map(([stage, taken]) => [`seconds:${stage}:${sketchCell(taken)}`, 1]),
      ),
    };
  },
  compute(period, { journeyStages }) {
    const n = period.count("journeys");
    const cells = period.cells("reached:");
    const seconds = period.cells("seconds:");
    const stages = journeyStages.map((name) => ({ name, reached: Number(cells.get(name) ?? 0n) }));
    const components: Record<string, number | null> = { journeys: n };
    for (const [index, { name, reached }] of stages.entries()) {
      components[`reached ${name}`] = reached;
      const before = stages[index - 1];
      if (before) Object.assign(components, stepOf(name, reached, before.reached, seconds));
    }
    const last = stages.at(-1)?.reached ?? 0;
    return {
      ...percentageOf(last, n),
      n,
      components,
      sample: { kind: "proportion", successes: last, n },
    };
  },
});

/** From one stage to the next. */
function stepOf(
  name: string,
  reached: number,
  before: number,
  seconds: Cells,
): Record<string, number | null> {
  // While journeys are being counted again for other stages, the two do not belong together.
  const { value, low, high } = percentageOf(Math.min(reached, before), before);
  const own = [...seconds].filter(([cell]) => cell.startsWith(`${name}:`));
  return {
    [`conversionPercent ${name}`]: value,
    [`conversionLow ${name}`]: low,
    [`conversionHigh ${name}`]: high,
    [`dropOff ${name}`]: before - reached,
    [`dropOffPercent ${name}`]: value === null ? null : 100 - value,
    [`medianSeconds ${name}`]: quantileOf(
      new Map(own.map(([cell, count]) => [cell.slice(name.length + 1), count])),
      0.5,
    ),
  };
}
