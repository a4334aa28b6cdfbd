import { allOutcomes, answered, type Tally } from "./tally.ts";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count as people read it: `25,900`. */
export function exact(count: number): string {
  return whole.format(count);
}

/** Facts a second, as people read it. */
export function rate(factsPerSecond: number): string {
  return `${whole.format(factsPerSecond)} facts/s`;
}

/** The end of an import, for its summary. */
export interface SummaryInput {
  readonly tally: Tally;
  readonly elapsedSeconds: number;
  /** Facts answered in this run: fewer than in the tally when the import was continued. */
  readonly answeredNow: number;
  /** Where the rejected rows are, when there are any. */
  readonly rejectsPath: string;
  /** The row after which this run went on. */
  readonly continuedAfter?: number;
}

/** The text that an import ends with. */
export function summarize({
  tally,
  elapsedSeconds,
  answeredNow,
  rejectsPath,
  continuedAfter,
}: SummaryInput): string {
  const seconds = elapsedSeconds.toFixed(1);
  const speed = rate(answeredNow / Math.max(elapsedSeconds, 0.001));
  const head = `${exact(tally.rows)} rows, ${exact(answered(tally))} facts answered, in ${seconds} s (${speed})`;
  const over =
    continuedAfter === undefined
      ? []
      : [
          `  (continued after row ${exact(continuedAfter)}; the counts are of all runs, the time is of this one)`,
        ];
  return [head, ...over, "", ...outcomeLines(tally), ...rowLines(tally, rejectsPath)].join("\n");
}

function outcomeLines(tally: Tally): string[] {
  const all = allOutcomes(tally);
  const lines = (["recorded", "duplicate", "conflict", "invalid"] as const).map((status) => {
    const parts = Object.entries(tally.facts).map(([name, outcomes]) => [name, outcomes[status]] as const);
    return line(status, all[status], parts);
  });
  return tally.unmade > 0 ? [...lines, line("not sent", tally.unmade, [])] : lines;
}

/** The lines about rows that became no fact, or not all of theirs. */
export function rowLines(tally: Tally, rejectsPath?: string): string[] {
  const skipped = Object.entries(tally.skipped);
  const total = skipped.reduce((sum, [, rows]) => sum + rows, 0);
  return [
    ...(tally.cut > 0 ? [line("cut comments", tally.cut, [])] : []),
    ...(tally.mended > 0 ? [line("mended rows", tally.mended, [])] : []),
    line("skipped rows", total, skipped),
    line("rejected rows", tally.rejectedRows, []) +
      (tally.rejectedRows > 0 && rejectsPath ? `   see ${rejectsPath}` : ""),
  ];
}

/** One line of the table: a name, a count, and what the count is made of. */
export function line(name: string, count: number, parts: readonly (readonly [string, number])[]): string {
  const made = parts.filter(([, part]) => part > 0).map(([part, of]) => `${part} ${exact(of)}`);
  return `  ${name.padEnd(14)}${exact(count).padStart(11)}${made.length > 0 ? `   ${made.join(", ")}` : ""}`;
}
