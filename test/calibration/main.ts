import { parseArgs } from "node:util";
import { calibrateAlerts } from "./alerts.ts";
import { certainChanges, coverage, power, type Share, significant } from "./grid.ts";
import { type Kind, kinds as simulated } from "./kinds.ts";
import { dailyLooks } from "./looks.ts";
import { realKinds } from "./real.ts";

/**
 * Measures the intervals and tests of the metrics, and prints tables in Markdown: `npm run calibrate`. Fails where a cell is outside of its bound by more
 * than its simulation error.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "2000" },
    seed: { type: "string", default: "20261101" },
    only: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const isWanted = ({ name }: Kind) => new RegExp(values.only).test(name);

/** Real data take longer to draw: fewer rounds. */
const realRounds = Math.max(300, Math.ceil(rounds / 5));

/** The real data come last; without them nothing is drawn from them. */
const kinds = [
  ...simulated.map((kind) => ({ kind, rounds })),
  ...realKinds().map((kind) => ({ kind, rounds: realRounds })),
].filter(({ kind }) => isWanted(kind));

const usualSizes = [10, 30, 50, 400];

/**
 * Where fewer of the answers than this are no low sample, the cell is not held to its bound: those are the samples in which chance hid what makes the others
 * low ones, and all together they are fewer than the wrong answers that a bound of 5 % allows.
 */
const fewest = 0.05;

/** How far a share may be beyond its bound by chance: three standard errors, as there are some two hundred cells. */
const errors = 3;

const outside: string[] = [];

function cell(where: string, { share, of }: Share, made: number, bound: "coverage" | "alarms"): string {
  const answered = `(${(100 * of).toFixed(0)})`;
  if (share === null || of < fewest) return `– ${answered}`;
  const [least, most] = bound === "coverage" ? [0.93, 1] : [0, 0.05];
  const edge = share < least ? least : most;
  const error = Math.sqrt((edge * (1 - edge)) / (made * of));
  const isOutside = share < least - errors * error || share > most + errors * error;
  if (isOutside) outside.push(`${where}: ${(100 * share).toFixed(1)} %`);
  return `${(100 * share).toFixed(1)} ${answered}${isOutside ? " !" : ""}`;
}

function print(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

function title(text: string): void {
  process.stdout.write(`\n${text}\n\n`);
}

/** By itself with `--only alerts`. */
const onlyAlerts = values.only === "alerts";

if (!onlyAlerts) calibrateMetrics();
if (onlyAlerts || values.only === "") {
  title(`Alerts at default sensitivity: ${5 * rounds} years of days in which nothing changed, of each kind.`);
  outside.push(...calibrateAlerts(5 * rounds, seed, print));
}

if (outside.length > 0) {
  title(`Outside of their bounds by more than chance:\n${outside.map((line) => `- ${line}`).join("\n")}`);
  process.exitCode = 1;
}

function calibrateMetrics(): void {
  title(
    `Coverage of 95 % intervals in per cent of the answers that are no low sample (of all answers, in per cent, how many these are); ${rounds} rounds, ${realRounds} of real data, seed ${seed}.`,
  );
  print("kind", ...usualSizes.map((n) => `n = ${n}, or as it says`));
  print("---", ...usualSizes.map(() => "---"));
  for (const { kind, rounds: made } of kinds) {
    if (kind.truth === undefined) continue;
    const cells = (kind.sizes ?? usualSizes).map((n) => {
      const found = cell(`coverage, ${kind.name}, n = ${n}`, coverage(kind, n, made, seed), made, "coverage");
      return kind.sizes ? `${n}: ${found}` : found;
    });
    print(kind.name, ...cells);
  }

  const usualPairs = [
    [30, 30],
    [50, 50],
    [400, 400],
    [10, 400],
    [50, 400],
  ] as const;
  title(
    "False alarms in per cent of the comparisons that are not too few to tell (how many these are), and the difference that is found in 80 % of all comparisons.",
  );
  print("kind", ...usualPairs.map(([a, b]) => `${a} v ${b}`), "found at 50 v 50", "found at 400 v 400");
  print("---", ...usualPairs.map(() => "---"), "---", "---");
  for (const { kind, rounds: made } of kinds) {
    const own = kind.sizes?.map((n) => [n, n] as const);
    const cells = (own ?? usualPairs).map((pair) => {
      const where = `false alarms, ${kind.name}, ${pair.join(" v ")}`;
      const found = cell(where, significant(kind, pair, 0, made, seed), made, "alarms");
      return own ? `${pair.join(" v ")}: ${found}` : found;
    });
    const found = (own ? [own.at(-1)?.[0] ?? 0] : [50, 400]).map((n) => {
      const effect = power(kind, n, Math.min(made, 200), seed);
      return effect === null ? "–" : `${Math.round(100 * effect)} %`;
    });
    print(kind.name, ...cells, ...found);
  }

  /** Reports of a month compared with the month before, in which nothing changed: all simulated kinds together. */
  const years = Math.ceil(rounds / 20);
  const { reports, judged, changed } = certainChanges(simulated.filter(isWanted), years, seed);
  const allowed = 0.05 * reports + errors * Math.sqrt(0.05 * 0.95 * reports);
  title(
    `${years} years of monthly reports in which nothing changed: ${judged} of ${reports} say better or worse of anything (${((100 * judged) / reports).toFixed(1)} %), ${changed} that or changed (${((100 * changed) / reports).toFixed(1)} %).`,
  );
  if (changed > allowed) outside.push(`reports in which nothing changed: ${changed} of ${reports}`);

  /** Whoever looks each day at the last 30 days against the 30 before, for 30 days in which nothing changed. */
  const runs = Math.ceil(rounds / 10);
  const looked = dailyLooks(simulated.filter(isWanted), runs, seed);
  title(
    `${runs} runs of 30 daily looks in which nothing changed: in ${looked.reports} a page of all kinds says better, worse or changed of anything in any look (${((100 * looked.reports) / runs).toFixed(1)} %; ${((100 * looked.looks) / (30 * runs)).toFixed(2)} % of the looks); a kind alone in ${(100 * looked.alone).toFixed(1)} % of the runs.`,
  );
  const allowedRuns = 0.05 * runs + errors * Math.sqrt(0.05 * 0.95 * runs);
  if (looked.reports > allowedRuns) outside.push(`daily looks: ${looked.reports} of ${runs} runs`);
}
