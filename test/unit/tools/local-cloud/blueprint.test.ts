import { describe, expect, it } from "vitest";
import type { Assembly, TemplateResource } from "../../../../lib/tools/local-cloud/template/assembly.ts";
import { readBlueprint } from "../../../../lib/tools/local-cloud/template/blueprint.ts";

const endpoints = { gateway: "http://127.0.0.1:1", api: "http://127.0.0.1:2" };

function resource(logicalId: string, type: string, properties: object = {}, path?: string): TemplateResource {
  return { logicalId, type, properties: { ...properties }, path };
}

const base: readonly TemplateResource[] = [
  resource("Api", "AWS::ApiGatewayV2::Api", { ProtocolType: "HTTP" }),
  resource("Stage", "AWS::ApiGatewayV2::Stage", { StageName: "$default" }),
];

function read(...resources: TemplateResource[]) {
  const assembly: Assembly = {
    stackName: "App",
    resources: [...base, ...resources],
    parameters: new Map(),
    assets: new Map([["hash.zip", "/bundles/hash"]]),
  };
  return readBlueprint(assembly, endpoints);
}

const code = { Code: { S3Bucket: "assets", S3Key: "hash.zip" }, Runtime: "nodejs24.x" };

describe("what the local cloud reads from a template", () => {
  it("gives functions the defaults of Lambda and their environment with references resolved", () => {
    const { functions } = read(
      resource("Work1", "AWS::Lambda::Function", {
        ...code,
        Environment: { Variables: { QUEUE: { Ref: "Q" }, SIZE: 7 } },
      }),
      resource("Q", "AWS::SQS::Queue", { QueueName: "jobs" }),
    );
    expect(functions).toMatchObject([
      {
        codeDirectory: "/bundles/hash",
        handler: "index.handler",
        timeoutSeconds: 3,
        memoryMegabytes: 128,
        environment: { QUEUE: "http://127.0.0.1:1/000000000000/jobs", SIZE: "7" },
      },
    ]);
  });

  it("names functions by the telling part of their path in the app", () => {
    const { functions } = read(
      resource("F1", "AWS::Lambda::Function", code, "App/Functions/RecordResponses/Resource"),
      resource("F2", "AWS::Lambda::Function", code, "App/Functions/ReadMetrics/Resource"),
    );
    expect(functions.map(({ name }) => name)).toEqual(["record-responses", "read-metrics"]);
  });

  it("finds the function behind an alias of a schedule's target", () => {
    const arn = { "Fn::GetAtt": ["F1", "Arn"] };
    const { functions, schedules } = read(
      resource("F1", "AWS::Lambda::Function", code),
      resource("S1", "AWS::Scheduler::Schedule", {
        ScheduleExpression: "rate(1 hour)",
        Target: { Arn: { "Fn::Join": [":", [arn, "live"]] } },
      }),
    );
    expect(schedules).toMatchObject([{ functionArn: functions[0]?.arn, timeZone: "UTC", enabled: true }]);
  });
});

describe("what the local cloud does not emulate is refused by name and not left out silently", () => {
  it.each([
    ["a resource type", resource("Bus", "AWS::Events::Rule"), "AWS::Events::Rule (Bus)"],
    ["a FIFO queue", resource("Q", "AWS::SQS::Queue", { FifoQueue: true }), "FIFO queues are not emulated"],
    [
      "an event source that is not a queue",
      resource("M", "AWS::Lambda::EventSourceMapping", {
        EventSourceArn: "arn:aws:kinesis:x",
        FunctionName: "f",
      }),
      "is not a queue",
    ],
    [
      "a schedule that starts something else than a function",
      resource("S", "AWS::Scheduler::Schedule", {
        ScheduleExpression: "rate(1 hour)",
        Target: { Arn: "arn:aws:states:us-east-1:1:stateMachine:x" },
      }),
      "only Lambda functions are emulated",
    ],
    [
      "a route without an integration",
      resource("R", "AWS::ApiGatewayV2::Route", { RouteKey: "GET /x", Target: "integrations/None" }),
      "The route GET /x has no integration",
    ],
    [
      "an integration of another kind",
      resource("I", "AWS::ApiGatewayV2::Integration", { IntegrationType: "HTTP_PROXY" }),
      "only Lambda proxy integrations are emulated",
    ],
    ["a second API", resource("Api2", "AWS::ApiGatewayV2::Api"), "needs exactly one AWS::ApiGatewayV2::Api"],
  ])("%s", (_name, unknown, message) => {
    expect(() => read(unknown)).toThrow(message);
  });
});
