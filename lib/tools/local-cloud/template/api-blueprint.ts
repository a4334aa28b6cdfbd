import * as z from "zod";
import { LocalCloudError } from "../errors.ts";
import type { TemplateResource } from "./assembly.ts";
import { functionArnIn } from "./function-blueprint.ts";
import type { ReadingContext } from "./reading-context.ts";

/** Requests a second and burst that a route takes; undefined: no limit. */
export interface Throttle {
  readonly ratePerSecond: number | undefined;
  readonly burst: number | undefined;
}

/** Cross-origin settings of an HTTP API. */
export interface CorsBlueprint {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

/** A Lambda authorizer that answers in the simple form. */
export interface AuthorizerBlueprint {
  readonly id: string;
  readonly functionArn: string;
  /** Selection expressions such as `$request.header.Authorization`. */
  readonly identitySources: readonly string[];
  /** How long an answer is remembered; 0: never. */
  readonly cacheSeconds: number;
}

/** A route with its integration. */
export interface RouteBlueprint {
  /** `POST /v1/responses`, `ANY /files/{proxy+}` or `$default`. */
  readonly key: string;
  readonly functionArn: string;
  readonly integrationTimeoutMilliseconds: number;
  readonly authorizer: AuthorizerBlueprint | undefined;
  readonly throttle: Throttle;
}

/** The HTTP API. */
export interface ApiBlueprint {
  readonly id: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly RouteBlueprint[];
  readonly cors: CorsBlueprint | undefined;
  /** The format of the access log's lines, with `$context` variables, where the stage keeps one. */
  readonly accessLogFormat: string | undefined;
}

const strings = z.array(z.string()).default([]);

const apiSchema = z.looseObject({
  ProtocolType: z.literal("HTTP", "only HTTP APIs are emulated").default("HTTP"),
  Body: z.undefined("APIs imported from OpenAPI are not emulated").optional(),
  CorsConfiguration: z
    .object({
      AllowOrigins: strings,
      AllowMethods: strings,
      AllowHeaders: strings,
      ExposeHeaders: strings,
      AllowCredentials: z.boolean().default(false),
      MaxAge: z.number().optional(),
    })
    .optional(),
});

const throttleSchema = z
  .looseObject({ ThrottlingRateLimit: z.number().optional(), ThrottlingBurstLimit: z.number().optional() })
  .default({});

const stageSchema = z.looseObject({
  StageName: z.literal("$default", "only the stage $default is emulated"),
  DefaultRouteSettings: throttleSchema,
  RouteSettings: z.record(z.string(), throttleSchema).default({}),
  StageVariables: z.record(z.string(), z.string()).default({}),
  AccessLogSettings: z.looseObject({ Format: z.string().optional() }).optional(),
});

const routeSchema = z.looseObject({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(["NONE", "CUSTOM"]).default("NONE"),
  AuthorizerId: z.string().optional(),
});

const integrationSchema = z.looseObject({
  IntegrationType: z.literal("AWS_PROXY", "only Lambda proxy integrations are emulated"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0", "only payload format 2.0 is emulated"),
  TimeoutInMillis: z.number().default(30_000),
});

const authorizerSchema = z.looseObject({
  AuthorizerType: z.literal("REQUEST", "only Lambda authorizers are emulated"),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal("2.0", "only payload format 2.0 is emulated"),
  EnableSimpleResponses: z.literal(true, "only simple responses are emulated"),
  AuthorizerResultTtlInSeconds: z.number().default(0),
  IdentitySource: strings,
});

/**
 * Reads the template's HTTP API with its routes, integrations, authorizers and stage.
 * @throws LocalCloudError when there is not exactly one, or when it uses what is not emulated
 */
export function readApi(context: ReadingContext): ApiBlueprint {
  const api = theOnly("AWS::ApiGatewayV2::Api", context);
  const stage = context.properties(theOnly("AWS::ApiGatewayV2::Stage", context), stageSchema);
  const { CorsConfiguration: cors } = context.properties(api, apiSchema);
  const authorizers = byId("AWS::ApiGatewayV2::Authorizer", context, readAuthorizer);
  const integrations = byId("AWS::ApiGatewayV2::Integration", context, readIntegration);

  const routes = context.resources("AWS::ApiGatewayV2::Route").map((resource) => {
    const route = context.properties(resource, routeSchema);
    const integration = integrations.get(route.Target.replace(/^integrations\//, ""));
    if (integration === undefined)
      throw new LocalCloudError(`The route ${route.RouteKey} has no integration`);
    const authorizer = route.AuthorizerId === undefined ? undefined : authorizers.get(route.AuthorizerId);
    if (route.AuthorizationType === "CUSTOM" && authorizer === undefined) {
      throw new LocalCloudError(`The route ${route.RouteKey} has no authorizer`);
    }
    const throttle = { ...stage.DefaultRouteSettings, ...stage.RouteSettings[route.RouteKey] };
    return {
      key: route.RouteKey,
      ...integration,
      authorizer,
      throttle: { ratePerSecond: throttle.ThrottlingRateLimit, burst: throttle.ThrottlingBurstLimit },
    };
  });

  return {
    id: context.names.physical(api),
    stage: stage.StageName,
    stageVariables: stage.StageVariables,
    routes,
    cors: cors && {
      allowOrigins: cors.AllowOrigins,
      allowMethods: cors.AllowMethods,
      allowHeaders: cors.AllowHeaders,
      exposeHeaders: cors.ExposeHeaders,
      allowCredentials: cors.AllowCredentials,
      maxAgeSeconds: cors.MaxAge,
    },
    accessLogFormat: stage.AccessLogSettings?.Format,
  };
}

function theOnly(type: string, context: ReadingContext): TemplateResource {
  const [resource, ...others] = context.resources(type);
  if (resource === undefined || others.length > 0) {
    throw new LocalCloudError(
      `The local cloud needs exactly one ${type}; the template has ${others.length + (resource ? 1 : 0)}`,
    );
  }
  return resource;
}

function byId<Value extends object>(
  type: string,
  context: ReadingContext,
  read: (resource: TemplateResource, context: ReadingContext) => Value,
): ReadonlyMap<string, Value> {
  return new Map(
    context.resources(type).map((resource) => [context.names.physical(resource), read(resource, context)]),
  );
}

function readIntegration(resource: TemplateResource, context: ReadingContext) {
  const integration = context.properties(resource, integrationSchema);
  return {
    functionArn: functionTarget(integration.IntegrationUri, context.names.short(resource)),
    integrationTimeoutMilliseconds: integration.TimeoutInMillis,
  };
}

function readAuthorizer(resource: TemplateResource, context: ReadingContext): AuthorizerBlueprint {
  const authorizer = context.properties(resource, authorizerSchema);
  return {
    id: context.names.physical(resource),
    functionArn: functionTarget(authorizer.AuthorizerUri, context.names.short(resource)),
    identitySources: authorizer.IdentitySource,
    cacheSeconds: authorizer.AuthorizerResultTtlInSeconds,
  };
}

function functionTarget(target: string, where: string): string {
  const arn = functionArnIn(target);
  if (arn === undefined)
    throw new LocalCloudError(`${where} points at ${target}, and only Lambda functions are emulated`);
  return arn;
}
