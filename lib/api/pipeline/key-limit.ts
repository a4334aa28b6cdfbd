import { addUsage } from "../../store/settings/key-usage.ts";
import { defaultTable, requireVariable } from "../../store/table/client.ts";
import { isUnavailable } from "../../store/table/errors.ts";
import { costOf, measureUnits } from "../../store/table/units.ts";
import type { Note } from "./handler.ts";
import { KeyLimiter, type LimitedKey } from "./key-limiter.ts";
import type { Principal } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/**
 * Units a second that a key may use which nobody has limited, in the price of a read unit: one that only reads, and one that
 * writes for a server. The first is a year of a metric by day 250 times a second, the second 20,000 write units.
 */
const unitsPerSecondOfReaders = 10_000;
const unitsPerSecondOfServers = 100_000;

let shared: KeyLimiter | undefined;

/** The limiter of this process, made once. */
function limiter(): KeyLimiter {
  shared ??= new KeyLimiter({ report: (period, usage) => addUsage(defaultTable(), period, usage) });
  return shared;
}

/**
 * Does a request of a key, counts it, and charges the key for what it uses of the table.
 * @throws HttpProblem 429 with `Retry-After` when the key has used as much as it may; then nothing is done
 */
export async function withinLimits<Result>(
  principal: Principal,
  note: Note,
  work: () => Promise<Result>,
): Promise<Result> {
  const key = limitedKey(principal);
  const seconds = await limiter()
    .take(key)
    .catch((error: unknown) => {
      // A table that does not count does not answer either: what needs it says so itself, with 503.
      if (isUnavailable(error)) return undefined;
      throw error;
    });
  if (seconds !== undefined) {
    throw new HttpProblem(429, "this key has used as much of the service as it may; nothing was done", {
      headers: { "retry-after": String(seconds) },
    });
  }
  const used = { read: 0, write: 0 };
  try {
    return await measureUnits(used, work);
  } finally {
    note({ readUnits: used.read, writeUnits: used.write });
    limiter().charge(key, costOf(used));
  }
}

function limitedKey({ workspace, keyId, scopes, limits }: Principal): LimitedKey {
  const isReader = scopes.every((scope) => scope === "read");
  return {
    ...{ workspace, keyId },
    requestsPerSecond: limits.requestsPerSecond ?? Number(requireVariable("KEY_REQUESTS_PER_SECOND")),
    requestsPerDay: limits.requestsPerDay,
    unitsPerSecond: limits.unitsPerSecond ?? (isReader ? unitsPerSecondOfReaders : unitsPerSecondOfServers),
    unitsPerDay: limits.unitsPerDay,
  };
}
