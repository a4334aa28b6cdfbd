import * as z from "zod";
import { metrics } from "../../../domain/metrics/registry.ts";
import { type DocumentedRoute, renderDocsPage } from "../../../pages/docs-page.ts";
import { routeKey } from "../../../route.ts";
import { routes } from "../../../routes.ts";
import { operations } from "../../openapi/document.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { refuseQuery } from "../../pipeline/parameters.ts";

/** `GET /docs`: every route and every metric, from the tables that the product itself works with. */
export async function showDocumentation({ query, frame }: PageRequest): Promise<TextAnswer> {
  refuseQuery(query);
  return pageAnswer(renderDocsPage({ frame, routes: documentedRoutes(), metrics }));
}

function documentedRoutes(): DocumentedRoute[] {
  return routes.flatMap((route) => {
    const operation = operations[routeKey(route)];
    if (!operation) return [];
    const { summary, description, query, takesFilters } = operation;
    const { method, path, scope } = route;
    return [{ method, path, scope, summary, description, parameters: parametersOf(query, takesFilters) }];
  });
}

function parametersOf(query: z.ZodType | undefined, takesFilters = false): DocumentedRoute["parameters"] {
  const shape = query instanceof z.ZodObject ? query.shape : {};
  const named = Object.entries(shape).map(([name, schema]) => ({
    name,
    description: (schema as z.ZodType).meta()?.description ?? "",
  }));
  const filter = { name: "filter.<dimension>", description: "The value that facts must have" };
  return takesFilters ? [...named, filter] : named;
}
