import { checkFact } from "./check.ts";
import { type Chunk, cutComments, unmadeFacts } from "./chunks.ts";
import { exitCode } from "./problems.ts";
import { describe } from "./rejects.ts";
import { exact, line, rowLines } from "./summary.ts";
import { countSkipped, emptyTally, type Tally } from "./tally.ts";

/** How many facts of a name, and how many problems, a dry run shows. */
const shown = 3;

interface Findings {
  readonly tally: Tally;
  /** Good facts by name: how many, and the first as JSON. */
  readonly good: ReadonlyMap<string, { count: number; readonly first: string[] }>;
  readonly problems: string[];
}

/**
 * Reads everything, checks every fact as the server will, and sends nothing.
 * @param print prints a line
 * @returns the exit code
 */
export async function dryRun(
  chunks: AsyncIterable<Chunk>,
  names: readonly string[],
  print: (text: string) => void,
): Promise<number> {
  const good = new Map(names.map((name) => [name, { count: 0, first: [] }]));
  const findings: Findings = { tally: emptyTally(names), good, problems: [] };
  for await (const chunk of chunks) inspect(chunk, findings);
  report(findings, print);
  return findings.tally.rejectedRows > 0 ? exitCode.rejected : exitCode.done;
}

function inspect(chunk: Chunk, { tally, good, problems }: Findings): void {
  const rejected = new Set<number>();
  const reject = (rowNumber: number, text: string) => {
    rejected.add(rowNumber);
    if (problems.length < shown) problems.push(`row ${rowNumber}: ${text}`);
  };
  for (const { row, problem } of chunk.problems) reject(row.number, describe(problem));
  for (const outgoing of chunk.batches.flatMap(({ facts }) => facts)) {
    const { name } = outgoing.fact;
    const [error] = checkFact(outgoing);
    const found = good.get(name);
    if (error) {
      tally.unmade += 1;
      reject(outgoing.row.number, describe({ name, ...error }));
    } else if (found) {
      found.count += 1;
      if (found.first.length < shown) found.first.push(outgoing.json);
    }
  }
  tally.unmade += unmadeFacts(chunk);
  tally.cut += cutComments(chunk);
  tally.mended += chunk.mended;
  tally.rows += chunk.rows;
  tally.rejectedRows += rejected.size;
  countSkipped(tally, chunk.skipped);
}

function report({ tally, good, problems }: Findings, print: (text: string) => void): void {
  for (const [name, { first }] of good) {
    if (first.length > 0) print(`The first ${name}:\n  ${first.join("\n  ")}\n`);
  }
  if (problems.length > 0) print(`The first problems:\n  ${problems.join("\n  ")}\n`);
  const counts = [...good].map(([name, { count }]) => [name, count] as const);
  const facts = counts.reduce((sum, [, count]) => sum + count, 0);
  print(`${exact(tally.rows)} rows read, nothing sent (dry run)\n`);
  print(
    [line("valid facts", facts, counts), line("invalid", tally.unmade, []), ...rowLines(tally)].join("\n"),
  );
}
