import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
import { noBounds } from "./statistics/bounds.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** Task completion rate. */
export const taskCompletion = defineMetric({
  id: "task-completion",
  name: "Task completion rate",
  area: "survey",
  description: "The share of those who wanted to get something done who say, or were seen, to have done it.",
  formula: "100·completed/attempted",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "Each answer is one attempt: completed or not. Convention in-time = 100·completed in time/attempted: of all attempts, those that failed included, whatever they say of time. inTimePercent is the same beside the other convention.",
    "late counts those who completed and say that it was not in time. Who completed and says nothing of time is not known to have been in time, and a remark says how many they are; where nobody who completed says anything, the share in time is null.",
    "Task completion by intent is with visitor-intent, whose answers are not counted here.",
    "Over about 1,200 usability tests of tasks the mean is 78 %.",
  ],
  references: [
    {
      title: "Sauro 2011, What Is a Good Task-Completion Rate?",
      url: "https://measuringu.com/task-completion/",
    },
    {
      title:
        "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 209–212",
      url: "https://doi.org/10.1080/01621459.1927.10502953",
    },
  ],
  benchmarks: [
    {
      ...{ low: 78, high: 78, of: "about 1,200 usability tests, their mean" },
      source: "Sauro 2011, What Is a Good Task-Completion Rate?",
    },
  ],
  conventions: ["completed", "in-time"],
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:task-completion"],
  counters: [...feedbackCounters("task-completion"), "completed", "inTime", "late"],
  increments: {
    "task-tried": (occurrence) => {
      const { completed, inTime } = occurrence;
      return {
        completed: completed ? 1 : 0,
        inTime: inTime ? 1 : 0,
        late: completed && inTime === false ? 1 : 0,
        ...feedbackOf(occurrence),
      };
    },
  },
  compute(period, { convention }) {
    const attempted = period.count("task-completion-responses");
    const completed = period.count("completed");
    const [inTime, late] = [period.count("inTime"), period.count("late")];
    const unsaid = completed - inTime - late;
    const isKnown = completed === 0 || inTime + late > 0;
    const ofTime = isKnown ? percentageOf(inTime, attempted) : { value: null, ...noBounds };
    const components = { completed, attempted, inTime, late, inTimePercent: ofTime.value };
    const remarks =
      isKnown && unsaid > 0 ? { remarks: [{ id: "remark.unsaidInTime", values: { unsaid } } as const] } : {};
    if (convention === "in-time") {
      return {
        ...ofTime,
        ...{ n: attempted, components, method: convention, ...remarks },
        ...(isKnown ? { sample: { kind: "proportion", successes: inTime, n: attempted } } : {}),
      };
    }
    return {
      ...percentageOf(completed, attempted),
      ...{ n: attempted, components, method: "completed", ...remarks },
      sample: { kind: "proportion", successes: completed, n: attempted },
    };
  },
});
