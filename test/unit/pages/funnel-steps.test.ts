import { expect, it } from "vitest";
import { renderFunnelSteps } from "../../../lib/pages/funnel-steps.ts";
import { entry, lineOf, reportOf, shownOf } from "../report/report.ts";

const components = {
  ...{ journeys: 200, "reached <awareness>": 200, "reached decision": 50 },
  ...{ "conversionPercent decision": 25, "dropOff decision": 150, "medianSeconds decision": 259_200 },
};

it("a funnel is shown step by step, with what came from the step before and how long it took", () => {
  const line = lineOf([25], { total: entry(25, { n: 200, components }) });
  const text = renderFunnelSteps(shownOf("journey-funnel", [line]), reportOf([]))?.text ?? "";
  const rows = text
    .split("<tr>")
    .slice(2)
    .map((row) =>
      row
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    );
  expect(rows).toEqual(["&lt;awareness&gt; 200 – 0 –", "decision 50 25.0 % 150 3 d"]);
  expect(text).toContain('<rect width="25" height="10"/>');
});

it("what is no funnel, or is shown by groups, has no steps", () => {
  expect(renderFunnelSteps(shownOf("nps", [lineOf([1])]), reportOf([]))).toBeUndefined();
  const groups = [lineOf([1], { group: "web", total: entry(25, { components }) })];
  expect(renderFunnelSteps(shownOf("journey-funnel", groups), reportOf([]))).toBeUndefined();
});
