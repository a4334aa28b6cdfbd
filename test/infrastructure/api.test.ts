import { describe, expect, it } from "vitest";
import * as z from "zod";
import { constructId } from "../../lib/infrastructure/names.ts";
import { pageFunction, pageRoutes } from "../../lib/page-routes.ts";
import { needsKey, routeKey } from "../../lib/route.ts";
import { authorizerFunction, fallbackFunction, routes } from "../../lib/routes.ts";
import { accessLogVariables } from "../../lib/tools/local-cloud/http/access-log-variables.ts";
import { lambdaFunction, reference, synthesize, text } from "./synthesized.ts";

const template = synthesize();
const deployed = template.all(
  "AWS::ApiGatewayV2::Route",
  z.looseObject({
    RouteKey: z.string(),
    AuthorizationType: z.string(),
    AuthorizerId: reference.optional(),
    Target: text,
  }),
);
const authorizers = template.all(
  "AWS::ApiGatewayV2::Authorizer",
  z.looseObject({ AuthorizerUri: text, IdentitySource: z.array(z.string()) }),
);
const integrations = template.all(
  "AWS::ApiGatewayV2::Integration",
  z.looseObject({ IntegrationUri: text, PayloadFormatVersion: z.string() }),
);
const permissions = template.all(
  "AWS::Lambda::Permission",
  z.looseObject({ FunctionName: text, SourceArn: text }),
);
const functions = template.all("AWS::Lambda::Function", lambdaFunction);
const [api] = template.all(
  "AWS::ApiGatewayV2::Api",
  z.looseObject({
    CorsConfiguration: z.unknown().optional(),
  }),
);
const [stage] = template.all(
  "AWS::ApiGatewayV2::Stage",
  z.looseObject({
    StageName: z.string(),
    AutoDeploy: z.boolean(),
    DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() }),
    AccessLogSettings: z.object({ DestinationArn: text, Format: z.string() }),
  }),
);

function functionId(name: string): string | undefined {
  return functions.find(({ id }) => id.startsWith(`Functions${constructId(name)}Function`))?.id;
}

/** The logical id of the function that answers a route. */
function answering(key: string): string | undefined {
  const target = deployed.find(({ properties }) => properties.RouteKey === key)?.properties.Target;
  const integration = integrations.find(({ id }) => target === `integrations/\${${id}}`);
  return integration?.properties.IntegrationUri.match(/^\$\{(.+)\.Arn\}$/)?.[1];
}

const pages = pageRoutes.map(({ method, path }) => `${method} ${path}`);

it("the API has the routes of the route table, the pages and the fallback, and no others", () => {
  const keys = deployed.map(({ properties }) => properties.RouteKey);
  expect(keys.sort()).toEqual([...routes.map(routeKey), ...pages, "$default"].sort());
});

describe.each(routes)("$method $path", (route) => {
  const key = routeKey(route);
  const properties = deployed.find((candidate) => candidate.properties.RouteKey === key)?.properties;

  it("is answered by its function, which lets the API invoke it", () => {
    const id = functionId(route.function);
    expect(answering(key)).toBe(id);
    const sources = permissions
      .filter((permission) => permission.properties.FunctionName === `\${${id}.Arn}`)
      .map((permission) => permission.properties.SourceArn);
    expect(sources.filter((source) => source.endsWith(`:\${${api?.id}}/*/*/*`))).toHaveLength(1);
  });

  it(needsKey(route) ? "asks the authorizer" : "asks for no key", () => {
    if (!needsKey(route)) {
      expect(properties?.AuthorizationType).toBe("NONE");
      return;
    }
    expect(properties?.AuthorizationType).toBe("CUSTOM");
    expect(properties?.AuthorizerId?.id).toBe(authorizers[0]?.id);
  });
});

it.each(pageRoutes)(
  "$method $path is served without the authorizer by a function that asks for a session itself",
  ({ method, path, function: name = pageFunction }) => {
    const key = `${method} ${path}`;
    const page = deployed.find(({ properties }) => properties.RouteKey === key);
    expect(page?.properties.AuthorizationType).toBe("NONE");
    expect(answering(key)).toBe(functionId(name));
  },
);

it("requests that no route matches are answered without a key by a function that may read nothing", () => {
  const fallback = deployed.find(({ properties }) => properties.RouteKey === "$default");
  expect(fallback?.properties.AuthorizationType).toBe("NONE");
  expect(answering("$default")).toBe(functionId(fallbackFunction));
});

it("the authorizer's answer is remembered for a minute, apart for each key and route", () => {
  expect(authorizers).toHaveLength(1);
  expect(authorizers[0]?.properties).toMatchObject({
    AuthorizerType: "REQUEST",
    AuthorizerPayloadFormatVersion: "2.0",
    EnableSimpleResponses: true,
    AuthorizerResultTtlInSeconds: 60,
    IdentitySource: ["$request.header.Authorization", "$context.routeKey"],
  });
  expect(authorizers[0]?.properties.AuthorizerUri).toContain(`\${${functionId(authorizerFunction)}.Arn}`);
});

