import type { Operation } from "../../openapi/operation.ts";
import { healthSchema, openApiSchema } from "./answers.ts";

/** OpenAPI operations of the service itself. */

/** By route key. */
export const serviceOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/openapi.json": {
    operationId: "getOpenApi",
    tag: "Service",
    summary: "This document",
    description: "Made from the schemas by which requests are validated.",
    answers: {
      200: {
        description: "OpenAPI 3.1",
        schema: openApiSchema,
        examples: {
          beginning: {
            summary: "How it begins",
            value: { openapi: "3.1.1", info: { title: "cx-metrics", version: "0.1.0" } },
          },
        },
      },
    },
    problems: [429, 500, 503],
  },
  "GET /v1/health": {
    operationId: "getHealth",
    tag: "Service",
    summary: "Whether the service and its table answer",
    description: "Reads one item from the table, so that a monitor sees whether requests would succeed.",
    answers: {
      200: {
        description: "All is well",
        schema: healthSchema,
        examples: { ok: { summary: "All is well", value: { status: "ok" } } },
      },
    },
    problems: [429, 500, 503],
  },
};
