import { defineMetric } from "./metric.ts";
import { percentageOf } from "./statistics/proportion.ts";

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

export const surveyResponseRate = defineMetric({
  id: "survey-response-rate",
  name: "Survey response rate",
  area: "survey",
  description: "The share of the invitations to surveys that were answered.",
  formula: "100·invitations answered/invitations sent",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "The cohort is the invitations that were sent in the interval: an answer counts on the day on which its invitation was sent, once however many answers there are, so the rate never passes 100 %.",
    "An invitation is answered by a response that names its invitationId, given not before the sending and up to the workspace's responseCutOffDays (14 unless set) after the day of sending, that one included. The first later answer counts as answeredLate, an earlier one not at all.",
    "An invitation that is sent again under the same invitationId is one invitation, sent for the first time.",
    "Days whose invitations can still be answered are provisional.",
    "hour00 to hour23 are the hours of the workspace's day in which the answers in time were given. With groupBy=hour, surveyId or a dimension the invitations are grouped, by when and with what they were sent.",
    "A response that was taken out of the counts answers no invitation.",
    "External surveys commonly get answers to 10–15 % of their invitations.",
  ],
  references: [
    {
      title: "SurveyGizmo, Survey Response Rates (10–15 % for external surveys)",
      url: "http://www.surveygizmo.com/survey-blog/survey-response-rates/",
    },
    { title: "AAPOR 2023, Standard Definitions, 10th edition: response rates" },
  ],
  benchmarks: [
    {
      ...{ low: 10, high: 15, of: "surveys of people outside the business" },
      source: "SurveyGizmo, Survey Response Rates (10–15 % for external surveys)",
    },
  ],
  family: "survey-response-rate",
  countsFrom: ["invitation"],
  settlesAfterDays: ({ responseCutOffDays }) => responseCutOffDays,
  facts: [
    "invitation.sent",
    "response:nps",
    "response:csat",
    "response:ces",
    "response:esat",
    "response:task-completion",
    "response:visitor-intent",
  ],
  counters: ["sent", "answered", "answeredLate", "hour:"],
  exampleCell: "13",
  increments: {
    "invitation-sent": (occurrence) => {
      const { answer, hour } = occurrence;
      if (answer === "none") return { sent: 1 };
      return answer === "late" ? { sent: 1, answeredLate: 1 } : { sent: 1, answered: 1, [`hour:${hour}`]: 1 };
    },
  },
  compute(period) {
    const sent = period.count("sent");
    const answered = period.count("answered");
    const byHour = period.cells("hour:");
    return {
      ...percentageOf(answered, sent),
      n: sent,
      components: {
        sent,
        answered,
        answeredLate: period.count("answeredLate"),
        ...Object.fromEntries(hours.map((hour) => [`hour${hour}`, Number(byHour.get(hour) ?? 0n)])),
      },
      sample: { kind: "proportion", successes: answered, n: sent },
    };
  },
});
