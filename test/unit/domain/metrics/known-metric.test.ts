import { expect, it } from "vitest";
import { z } from "zod";
import { namesMetric, unknownMetric } from "../../../../lib/domain/metrics/known-metric.ts";

const body = z.object({ metric: z.string(), target: z.number() }).refine(namesMetric, unknownMetric);

function errorsOf(sent: unknown) {
  const { error } = body.safeParse(sent);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

const unknown = "metric: is not the id of a metric: GET /v1/metrics lists them";

it("a body may name any metric of the registry, and no other", () => {
  expect(errorsOf({ metric: "nps", target: 1 })).toEqual([]);
  expect(errorsOf({ metric: "nps2", target: 1 })).toEqual([unknown]);
});

it("an unknown metric is told beside other errors, and one that is no text only as that", () => {
  expect(errorsOf({ metric: "nps2", target: "high" })).toEqual([expect.stringMatching(/^target: /), unknown]);
  expect(errorsOf({ metric: 7, target: 1 })).toEqual([expect.stringMatching(/^metric: .*string/)]);
  expect(errorsOf({ target: 1 })).toHaveLength(1);
  expect(errorsOf(null)).toHaveLength(1);
  expect(errorsOf("nps")).toHaveLength(1);
});
