import type { WaitEnded } from "../entities/occurrences/service.ts";
import { durationCell, summariseDurations } from "./durations.ts";
import { defineMetric } from "./metric.ts";
import type { Cells } from "./period.ts";
import { queueAbandonment } from "./queue-abandonment.ts";
import { meanOf } from "./statistics/fraction.ts";
import { percentageOf } from "./statistics/proportion.ts";
import { quantileOf } from "./statistics/sketch.ts";

/** Within how many seconds a call can be asked to have been answered, and within how many it is to be where nothing is asked. */
export const queueTargets = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600] as const;
export const defaultQueueTarget = 20;

/** Time in the queue. */
export const queueTime = defineMetric({
  id: "queue-time",
  name: "Time in the queue",
  area: "service",
  description:
    "How long callers wait until somebody answers, as the mean, and how many are answered in time.",
  formula:
    "sum of seconds waited/calls answered; also 100·calls answered within the target/calls answered or abandoned",
  unit: "seconds",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: "Student's t interval of the mean, not below 0; Wilson score interval of the share in time.",
  notes: [
    "A call counts on the day on which it was queued, in the segments of its queueing, once it was answered or abandoned: by the seconds that call.answered or call.abandoned say, else by the time since its call.queued.",
    `The target is ${defaultQueueTarget} seconds unless another is asked for (target=${queueTargets.join(", ")}): answeredInTime counts the calls answered within it, the bound included, and answeredInTimePercent is their share of all calls that were answered or abandoned.`,
    "abandonedMean and abandonedP50 are how long those waited who hung up. A call that was answered and abandoned is abandoned.",
    "transfersPerCall is over the calls of which it is known how often the caller was passed on (transfersKnown); a call counts the most that any of its events says.",
    "Quantiles come from a sketch whose cells add, within 1 % of the exact ones; the means are exact, and so is the share in time.",
  ],
  references: [
    {
      title:
        "Gans, Koole & Mandelbaum 2003, Telephone Call Centers: Tutorial, Review, and Research Prospects, Manufacturing & Service Operations Management 5(2), 79–141: 80 % within 20 seconds as a common target",
      url: "https://doi.org/10.1287/msom.5.2.79.16071",
    },
    {
      title: "Masson, Rim & Lee 2019, DDSketch, PVLDB 12(12), 2195–2205",
      url: "https://doi.org/10.14778/3352063.3352135",
    },
  ],
  takes: ["target"],
  family: "queue",
  countsFrom: ["call"],
  facts: ["call.queued", "call.answered", "call.abandoned"],
  counters: [
    "answered",
    "answerWait",
    "answerWaitSquares",
    "a:",
    "inTime:",
    "gaveUp",
    "giveUpWait",
    "g:",
    "transfers",
    "transfersKnown",
  ],
  exampleCell: "c420",
  uses: [queueAbandonment],
  increments: {
    "wait-ended": waitCounts,
    "call-transferred": (occurrence) => ({ transfersKnown: 1, transfers: occurrence.times }),
  },
  compute(period, { targetSeconds }) {
    const [n, gaveUp] = [period.count("answered"), period.count("gaveUp")];
    const target = targetSeconds ?? defaultQueueTarget;
    const { mean, bounds, p50, p90, sample } = summariseDurations({
      n,
      sum: period.sum("answerWait"),
      squares: period.sum("answerWaitSquares"),
      cells: period.cells("a:"),
    });
    const inTime = answeredWithin(period.cells("inTime:"), target);
    const share = percentageOf(inTime, n + gaveUp);
    const transfersKnown = period.count("transfersKnown");
    const abandonedMean = meanOf(period.sum("giveUpWait"), gaveUp);
    return {
      ...{ value: mean, ...bounds, n },
      components: {
        ...{ queued: period.count("queued"), answered: n, p50, p90 },
        ...{ targetSeconds: target, answeredInTime: inTime, answeredInTimePercent: share.value },
        ...{ answeredInTimeLow: share.low, answeredInTimeHigh: share.high },
        abandoned: gaveUp,
        abandonedMean: abandonedMean === null ? null : abandonedMean / 1_000,
        abandonedP50: quantileOf(period.cells("g:"), 0.5),
        transfersKnown,
        transfersPerCall: meanOf(period.count("transfers"), transfersKnown),
      },
      sample,
    };
  },
});

function waitCounts({ isAnswered, milliseconds }: WaitEnded) {
  const cell = durationCell(milliseconds);
  if (!isAnswered) return { gaveUp: 1, giveUpWait: milliseconds, [`g:${cell}` as const]: 1 };
  const target = queueTargets.find((seconds) => milliseconds <= seconds * 1_000);
  return {
    answered: 1,
    answerWait: milliseconds,
    answerWaitSquares: BigInt(milliseconds) ** 2n,
    [`a:${cell}` as const]: 1,
    ...(target === undefined ? {} : { [`inTime:${target}` as const]: 1 }),
  };
}

/** How many calls were answered within a target: each is in the cell of the least that it met. */
function answeredWithin(cells: Cells, target: number): number {
  return [...cells].reduce((sum, [met, calls]) => (Number(met) <= target ? sum + Number(calls) : sum), 0);
}
