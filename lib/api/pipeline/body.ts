import type { HttpEvent } from "./http-event.ts";
import type { Middleware } from "./middleware.ts";
import { HttpProblem } from "./problem.ts";

/** Bodies up to 1 MB. */
export const maxBodyBytes = 1_048_576;

const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

/** Parses the JSON body of a request. */
export function parseJson(): Middleware {
  return {
    before: ({ event, context }) => {
      context.body = readJson(event);
    },
  };
}

/**
 * The JSON body of a request, or `undefined` for a method without one.
 * @throws HttpProblem 413, 415 or 400; its detail never quotes the body
 */
function readJson(event: HttpEvent): unknown {
  if (!methodsWithBody.has(event.requestContext.http.method)) return undefined;
  const bytes = bytesOf(event);
  checkType(event.headers["content-type"] ?? "");
  try {
    if (isRepaired(event, bytes)) throw new RangeError("bytes that are not UTF-8");
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpProblem(400, "the body is not well-formed JSON in UTF-8");
  }
}

/**
 * The body of a request as it was sent. Bytes that are not UTF-8 come as U+FFFD where the gateway took the body for text.
 * @throws HttpProblem 413
 */
export function bytesOf({ body = "", isBase64Encoded }: Pick<HttpEvent, "body" | "isBase64Encoded">): Buffer {
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > maxBodyBytes) {
    throw new HttpProblem(413, `the body has ${bytes.length} bytes, at most ${maxBodyBytes} are taken`);
  }
  return bytes;
}

function checkType(header: string): void {
  const [type = "", ...parameters] = header.split(";").map((part) => part.trim().toLowerCase());
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new HttpProblem(415, "the body must be JSON: send Content-Type: application/json");
  }
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && !/^"?(utf-?8|us-ascii)"?$/.test(charset)) {
    throw new HttpProblem(415, "the body must be in UTF-8");
  }
}

/**
 * Whether the gateway put U+FFFD in place of bytes that are not UTF-8, as it does where it hands on a body as text. The
 * length tells these from characters U+FFFD that were sent.
 */
function isRepaired({ headers, body, isBase64Encoded }: HttpEvent, bytes: Buffer): boolean {
  const sent = Number(headers["content-length"] ?? Number.NaN);
  return (
    !isBase64Encoded && Number.isFinite(sent) && sent !== bytes.length && body?.includes("\ufffd") === true
  );
}
