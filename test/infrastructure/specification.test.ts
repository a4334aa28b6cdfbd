import { describe, expect, it } from "vitest";
import * as z from "zod";
import { Specification } from "./specification.ts";
import { synthesize } from "./synthesized.ts";

const specification = new Specification();

const resources = z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() }));

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000";

describe.each([
  ["as it is by default", {}],
  [
    "with every setting",
    {
      ...{ domainName: "metrics.example.com", certificateArn, dashboards: "both", rollout: "linear" },
      ...{ alarmEmail: "somebody@example.com", tags: "team=experience" },
    },
  ],
])("the template %s", (_name, context) => {
  it("has resources, properties and values that CloudFormation's specification knows, and all that it requires", () => {
    const template = synthesize(context);
    const problems = Object.entries(resources.parse(template.json["Resources"])).flatMap(
      ([id, { Type, Properties }]) =>
        specification.problemsOf(Type, Properties).map((problem) => `${id}: ${problem}`),
    );
    expect(problems).toEqual([]);
    expect(specification.looked).toBeGreaterThan(1_000);
  });
});

describe("the specification", () => {
  it("notices a property that is unknown, is missing or has another type", () => {
    const queue = specification.problemsOf("AWS::SQS::Queue", { VisibilityTimeOut: 30, DelaySeconds: "5" });
    expect(queue).toEqual([
      "AWS::SQS::Queue.VisibilityTimeOut is unknown",
      "AWS::SQS::Queue.DelaySeconds is no integer",
    ]);
    expect(specification.problemsOf("AWS::Lambda::Function", {})).toContain(
      "AWS::Lambda::Function.Code is missing",
    );
    expect(specification.problemsOf("AWS::Made::Up", {})).toHaveLength(1);
  });
});
