import { parseArgs } from "node:util";
import { coverage, power, type Share, significant } from "./grid.ts";
import { kinds as simulated } from "./kinds.ts";
import { realKinds } from "./real.ts";

/** Measures the intervals and tests of the metrics, and prints tables in Markdown: `npm run calibrate`. */

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "2000" }, seed: { type: "string", default: "20261101" } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);

/** The real data come last; without them nothing is drawn from them. */
const kinds = [...simulated, ...realKinds()];

const usualSizes = [10, 30, 50, 400];
/** Below so many of the rounds, a share says little. */
const fewest = 0.02;

function cell({ share, of }: Share): string {
  if (share === null || of < fewest) return `– (${(100 * of).toFixed(0)})`;
  return `${(100 * share).toFixed(1)} (${(100 * of).toFixed(0)})`;
}

function print(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

process.stdout.write(
  `Coverage of 95 % intervals in per cent of the answers that are no low sample (of all answers, in per cent, how many these are); ${rounds} rounds, seed ${seed}.\n\n`,
);
print("kind", ...usualSizes.map((n) => `n = ${n}`));
print("---", ...usualSizes.map(() => "---"));
for (const kind of kinds) {
  if (kind.truth === undefined) continue;
  const sizes = kind.sizes ?? usualSizes;
  print(kind.name, ...sizes.map((n) => cell(coverage(kind, n, rounds, seed))));
}

const pairs = [
  [30, 30],
  [50, 50],
  [400, 400],
  [10, 400],
  [50, 400],
] as const;
process.stdout.write(
  "\nFalse alarms in per cent of the comparisons that are not too few to tell (how many these are), and the difference that is found in 80 % of all comparisons.\n\n",
);
print("kind", ...pairs.map(([a, b]) => `${a} v ${b}`), "found at 50 v 50", "found at 400 v 400");
print("---", ...pairs.map(() => "---"), "---", "---");
for (const kind of kinds) {
  const [own] = kind.sizes ?? [];
  const sizes = own === undefined ? pairs : ([[own, own]] as const);
  const found = (own === undefined ? [50, 400] : [own]).map((n) => {
    const effect = power(kind, n, Math.min(rounds, 400), seed);
    return effect === null ? "–" : `${Math.round(100 * effect)} %`;
  });
  print(kind.name, ...sizes.map((pair) => cell(significant(kind, pair, 0, rounds, seed))), ...found);
}
