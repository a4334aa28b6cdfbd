import { addDays, type Day, isDay } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { parseCommandLine } from "../import/command-line.ts";
import { requireKey } from "../import/key-file.ts";
import { readCount, readUrl } from "../import/options.ts";
import { UsageError } from "../import/problems.ts";
import { minDays } from "./story.ts";

/** The options of the command line. */
export interface DemoOptions {
  /** The API's base URL, without a slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
  /** `undefined` for yesterday, or for the last day of the company that is there. */
  readonly until: Day | undefined;
  readonly force: boolean;
  readonly progress: boolean;
}

const most = { seed: 1_000_000, customers: 5_000, days: 1_461 };

/** The text of `--help`. */
export const help = `Makes a company up and sends all that happened to it as facts to cx-metrics.

  npm start                   in another terminal
  npm run demo [-- options]

Answers in several languages, purchases with their seasons, customers who come and go, and a few
events whose effects it prints as the API sees them: a bad release, a campaign, an outage and more.
It writes into the workspace of the key, and sets there the currency, the tracked dimensions
and inactivityDays. Use a workspace that has nothing else in it.

  --url URL        where the API is   (or CX_URL; default http://127.0.0.1:3000)
  --key KEY        an admin key       (or API_KEY; default: what .local/admin-key says)
  --seed N         another company    (1 to 1,000,000; default 1)
  --customers N    how large it is    (1 to 5,000; default 1,000)
  --days N         how old it is      (${minDays} to 1,461; default 730)
  --until DAY      its last day, YYYY-MM-DD (default: yesterday, or that of the company that is there)
  --force          also where the workspace has facts of something else
  --no-progress    no progress bar
  --help           print this

It is safe to run again: the same company has the same ids, and everything is a duplicate.

Exit code: 0 all facts are stored, 1 some were rejected, 2 wrong options, key or workspace,
3 the server could not be reached or failed, 130 interrupted.
`;

/** Either what was asked for, or that help was. */
export type DemoRequest = { readonly help: true } | { readonly help: false; readonly options: DemoOptions };

/**
 * Reads the command line.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 * @throws UsageError when it does not make sense.
 */
export function readDemoOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  now: number,
): DemoRequest {
  const values = parse(args);
  if (values.help) return { help: true };
  const days = readCount(values.days ?? "730", "--days", most.days);
  if (days < minDays) {
    throw new UsageError(`--days must be at least ${minDays}, or the story has no room`);
  }
  return {
    help: false,
    options: {
      url: readUrl(values.url ?? environment["CX_URL"] ?? "http://127.0.0.1:3000"),
      key: requireKey(values.key ?? environment["API_KEY"], environment["DATA_DIR"]),
      seed: readCount(values.seed ?? "1", "--seed", most.seed),
      customers: readCount(values.customers ?? "1000", "--customers", most.customers),
      days,
      until: values.until === undefined ? undefined : readUntil(values.until, now),
      force: values.force ?? false,
      progress: values.progress ?? true,
    },
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine({
    args: [...args],
    allowNegative: true,
    options: {
      url: { type: "string" },
      key: { type: "string" },
      seed: { type: "string" },
      customers: { type: "string" },
      days: { type: "string" },
      until: { type: "string" },
      force: { type: "boolean" },
      progress: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  }).values;
}

/** The last day that is over everywhere that the company lives by: its days are those of UTC. */
export function yesterday(now: number): Day {
  return addDays(dayOf(now, "UTC"), -1);
}

function readUntil(text: string, now: number): Day {
  const last = yesterday(now);
  if (isDay(text) && text >= "2010-01-01" && text <= last) return text;
  throw new UsageError(`--until must be a day from 2010-01-01 to ${last} (yesterday), not ${text}`);
}
