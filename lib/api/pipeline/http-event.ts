import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";

/** The event that API Gateway sends (payload format 2.0), with what the authorizer found out. */
export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<
  Readonly<Record<string, unknown>> | undefined
>;
