import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { pageFunction, pageRoutes } from "../page-routes.ts";
import { type Method, needsKey, type Route, routeKey } from "../route.ts";
import { authorizerFunction, fallbackFunction, routes } from "../routes.ts";
import { countFailedRequests } from "./failures.ts";
import type { Functions } from "./functions.ts";
import { constructId } from "./names.ts";
import type { Settings } from "./settings.ts";

export interface ApiProps {
  readonly functions: Functions;
  readonly settings: Settings;
}

const methods: Readonly<Record<Method, HttpMethod>> = {
  GET: HttpMethod.GET,
  HEAD: HttpMethod.HEAD,
  POST: HttpMethod.POST,
  PATCH: HttpMethod.PATCH,
  PUT: HttpMethod.PUT,
  DELETE: HttpMethod.DELETE,
};

/** Why a route asks no authorizer. */
const openReasons: Partial<Readonly<Record<Route["scope"], string>>> = {
  public: "Public by design: it says nothing about any workspace.",
  address:
    "Providers of webhooks cannot send a key: its function asks for the address of a source and a signature.",
};

/** The HTTP API with the routes of the route table. */
export class Api extends Construct {
  readonly api: HttpApi;
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The target of the DNS record of a custom domain; undefined without one. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { functions, settings }: ApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Http", {
      apiName: Stack.of(this).stackName,
      description: "Facts in, customer-experience metrics out",
      createDefaultStage: false,
      // Else whoever knows AWS's name for the API gets past what stands in front of one's own.
      disableExecuteApiEndpoint: settings.domain !== undefined,
    });
    const domain = this.#addDomain(settings);
    this.url = settings.domain ? `https://${settings.domain.name}` : this.api.apiEndpoint;
    this.domainTarget = domain?.regionalDomainName;
    this.#addStage(settings, domain);
    this.#addRoutes(functions);
  }

  #addDomain({ domain }: Settings): DomainName | undefined {
    if (!domain) return undefined;
    return new DomainName(this, "Domain", {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
    });
  }

  #addStage({ throttleRate, throttleBurst }: Settings, domainName: DomainName | undefined): void {
    const log = new LogGroup(this, "AccessLog", {
      // Under this prefix API Gateway needs no entry for the group in the account's one, short policy for logs.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    countFailedRequests(log, log);
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      ...(domainName ? { domainMapping: { domainName } } : {}),
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: throttleRate, burstLimit: throttleBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  #addRoutes(functions: Functions): void {
    const handler = functions.named(authorizerFunction).invoked;
    const authorizer = new HttpLambdaAuthorizer("Authorizer", handler, {
      authorizerName: authorizerFunction,
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // The route is part of the cache's key because the answer to a simple response holds for one route only.
      identitySource: ["$request.header.Authorization", "$context.routeKey"],
      resultsCacheTtl: Duration.seconds(60),
    });
    const integrations = new Map<string, HttpLambdaIntegration>();
    const integrationOf = (name: string): HttpLambdaIntegration => {
      const known = integrations.get(name);
      if (known) return known;
      const added = new HttpLambdaIntegration(constructId(name), functions.named(name).invoked, {
        // One permission a function, not one a route: a stack has room for 500 resources. Which routes lead to it, the API says. The route of all that
        // is unmatched has no path, which the permission for all paths leaves out.
        scopePermissionToRoute: name === fallbackFunction,
      });
      integrations.set(name, added);
      return added;
    };
    for (const route of routes) {
      const isOpen = !needsKey(route);
      const added = this.#addRoute(
        constructId(routeKey(route)),
        HttpRouteKey.with(route.path, methods[route.method]),
        integrationOf(route.function),
        isOpen ? new HttpNoneAuthorizer() : authorizer,
      );
      if (isOpen) acknowledgeOpen(added, openReasons[route.scope] ?? "");
    }
    for (const { method, path, function: name = pageFunction } of pageRoutes) {
      const key = `${method} ${path}`;
      const routeId = constructId(path === "/" ? `${method} /overview` : key);
      const page = integrationOf(name);
      const added = this.#addRoute(
        routeId,
        HttpRouteKey.with(path, methods[method]),
        page,
        new HttpNoneAuthorizer(),
      );
      acknowledgeOpen(
        added,
        "A page: its function asks for a session itself, so that it can show where to sign in.",
      );
    }
    const fallback = this.#addRoute(
      "Unmatched",
      HttpRouteKey.DEFAULT,
      integrationOf(fallbackFunction),
      new HttpNoneAuthorizer(),
    );
    acknowledgeOpen(fallback, "Answers 404 and 405 to requests that no route matches; it reads nothing.");
  }

  #addRoute(
    id: string,
    key: HttpRouteKey,
    integration: HttpLambdaIntegration,
    authorizer: IHttpRouteAuthorizer,
  ): HttpRoute {
    return new HttpRoute(this, id, { httpApi: this.api, routeKey: key, integration, authorizer });
  }
}

/**
 * Of the variables that HTTP APIs have (API Gateway's guide, "Customize HTTP API access logs"); one of REST APIs only
 * would show `-` for ever. Neither paths nor addresses nor headers: they
 * hold the ids of customers, and keys.
 */
const accessLogFields = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  routeKey: "$context.routeKey",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  /** The status that the function answered; `-` where it answered nothing. */
  functionStatus: "$context.integration.status",
  /** The status that Lambda answered to the gateway. */
  integrationStatus: "$context.integration.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  errorType: "$context.error.responseType",
};

function acknowledgeOpen(route: HttpRoute, reason: string): void {
  Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason });
}
