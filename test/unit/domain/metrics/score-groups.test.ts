import { expect, it } from "vitest";
import { type ResponseFact, type SurveyName, surveyScales } from "../../../../lib/domain/facts/responses.ts";
import { answerGroupOf, answerGroups } from "../../../../lib/domain/metrics/score-groups.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

const scales = Object.entries(surveyScales).flatMap(([survey, byName]) =>
  Object.entries(byName).map(([scale, [from, to]]) => ({ survey, scale, from, to })),
);

const expected: Readonly<Record<string, string>> = {
  "nps 0-10": "ddddddd pp PP".replaceAll(" ", ""),
  "nps 1-10": "ddddddppPP",
  "csat 1-3": "--+",
  "csat 1-4": "--++",
  "csat 1-5": "---++",
  "csat 1-6": "----++",
  "csat 1-7": "-----++",
  "csat 1-10": "-------+++",
  "csat 0-10": "--------+++",
  "csat 0-5": "----++",
  "ces 1-7": "hhh0eee",
  "ces effort-1-5": "ee0hh",
  "esat 1-10": "-----00+++",
  "esat 1-5": "--0++",
};

const letters: Readonly<Record<string, string>> = {
  ...{ detractors: "d", passives: "p", promoters: "P", dissatisfied: "-", satisfied: "+" },
  ...{ difficult: "h", neutral: "0", easy: "e" },
};

function groupOf(answer: object): string {
  const [placed] = placeFacts([{ occurredAt: "2026-10-10T12:00:00Z", ...answer }]);
  return answerGroupOf(placed?.fact as ResponseFact);
}

it.each(scales)(
  "each score of $survey on $scale is in the group of its metric",
  ({ survey, scale, from, to }) => {
    const groups = Array.from({ length: to - from + 1 }, (_, index) =>
      groupOf({ survey, scale, score: from + index }),
    );
    expect(groups.map((group) => letters[group]).join("")).toBe(expected[`${survey} ${scale}`]);
    for (const group of groups) expect(answerGroups(survey as SurveyName)).toContain(group);
  },
);

it("whether a task was completed makes two groups, and each intent one of its own", () => {
  const tasks = [false, true].map((completed) => groupOf({ survey: "task-completion", completed }));
  expect(tasks).toEqual(answerGroups("task-completion"));
  expect(tasks).toEqual(["not completed", "completed"]);
  expect(groupOf({ survey: "visitor-intent", choice: "Buy" })).toBe("Buy");
  expect(answerGroups("visitor-intent")).toEqual([]);
});
