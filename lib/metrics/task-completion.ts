import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
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
    "Each answer is one attempt: completed or not. Whether it was done in time is asked for beside: inTime counts those who say so among all attempts, timed those who say anything of it.",
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
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:task-completion"],
  counters: [...feedbackCounters("task-completion"), "completed", "timed", "inTime"],
  increments(occurrence) {
    if (occurrence.kind !== "task-tried") return undefined;
    const { completed, inTime } = occurrence;
    return {
      completed: completed ? 1 : 0,
      timed: inTime === undefined ? 0 : 1,
      inTime: inTime ? 1 : 0,
      ...feedbackOf(occurrence),
    };
  },
  compute(period) {
    const attempted = period.count("task-completion-responses");
    const completed = period.count("completed");
    const timed = period.count("timed");
    const inTime = period.count("inTime");
    return {
      ...percentageOf(completed, attempted),
      n: attempted,
      components: {
        completed,
        attempted,
        inTime,
        timed,
        inTimePercent: percentageOf(inTime, timed).value,
      },
      sample: { kind: "proportion", successes: completed, n: attempted },
    };
  },
});
