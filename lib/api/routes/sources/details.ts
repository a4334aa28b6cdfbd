import { findProvider } from "../../../domain/sources/registry.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { DeliveryRequest } from "../../pipeline/source-endpoint.ts";

/** What a webhook does not say is asked for: the addresses are those of the providers' files, and never of a delivery. */

/** How long the provider may take: it waits for our answer meanwhile. */
const patienceMilliseconds = 2_500;

/** Bytes at most of what is answered. */
const maxBytes = 1_048_576;

/**
 * A payload with its `details`, where the provider has some that the source may read.
 * @throws HttpProblem 503 where they cannot be had now: the provider sends the webhook again
 */
export async function withDetails({ found, note }: DeliveryRequest, payload: unknown): Promise<unknown> {
  const { source, secrets } = found;
  const { accessToken } = secrets;
  const address = findProvider(source.provider)?.details?.(payload, source.options);
  if (address === undefined || accessToken === undefined) return payload;
  if (typeof payload !== "object" || payload === null) return payload;
  const details = await ask(address, accessToken).catch(() => "unreachable" as const);
  if (details === "unreachable" || details === "refused") {
    note({ details });
    throw new HttpProblem(503, "the provider's own API did not answer what the webhook is about", {
      headers: { "retry-after": "60" },
    });
  }
  return { ...payload, details };
}

async function ask(address: string, accessToken: string): Promise<object | "refused"> {
  const response = await fetch(addressFor(address), {
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
    signal: AbortSignal.timeout(patienceMilliseconds),
    redirect: "error",
  });
  const text = await response.text();
  if (!response.ok || text.length > maxBytes) return "refused";
  const answer: unknown = JSON.parse(text);
  return typeof answer === "object" && answer !== null ? answer : "refused";
}

/** `SOURCE_DETAILS_ORIGIN` stands in for the providers where there is none, as in tests. */
function addressFor(address: string): string {
  const origin = process.env["SOURCE_DETAILS_ORIGIN"];
  if (!origin) return address;
  const { pathname, search } = new URL(address);
  return `${origin}${pathname}${search}`;
}
