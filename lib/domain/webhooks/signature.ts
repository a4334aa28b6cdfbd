import { createHmac, randomBytes } from "node:crypto";

/** Signing deliveries (Standard Webhooks 1.0, "Symmetric signatures"). */

const prefix = "whsec_";
const secretBytes = 32;

/** A new secret: `whsec_` and 32 random bytes in base64. */
export function newSecret(): string {
  return prefix + randomBytes(secretBytes).toString("base64");
}

/** What is signed. */
export interface Signed {
  /** The delivery's id. */
  readonly id: string;
  /** When it is sent: milliseconds since 1970-01-01T00:00:00Z. */
  readonly sentAt: number;
  readonly body: string;
}

/** The headers by which a receiver verifies a delivery: a signature for each secret that is valid, with spaces between them. */
export function signatureHeaders(
  { id, sentAt, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
