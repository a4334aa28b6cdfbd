import { anything } from "../../domain/facts/sender-rules.ts";
import { deploymentLimits } from "../../store/settings/api-keys.ts";
import {
  type FoundSource,
  isSourceAddress,
  openSource,
  ownerOfAddress,
} from "../../store/settings/sources.ts";
import { defaultTable } from "../../store/table/client.ts";
import { deadlineIn } from "../../store/table/retries.ts";
import type { Middleware } from "./middleware.ts";
import type { Principal } from "./principal.ts";
import { HttpProblem } from "./problem.ts";

/** Finding the source whose address was called. */

/** Whose an address is never changes, but for addresses that are nobody's any more. */
const owners = new Map<string, { readonly workspace: string; readonly id: string }>();
const maxOwners = 1_000;

/** So many addresses a second a process looks up that it does not know: guessing costs next to nothing, and finds nothing. */
const lookUpsPerSecond = 20;
const looked = { second: 0, times: 0 };

/** Milliseconds after which a delivery is answered with 503: providers wait for five seconds, and send it again. */
const patienceMilliseconds = 4_000;

/**
 * Finds the source, and with it the workspace: both come from the address alone. A source has limits as a key has them.
 * @throws HttpProblem 404 where the address is nobody's, 429 while too many of those are asked for
 */
export function readSource(): Middleware {
  return {
    before: async ({ event, context }) => {
      const found = await sourceOf(event.pathParameters?.["id"] ?? "", Date.now());
      if (!found) throw new HttpProblem(404, "there is no source with this address");
      context.source = found;
      context.principal = principalOf(found);
      context.log.note({ workspace: found.workspace, provider: found.source.provider });
    },
  };
}

async function sourceOf(address: string, now: number): Promise<FoundSource | undefined> {
  if (!isSourceAddress(address)) return undefined;
  const known = owners.get(address);
  if (!known) takeLookUp(now);
  const owner = known ?? (await ownerOfAddress(defaultTable(), address));
  if (!owner) return undefined;
  if (owners.size >= maxOwners) owners.clear();
  owners.set(address, owner);
  const found = await openSource(defaultTable(), address, owner);
  if (!found) owners.delete(address);
  return found;
}

/** @throws HttpProblem 429 */
function takeLookUp(now: number): void {
  const second = Math.floor(now / 1000);
  if (looked.second !== second) Object.assign(looked, { second, times: 0 });
  looked.times += 1;
  if (looked.times <= lookUpsPerSecond) return;
  throw new HttpProblem(429, "too many addresses that are not known here are asked for", {
    headers: { "retry-after": "1" },
  });
}

/** A source sends facts as a server's key does. */
function principalOf({ workspace, source }: FoundSource): Principal {
  return {
    ...{ workspace, scopes: ["ingest"], keyId: `source-${source.addressHash.slice(0, 12)}` },
    ...{ origins: [], isPublic: false, rules: anything, limits: deploymentLimits },
  };
}

/** Lets a delivery be answered before its provider gives up. */
export function hurry(): Middleware {
  return {
    before: ({ context }) => {
      context.deadline = deadlineIn(Math.min(patienceMilliseconds, context.getRemainingTimeInMillis()));
    },
  };
}
