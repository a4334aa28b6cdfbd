import { surveyNames } from "../facts/responses.ts";
import { ces } from "./ces.ts";
import { csat } from "./csat.ts";
import { esat } from "./esat.ts";
import { feedbackPart } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
import { nps } from "./nps.ts";
import { percentageOf } from "./statistics/proportion.ts";
import { taskCompletion } from "./task-completion.ts";
import { visitorIntent } from "./visitor-intent.ts";

/** Feedback comments. */
export const feedbackVolume = defineMetric({
  id: "feedback-volume",
  name: "Feedback comments",
  area: "survey",
  description: "How many survey responses came with a comment: the why behind the scores.",
  formula: "responses with a comment; share = 100·responses with a comment/responses",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None of the count. The share's is a Wilson score interval, among the components.",
  notes: [
    "Responses to all surveys are counted, and those to each survey beside.",
    "A comment that has been erased with its person stays counted.",
  ],
  references: [
    { title: "Reichheld & Markey 2011, The Ultimate Question 2.0: ask for the primary reason for the score" },
    {
      title:
        "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 209–212",
      url: "https://doi.org/10.1080/01621459.1927.10502953",
    },
  ],
  family: "nps",
  counters: [],
  uses: [
    feedbackPart(nps, "nps"),
    feedbackPart(csat, "csat"),
    feedbackPart(ces, "ces"),
    feedbackPart(esat, "esat"),
    feedbackPart(taskCompletion, "task-completion"),
    feedbackPart(visitorIntent, "visitor-intent"),
  ],
  compute(period) {
    const surveys = surveyNames.map((survey) => ({
      survey,
      comments: period.count(`${survey}-comments`),
      responses: period.count(`${survey}-responses`),
    }));
    const comments = surveys.reduce((sum, survey) => sum + survey.comments, 0);
    const responses = surveys.reduce((sum, survey) => sum + survey.responses, 0);
    const share = percentageOf(comments, responses);
    return {
      value: comments,
      sample: {
        kind: "process",
        daily: () => {
          const bySurvey = surveyNames.map((survey) => period.daily(`${survey}-comments`));
          return (bySurvey[0] ?? []).map((_, day) =>
            bySurvey.reduce((sum, days) => sum + (days[day] ?? 0), 0),
          );
        },
        isCount: true,
      },
      low: null,
      high: null,
      n: responses,
      components: {
        comments,
        responses,
        sharePercent: share.value,
        shareLow: share.low,
        shareHigh: share.high,
        ...Object.fromEntries(
          surveys.flatMap((of) => [
            [`comments ${of.survey}`, of.comments],
            [`responses ${of.survey}`, of.responses],
          ]),
        ),
      },
    };
  },
});
