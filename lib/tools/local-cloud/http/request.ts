import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** A request as API Gateway sees it, before it knows the route. */
export interface GatewayRequest {
  /** API Gateway's id of the request. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly method: string;
  /**
   * Percent-decoded and cut at a question mark: an HTTP API, unlike a REST API, does so before it looks for a route, so
   * that `%2F` separates parts (fastify/aws-lambda-fastify#169) and what follows `%3F` is lost (middleapi/standard-server#93).
   */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case, several values joined by commas. Without `cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly sourceIp: string;
}

/**
 * Reads the head of a request.
 * @returns undefined when the path's percent-encoding is broken
 */
export function readRequest(incoming: IncomingMessage): GatewayRequest | undefined {
  const target = (incoming.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "") || "/";
  const mark = target.indexOf("?");
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const sourceIp = incoming.socket.remoteAddress ?? "127.0.0.1";
  const { headers, cookies } = collectHeaders(incoming.rawHeaders);
  try {
    const [path = ""] = decodeURIComponent(rawPath).split("?");
    return {
      id: `${randomBytes(11).toString("base64url")}=`,
      receivedAt: Date.now(),
      method: incoming.method ?? "GET",
      path: path.startsWith("/") ? path : `/${path}`,
      rawQuery: mark < 0 ? "" : target.slice(mark + 1),
      headers: { ...headers, ...forwarded(headers, incoming, sourceIp) },
      cookies,
      sourceIp,
    };
  } catch {
    return undefined;
  }
}

/** The bytes that API Gateway counts against its limit of 10,240: request line, header names and values. */
export function headBytes(incoming: IncomingMessage): number {
  const line = (incoming.method?.length ?? 0) + (incoming.url?.length ?? 0) + 10;
  return incoming.rawHeaders.reduce((sum, part) => sum + part.length + 2, line);
}

function collectHeaders(raw: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  // A header may be called "constructor" or "__proto__".
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    const value = raw[index + 1] ?? "";
    if (name === "cookie") cookies.push(...value.split(/;\s*/));
    else if (name !== "connection" && name !== "keep-alive" && name !== "transfer-encoding") {
      const before = headers.get(name);
      headers.set(name, before === undefined ? value : `${before},${value}`);
    }
  }
  return { headers: Object.fromEntries(headers), cookies };
}

/** The headers that API Gateway adds about a request's origin. */
function forwarded(
  headers: Readonly<Record<string, string>>,
  incoming: IncomingMessage,
  sourceIp: string,
): Record<string, string> {
  const before = headers["x-forwarded-for"];
  return {
    "x-amzn-trace-id":
      headers["x-amzn-trace-id"] ??
      `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`,
    "x-forwarded-for": before === undefined ? sourceIp : `${before}, ${sourceIp}`,
    "x-forwarded-port": String(incoming.socket.localPort ?? ""),
    "x-forwarded-proto": "http",
  };
}
