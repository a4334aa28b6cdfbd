import { createHash } from "node:crypto";
import type { HttpEvent } from "../../pipeline/http-event.ts";
import { takeSignIn } from "../../pipeline/limit.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/**
 * Takes one try of an address to get in.
 * @throws HttpProblem 429 where there were too many
 */
export async function takeTry(event: HttpEvent): Promise<void> {
  const address = createHash("sha256").update(event.requestContext.http.sourceIp).digest("hex").slice(0, 12);
  const seconds = await takeSignIn(address);
  if (seconds === undefined) return;
  throw new HttpProblem(429, `too many tries: try again in ${seconds} seconds`, {
    headers: { "retry-after": String(seconds) },
  });
}
