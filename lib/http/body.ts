import type { HttpEvent } from "./handler.ts";
import { HttpProblem } from "./problem.ts";

/** Bodies up to 1 MB. */
export const mostBodyBytes = 1_048_576;

const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

/**
 * The JSON body of a request, or `undefined` for a method without one.
 * @throws HttpProblem 413, 415 or 400; its detail never quotes the body
 */
export function readJson(event: HttpEvent): unknown {
  if (!methodsWithBody.has(event.requestContext.http.method)) return undefined;
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > mostBodyBytes) {
    throw new HttpProblem(413, `the body has ${bytes.length} bytes, at most ${mostBodyBytes} are taken`);
  }
  const type = (event.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new HttpProblem(415, "the body must be JSON: send Content-Type: application/json");
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpProblem(400, "the body is not well-formed JSON in UTF-8");
  }
}
