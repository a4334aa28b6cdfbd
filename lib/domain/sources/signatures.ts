import { createHmac, timingSafeEqual } from "node:crypto";

/** Signatures over raw bodies. */

/** How many seconds the time in a signature may be away from ours (the tolerance of Stripe's libraries and of Standard Webhooks). */
export const toleranceSeconds = 300;

/** Signatures that a header may list: while a secret is changed there are two. */
const maxSignatures = 10;

export type HmacAlgorithm = "sha1" | "sha256";

/** The HMAC of some parts, one after the other. */
export function hmacOf(
  algorithm: HmacAlgorithm,
  secret: string | Buffer,
  ...parts: readonly (string | Buffer)[]
): Buffer {
  const hmac = createHmac(algorithm, secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/**
 * Whether a text is an HMAC in some encoding. Takes as long whatever part of it is wrong.
 * @param text `undefined` where the header is missing
 */
export function isHmac(text: string | undefined, encoding: "hex" | "base64", expected: Buffer): boolean {
  if (text === undefined) return false;
  const form = encoding === "hex" ? /^[0-9a-f]+$/i : /^[A-Za-z0-9+/]+={0,2}$/;
  if (!form.test(text)) return false;
  const given = Buffer.from(text, encoding);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether any of some signatures is an HMAC. */
export function isAnyHmac(texts: readonly string[], encoding: "hex" | "base64", expected: Buffer): boolean {
  return texts.slice(0, maxSignatures).some((text) => isHmac(text, encoding, expected));
}

/** Whether two secrets are the same. Takes as long whatever part is wrong. */
export function isSameSecret(given: string | undefined, secret: string): boolean {
  if (given === undefined) return false;
  // Equal lengths for the comparison, without telling that of the secret.
  return timingSafeEqual(hmacOf("sha256", "comparison", given), hmacOf("sha256", "comparison", secret));
}

/** What follows a prefix, as in `sha256=…`; `undefined` where it is missing. */
export function after(prefix: string, text: string | undefined): string | undefined {
  return text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}

/**
 * Whether a time in a signature is near ours, so that what was listened to once cannot be sent again for ever.
 * @param seconds epoch seconds as text
 */
export function isRecent(seconds: string | undefined, receivedAt: number): boolean {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(Number(seconds) - receivedAt / 1000) <= toleranceSeconds;
}
