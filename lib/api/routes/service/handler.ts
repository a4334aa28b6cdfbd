import { defaultWorkspace } from "../../../domain/workspace/settings.ts";
import { readWorkspace } from "../../../store/settings/workspaces.ts";
import { defaultTable } from "../../../store/table/client.ts";
import { openApiDocument } from "../../openapi/document.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { healthSchema, openApiSchema } from "./answers.ts";

/** `GET /v1/openapi.json`. */
export async function describeApi(): Promise<Answer<AnswerOf<typeof openApiSchema>>> {
  const { openapi, ...document } = openApiDocument("/");
  return {
    status: 200,
    body: { openapi, ...document },
    headers: { "cache-control": "public, max-age=300" },
  };
}

/** `GET /v1/health`. */
export async function checkHealth(): Promise<Answer<AnswerOf<typeof healthSchema>>> {
  // Any read will do: it fails when the table does not answer.
  await readWorkspace(defaultTable(), defaultWorkspace);
  return { status: 200, body: { status: "ok" } };
}
