import { expect, it } from "vitest";
import { surveyScales } from "../../../lib/facts/responses.ts";
import { scoreGroups } from "../../../lib/metrics/score-groups.ts";

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
  "ces 1-7": "hhh0eee",
  "ces effort-1-5": "ee0hh",
  "esat 1-10": "-----00+++",
};

const letters: Readonly<Record<string, string>> = {
  ...{ detractors: "d", passives: "p", promoters: "P", dissatisfied: "-", satisfied: "+" },
  ...{ difficult: "h", neutral: "0", easy: "e" },
};

it.each(scales)(
  "each score of $survey on $scale is in the group of its metric",
  ({ survey, scale, from, to }) => {
    const { names, of } = scoreGroups[survey as keyof typeof scoreGroups];
    const groups = Array.from({ length: to - from + 1 }, (_, index) => of(scale, from + index));
    expect(groups.map((group) => letters[group]).join("")).toBe(expected[`${survey} ${scale}`]);
    for (const group of groups) expect(names).toContain(group);
  },
);
