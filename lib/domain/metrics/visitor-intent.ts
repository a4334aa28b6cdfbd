import { otherIntents } from "../entities/occurrences/surveys.ts";
import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
import type { Period } from "./period.ts";
import { noBounds } from "./statistics/bounds.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const visitorIntent = defineMetric({
  id: "visitor-intent",
  name: "Visitor intent",
  area: "survey",
  description:
    "What visitors came for: the share of each intent among the answers, and how many of those got it done. The value is the share of the most frequent intent.",
  formula: "100·answers with the intent/answers; the value is the greatest of these shares",
  unit: "percent",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 30,
  interval:
    "Wilson score interval of each share, and of the completion of each intent. The value's is that of the most frequent intent, as if it had been named before.",
  notes: [
    "The components have every intent, the most frequent first: its answers (“answers …”), its share with the interval (“sharePercent …”, “shareLow …”, “shareHigh …”), and, where people said whether they were done, the completed, the asked, and the rate with its interval (“completed …”, “asked …”, “completionPercent …”, “completionLow …”, “completionHigh …”).",
    "An intent is the choice as it was sent, letter by letter. The first 30 of a workspace are counted by name, as far as their names fit 600 bytes together, those that come later as (other): no intent but many, so it comes last, is never the most frequent, and a remark says that there are some.",
    "An answer has one intent; whether it was completed is optional, and the completion of an intent is over the answers that say so.",
    "With groupBy=choice or filter.choice each group has one intent only, and its share is 100 % (none where it counts as (other)): ask without, and read the components.",
    "Where the most frequent intent is another one in the period that it is compared with, the two shares are of different things, and there is no test.",
  ],
  references: [
    {
      title:
        "Kaushik 2007, Web Analytics: An Hour a Day, chapter 6: why visitors come, and whether they were able to complete it",
    },
    {
      title:
        "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 209–212",
      url: "https://doi.org/10.1080/01621459.1927.10502953",
    },
  ],
  family: "csat",
  countsFrom: ["responses"],
  facts: ["response:visitor-intent"],
  counters: [...feedbackCounters("visitor-intent"), "intent:", "asked:", "completed:"],
  exampleCell: "Buy",
  increments: {
    "intent-stated": (occurrence) => {
      const { intent, completed } = occurrence;
      return {
        [`intent:${intent}`]: 1,
        [`asked:${intent}`]: completed === undefined ? 0 : 1,
        [`completed:${intent}`]: completed ? 1 : 0,
        ...feedbackOf(occurrence),
      };
    },
  },
  compute(period) {
    const n = period.count("visitor-intent-responses");
    const intents = intentsOf(period);
    const first = intents.find(({ name }) => name !== otherIntents);
    const others = intents.find(({ name }) => name === otherIntents);
    const components: Record<string, number | string | null> = { mostFrequent: first?.name ?? null };
    for (const { name, answers, asked, completed } of intents) {
      const share = percentageOf(answers, n);
      components[`answers ${name}`] = answers;
      components[`sharePercent ${name}`] = share.value;
      components[`shareLow ${name}`] = share.low;
      components[`shareHigh ${name}`] = share.high;
      if (asked === 0) continue;
      const completion = percentageOf(completed, asked);
      components[`asked ${name}`] = asked;
      components[`completed ${name}`] = completed;
      components[`completionPercent ${name}`] = completion.value;
      components[`completionLow ${name}`] = completion.low;
      components[`completionHigh ${name}`] = completion.high;
    }
    return {
      ...(first ? percentageOf(first.answers, n) : noPercentage),
      n,
      components,
      ...(first ? { sample: { kind: "proportion", of: first.name, successes: first.answers, n } } : {}),
      ...(others
        ? {
            remarks: [
              { id: "remark.intentsTogether", values: { name: others.name, answers: others.answers } },
            ],
          }
        : {}),
    };
  },
});

const noPercentage = { value: null, ...noBounds };

interface Intent {
  readonly name: string;
  readonly answers: number;
  /** How many of them say whether it was completed, and how many that it was. */
  readonly asked: number;
  readonly completed: number;
}

/** The intents of a period, the most frequent first, then by name; what has no name comes last. */
function intentsOf(period: Period<never, "intent:" | "asked:" | "completed:">): Intent[] {
  const [asked, completed] = [period.cells("asked:"), period.cells("completed:")];
  return [...period.cells("intent:")]
    .map(([name, answers]) => ({
      name,
      answers: Number(answers),
      asked: Number(asked.get(name) ?? 0n),
      completed: Number(completed.get(name) ?? 0n),
    }))
    .sort((a, b) => rank(a) - rank(b) || b.answers - a.answers || (a.name < b.name ? -1 : 1));
}

function rank({ name }: Intent): number {
  return name === otherIntents ? 1 : 0;
}
