import * as z from "zod";

/** A response on its way to the client. */
export interface GatewayResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const resultSchema = z.looseObject({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Connection matters are between the gateway and the client; a handler does not set them. */
const dropped = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Makes a response from a Lambda function's result, payload format 2.0: with a `statusCode` it is taken as it says;
 * without one, it is the body of a 200 in JSON.
 * @returns undefined when the result has not the form that API Gateway expects (which it answers with 500)
 */
export function responseFrom(result: unknown): GatewayResponse | undefined {
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    const text = typeof result === "string" ? result : JSON.stringify(result);
    return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(text) };
  }
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const kept: Record<string, string | readonly string[]> = { "content-type": "text/plain;charset=UTF-8" };
  for (const [name, value] of Object.entries(headers ?? {})) {
    const lower = name.toLowerCase();
    if (!dropped.has(lower)) kept[lower] = String(value);
  }
  if (cookies && cookies.length > 0) kept["set-cookie"] = cookies;
  return {
    status: statusCode,
    headers: kept,
    body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
  };
}

/** The response that API Gateway itself makes: a JSON object with one `message`. */
export function gatewayMessage(status: number, message: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message })),
  };
}
