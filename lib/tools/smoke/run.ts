import { exitCode, ServerError, UsageError } from "../import/problems.ts";
import type { Account } from "./account.ts";
import { checkAccess } from "./checks/access.ts";
import { checkAdministration } from "./checks/administration.ts";
import { checkCustomers } from "./checks/customers.ts";
import { checkFacts } from "./checks/facts.ts";
import { checkPlatform } from "./checks/platform.ts";
import { checkReading } from "./checks/reading.ts";
import { checkSnapshots } from "./checks/snapshots.ts";
import { checkSources } from "./checks/sources.ts";
import { checkTelling } from "./checks/telling.ts";
import { type SmokeContext, smokeContext, smokePrefix } from "./context.ts";
import { renderTable } from "./table.ts";
import { field, Walk } from "./walk.ts";

/** Walks a deployment from end to end, and says in one table what was answered and what was expected. */

const groups: readonly (readonly [name: string, check: (context: SmokeContext) => Promise<void>])[] = [
  ["recording", checkFacts],
  ["customers", checkCustomers],
  ["snapshots", checkSnapshots],
  ["reading", checkReading],
  ["sources", checkSources],
  ["alerts and webhooks", checkTelling],
  ["administration", checkAdministration],
  ["access", checkAccess],
  ["the platform", checkPlatform],
];

/** The target of a smoke test. */
export interface SmokeTarget {
  /** The API's address without a slash at the end. */
  readonly url: string;
  /** An admin key of a workspace that has nothing but smoke tests in it. */
  readonly key: string;
  readonly account?: Account | undefined;
}

/**
 * Runs all checks and prints the table.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 * @returns the exit code: 0 when everything was answered as expected, 1 when not
 * @throws UsageError when the key is refused or the workspace holds something else
 * @throws ServerError when nothing answers
 */
export async function runSmoke(
  target: SmokeTarget,
  out: NodeJS.WritableStream,
  now: number,
): Promise<number> {
  const walk = new Walk(target.url, target.key);
  await refuseOtherFacts(walk, target.url);
  const context = smokeContext(walk, target.account, now);
  for (const [name, check] of groups) {
    try {
      await check(context);
    } catch (error) {
      walk.note(
        `the checks of ${name} to their end`,
        "no error",
        error instanceof Error ? error.message : String(error),
      );
    }
  }
  walk.note("routes that were not asked", "none", walk.unwalked.join(", ") || "none");
  out.write(renderTable(walk.results));
  if (target.account === undefined) {
    out.write(
      "\nThe dashboard's widget and the alarms were not asked for: that needs --stack and AWS credentials.\n",
    );
  }
  return walk.results.every(({ isRight }) => isRight) ? exitCode.done : exitCode.rejected;
}

/** A smoke test leaves facts behind: never among those of a business. */
async function refuseOtherFacts(walk: Walk, url: string): Promise<void> {
  const found = await walk.ask("GET", "/v1/responses", { query: { limit: "1" } }).catch((error: unknown) => {
    throw new ServerError(`nothing answers at ${url}`, exitCode.server, { cause: error });
  });
  if (found.status === 401 || found.status === 403) {
    throw new UsageError("the key is refused: give an admin key with --key or API_KEY");
  }
  if (found.status !== 200)
    throw new ServerError(`${url} answers ${found.status} for a list of answers`, exitCode.server);
  const newest = field(found.json, "items", 0, "id");
  if (newest !== "nothing" && !newest.includes(smokePrefix)) {
    throw new UsageError(
      "the workspace has facts of something else: make one for smoke tests, `npm run workspace -- create smoke --table TABLE`",
    );
  }
}