it("functions get requests in payload format 2.0", () => {
  expect(new Set(integrations.map(({ properties }) => properties.PayloadFormatVersion))).toEqual(
    new Set(["2.0"]),
  );
});

it("the stage limits how many requests a second it takes", () => {
  expect(stage?.properties).toMatchObject({
    StageName: "$default",
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 },
  });
});

it("the burst is one that API Gateway takes in every region, of which the smallest have an account limit of 1,250", () => {
  expect(stage?.properties.DefaultRouteSettings.ThrottlingBurstLimit).toBeLessThanOrEqual(1250);
});

it("a deployment can choose the limits", () => {
  const chosen = synthesize({ throttleRate: "50", throttleBurst: 80 }).all(
    "AWS::ApiGatewayV2::Stage",
    z.looseObject({ DefaultRouteSettings: z.unknown() }),
  );
  expect(chosen[0]?.properties.DefaultRouteSettings).toEqual({
    ThrottlingRateLimit: 50,
    ThrottlingBurstLimit: 80,
  });
  expect(() => synthesize({ throttleRate: "fast" })).toThrow("throttleRate must be a whole number above 0");
});

it("the access log is JSON and holds no path, address, header, key or who asked", () => {
  const fields = z
    .record(z.string(), z.string())
    .parse(JSON.parse(stage?.properties.AccessLogSettings.Format ?? ""));
  expect(Object.values(fields)).toContain("$context.routeKey");
  const revealing = /path|identity|sourceIp|userAgent|header|principal|claims|workspace|property|domain/i;
  expect(Object.values(fields).filter((variable) => revealing.test(variable))).toEqual([]);
});

it("the access log uses only variables that HTTP APIs have", () => {
  const used = [...(stage?.properties.AccessLogSettings.Format ?? "").matchAll(/\$context\.([\w.]+)/g)];
  expect(used.length).toBeGreaterThan(0);
  expect(used.map(([, name = ""]) => name).filter((name) => !accessLogVariables.has(name))).toEqual([]);
});

describe("a name of one's own", () => {
  const certificateArn = "arn:aws:acm:eu-central-1:111122223333:certificate/one";
  const named = synthesize({ domainName: "metrics.example.com", certificateArn });
  const apis = z.looseObject({ DisableExecuteApiEndpoint: z.boolean().optional() });
  const outputs = z.record(z.string(), z.looseObject({ Value: z.unknown() }));

  it("leads to the API, which answers under AWS's own name no more", () => {
    const [domain] = named.all(
      "AWS::ApiGatewayV2::DomainName",
      z.looseObject({ DomainName: z.string(), DomainNameConfigurations: z.array(z.unknown()) }),
    );
    expect(domain?.properties.DomainName).toBe("metrics.example.com");
    expect(domain?.properties.DomainNameConfigurations).toEqual([
      expect.objectContaining({ CertificateArn: certificateArn, EndpointType: "REGIONAL" }),
    ]);
    const [mapping] = named.all(
      "AWS::ApiGatewayV2::ApiMapping",
      z.looseObject({ ApiId: reference, DomainName: reference }),
    );
    expect(mapping?.properties.ApiId.id).toBe(api?.id);
    expect(mapping?.properties.DomainName.id).toBe(domain?.id);
    expect(named.all("AWS::ApiGatewayV2::Api", apis)[0]?.properties.DisableExecuteApiEndpoint).toBe(true);
    const { ApiUrl, ApiDomainTarget } = outputs.parse(named.json["Outputs"]);
    expect(ApiUrl?.Value).toBe("https://metrics.example.com");
    expect(ApiDomainTarget?.Value).toEqual({ "Fn::GetAtt": [domain?.id, "RegionalDomainName"] });
  });

  it("is none where the deployment names none: then AWS's name stays", () => {
    expect(template.types).not.toContain("AWS::ApiGatewayV2::DomainName");
    expect(template.all("AWS::ApiGatewayV2::Api", apis)[0]?.properties.DisableExecuteApiEndpoint).not.toBe(
      true,
    );
  });

  it("needs a certificate", () => {
    expect(() => synthesize({ domainName: "metrics.example.com" })).toThrow(
      "domainName needs certificateArn",
    );
    expect(() => synthesize({ certificateArn })).toThrow("certificateArn needs domainName");
  });
});

it("leaves other origins to the functions, which know what each key allows", () => {
  expect(api?.properties).toHaveProperty("ProtocolType", "HTTP");
  expect(api?.properties.CorsConfiguration).toBeUndefined();
});
