import { describe, expect, it } from "vitest";
import * as z from "zod";
import { httpFunctions } from "../../lib/routes.ts";
import { backgroundFunctions } from "../../lib/schedules.ts";
import { reference, synthesize, text } from "./synthesized.ts";

const template = synthesize({ rollout: "canary" });
const aliases = template.all("AWS::Lambda::Alias", z.looseObject({ Name: z.string() }));
const groups = template.all(
  "AWS::CodeDeploy::DeploymentGroup",
  z.looseObject({
    DeploymentConfigName: z.string(),
    AlarmConfiguration: z.object({ Enabled: z.boolean(), Alarms: z.array(z.object({ Name: reference })) }),
    AutoRollbackConfiguration: z.object({ Enabled: z.boolean(), Events: z.array(z.string()) }),
  }),
);

it("a new version takes over at once where the deployment does not choose otherwise: nothing is there for it", () => {
  for (const type of ["AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::CodeDeploy::DeploymentGroup"]) {
    expect(synthesize().types).not.toContain(type);
  }
});

it("a rollout that does not exist is refused", () => {
  expect(() => synthesize({ rollout: "slowly" })).toThrow(
    "rollout must be one of all-at-once, canary, linear",
  );
});

describe("a new version that takes over step by step", () => {
  it("does so in each function that answers requests, and in no other", () => {
    const count = Object.keys(httpFunctions).length;
    expect(aliases).toHaveLength(count);
    expect(groups).toHaveLength(count);
    expect(template.all("AWS::Lambda::Function", z.unknown())).toHaveLength(
      count + backgroundFunctions.length,
    );
  });

  it("gets no request past its alias, nor does the authorizer", () => {
    const invoked = [
      ...template
        .all("AWS::ApiGatewayV2::Integration", z.looseObject({ IntegrationUri: text }))
        .map(({ properties }) => properties.IntegrationUri),
      ...template
        .all("AWS::ApiGatewayV2::Authorizer", z.looseObject({ AuthorizerUri: text }))
        .map(({ properties }) => properties.AuthorizerUri),
    ];
    expect(invoked).toHaveLength(Object.keys(httpFunctions).length);
    const known = aliases.map(({ id }) => `\${${id}}`);
    for (const uri of invoked) expect(known.filter((alias) => uri.includes(alias))).toHaveLength(1);
  });

  it("goes back when an alarm of the requests rings, or when the deployment fails or is stopped", () => {
    const names = template
      .all("AWS::CloudWatch::Alarm", z.looseObject({ AlarmName: z.string() }))
      .filter(({ properties }) =>
        ["CxMetrics-api-server-errors", "CxMetrics-request-failures"].includes(properties.AlarmName),
      )
      .map(({ id }) => id);
    expect(names).toHaveLength(2);
    for (const { properties } of groups) {
      expect(properties.AlarmConfiguration.Alarms.map(({ Name }) => Name.id).sort()).toEqual(names.sort());
      expect(properties.AutoRollbackConfiguration.Events.sort()).toEqual([
        "DEPLOYMENT_FAILURE",
        "DEPLOYMENT_STOP_ON_ALARM",
        "DEPLOYMENT_STOP_ON_REQUEST",
      ]);
    }
  });

  it.each([
    ["canary", "CodeDeployDefault.LambdaCanary10Percent15Minutes"],
    ["linear", "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes"],
  ])("%s takes a whole period of those alarms: %s", (rollout, configuration) => {
    const used = synthesize({ rollout }).all(
      "AWS::CodeDeploy::DeploymentGroup",
      z.looseObject({ DeploymentConfigName: z.string() }),
    );
    expect(new Set(used.map(({ properties }) => properties.DeploymentConfigName))).toEqual(
      new Set([configuration]),
    );
  });
});
