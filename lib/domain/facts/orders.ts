import { createHmac } from "node:crypto";
import type { Fact } from "./parse.ts";

/** Which order a fact is about, for the workspaces that link orders. */

/** The number of the order from which an answer takes what it does not say itself, or which a purchase tells; `undefined` for none. */
export function linkedOrderOf(fact: Fact): string | undefined {
  if (fact.type === "purchase.made") return fact.orderId;
  // A ticket is closer to what was answered about. One of them alone counts, so that an answer is in one segment of a dimension.
  return fact.type === "response" && fact.ticketId === undefined ? fact.orderId : undefined;
}

/**
 * What stands for an order's number where facts stay together after a person is erased, whose order numbers go: nobody can tell the number from it
 * without the secret.
 * @param secret the workspace's
 */
export function orderKeyOf(secret: string, orderId: string): string {
  return createHmac("sha256", secret).update(orderId).digest("base64url").slice(0, 27);
}
