import { leaseRequests } from "../../store/settings/request-leases.ts";
import { defaultTable, requireVariable } from "../../store/table/client.ts";
import { isUnavailable } from "../../store/table/errors.ts";
import type { Principal } from "./principal.ts";
import { HttpProblem } from "./problem.ts";
import { RequestLimiter } from "./request-limit.ts";

let shared: RequestLimiter | undefined;

/** The limiter of this process, made once. */
function limiter(): RequestLimiter {
  shared ??= new RequestLimiter({
    requestsPerSecond: Number(requireVariable("KEY_REQUESTS_PER_SECOND")),
    lease: (window, wanted) => leaseRequests(defaultTable(), window, wanted),
  });
  return shared;
}

/**
 * Counts a request of a key.
 * @throws HttpProblem 429 with `Retry-After` when the key has made as many as it may
 */
export async function limitRequests(principal: Principal): Promise<void> {
  const seconds = await limiter()
    .take(principal)
    .catch((error: unknown) => {
      // A table that does not count does not answer either: what needs it says so itself, with 503.
      if (isUnavailable(error)) return undefined;
      throw error;
    });
  if (seconds === undefined) return;
  throw new HttpProblem(429, "this key has made more requests than it may; nothing was done", {
    headers: { "retry-after": String(seconds) },
  });
}
