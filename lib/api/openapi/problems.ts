import { gatewayErrorSchema, problemSchema } from "./answers.ts";

/** The error answers of the document. */

interface ProblemText {
  readonly description: string;
  /** An example's title and detail, where a function of ours answers it. */
  readonly example?: readonly [title: string, detail: string];
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  /** The text that API Gateway itself answers with this status. */
  readonly gateway?: string;
  readonly headers?: Readonly<Record<string, { description: string; example: string }>>;
}

const texts: Readonly<Record<number, ProblemText>> = {
  400: {
    description: "Malformed JSON, or parameters that are wrong or unknown: each is named",
    example: ["Bad request", "the parameters are invalid"],
    errors: [{ pointer: "/from", detail: "must be a day that exists, YYYY-MM-DD" }],
  },
  401: {
    description: "The key is missing, unknown, expired or revoked",
    example: ["Not authenticated", "the key is unknown, expired or revoked"],
    gateway: "Unauthorized",
    headers: { "www-authenticate": { description: "How to authenticate", example: "Bearer" } },
  },
  403: {
    description: "The key lacks the scope, or may not be used from this web origin",
    example: ["Not allowed", "this needs a key with the scope admin"],
  },
  404: { description: "Not found", example: ["Not found", "there is nothing with this id"] },
  409: { description: "Conflict", example: ["Conflict", "it is not possible as things are"] },
  413: {
    description: "The body is larger than 1 MB",
    example: ["Body too large", "the body has 2097152 bytes, at most 1048576 are taken"],
    gateway: "Request Entity Too Large",
  },
  415: {
    description: "The body is not JSON",
    example: ["Unsupported media type", "the body must be JSON: send Content-Type: application/json"],
  },
  422: {
    description: "Well-formed but invalid: each field that is wrong is named. Nothing changed",
    example: ["Invalid content", "the body is invalid"],
    errors: [{ pointer: "/to", detail: "must not be before from" }],
  },
  429: {
    description:
      "More requests than the key may make in ten seconds (`Retry-After` says when it may again), or than the deployment takes (try again in a second or two)",
    example: ["Too many requests", "this key has made more requests than it may; nothing was done"],
    gateway: "Too Many Requests",
    headers: {
      "retry-after": { description: "Seconds after which the key may make requests again", example: "7" },
    },
  },
  500: {
    description: "Something went wrong in the service. Sending the same request again is safe",
    example: ["Internal error", "something went wrong here; sending the same request again is safe"],
    gateway: "Internal Server Error",
  },
  503: {
    description: "The store is unavailable for the moment. Sending the same request again is safe",
    example: [
      "Temporarily unavailable",
      "the store is unavailable for the moment: sending the same request again is safe",
    ],
    gateway: "Service Unavailable",
    headers: { "retry-after": { description: "Seconds to wait", example: "2" } },
  },
};

/**
 * The error answer of a status.
 * @param meaning what it means for this operation, where that is more than everywhere; also the example's detail
 * @throws Error for a status that has no text
 */
export function problemAnswer(status: number, meaning?: string): object {
  const text = texts[status];
  if (!text) throw new Error(`No text says what status ${status} means`);
  const { description, example, errors, gateway, headers } = text;
  const [title, detail] = example ?? [];
  const problem = {
    type: "about:blank",
    title,
    status,
    detail: meaning ?? detail,
    requestId: "CZqWqtCb6SrPJHo=",
    ...(errors ? { errors } : {}),
  };
  return {
    description: meaning === undefined ? description : `${description}: ${meaning}`,
    ...(headers ? { headers: Object.fromEntries(Object.entries(headers).map(headerOf)) } : {}),
    content: {
      ...(example ? { "application/problem+json": { schema: problemSchema, example: problem } } : {}),
      ...(gateway === undefined
        ? {}
        : { "application/json": { schema: gatewayErrorSchema, example: { message: gateway } } }),
    },
  };
}

function headerOf([name, { description, example }]: [string, { description: string; example: string }]) {
  return [name, { description, schema: { type: "string" }, example }] as const;
}
