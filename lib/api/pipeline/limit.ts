import { addUsage } from "../../store/settings/key-usage.ts";
import { defaultTable, requireVariable } from "../../store/table/client.ts";
import { isUnavailable } from "../../store/table/errors.ts";
import { costOf, meteredClient } from "../../store/table/units.ts";
import { KeyLimiter, type LimitedKey } from "./key-limiter.ts";
import type { Middleware } from "./middleware.ts";
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

/** So few tries make guessing a key hopeless: it has 256 random bits. */
const signInsPerSecond = 5;

/**
 * Takes one try to sign in.
 * @param address names where it comes from, without saying it
 * @returns undefined when it may be made; else the seconds after which the next may
 */
export function takeSignIn(address: string): Promise<number | undefined> {
  return limiter().take({
    ...{ workspace: "(sign-in)", keyId: `address-${address}`, requestsPerSecond: signInsPerSecond },
    ...{ requestsPerDay: null, unitsPerSecond: unitsPerSecondOfReaders, unitsPerDay: null },
  });
}

/**
 * Takes one request of the key, and charges the key for what the request uses of the table.
 * @throws HttpProblem 429 with `Retry-After` when the key has used as much as it may; then nothing is done
 */
export function limitKey(): Middleware {
  const charge: NonNullable<Middleware["after"]> = ({ context }) => context.charge?.();
  return {
    before: async ({ context }) => {
      const key = limitedKey(context.principal);
      await takeRequest(key);
      const used = { read: 0, write: 0 };
      const table = defaultTable();
      context.table = { ...table, client: meteredClient(table.client, used), usedUnits: used };
      context.charge = () => {
        context.log.note({ readUnits: used.read, writeUnits: used.write });
        limiter().charge(key, costOf(used));
      };
    },
    after: charge,
    onError: charge,
  };
}

async function takeRequest(key: LimitedKey): Promise<void> {
  const seconds = await limiter()
    .take(key)
    .catch((error: unknown) => {
      // A table that does not count does not answer either: what needs it says so itself, with 503.
      if (isUnavailable(error)) return undefined;
      throw error;
    });
  if (seconds === undefined) return;
  throw new HttpProblem(429, "this key has used as much of the service as it may; nothing was done", {
    headers: { "retry-after": String(seconds) },
  });
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
