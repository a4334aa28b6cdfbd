import { SingleBar } from "cli-progress";
import { exact, rate } from "./summary.ts";
import { allOutcomes, answered, type Tally } from "./tally.ts";

/** Shows how far an import has come. */
export interface Progress {
  /** @param position bytes of the file that are answered for */
  update(position: number, tally: Tally, factsPerSecond: number): void;
  /** Says why it takes longer. */
  note(text: string): void;
  stop(): void;
}

/** The stream that progress is written to. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** Progress that nobody wants to see. */
export const noProgress: Progress = { update() {}, note() {}, stop() {} };

/** Seconds between two lines where there is no terminal to draw on. */
const secondsBetweenLines = 10;

/** A bar on a terminal, a line now and then elsewhere. */
export function showProgress(stream: ProgressStream, totalBytes: number): Progress {
  return stream.isTTY ? drawBar(stream, totalBytes) : writeLines(stream, totalBytes);
}

function drawBar(stream: ProgressStream, totalBytes: number): Progress {
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {text}",
    stream,
    hideCursor: true,
    barsize: 30,
    // The import ends by itself when it is interrupted, and says how to continue.
    gracefulExit: false,
  });
  bar.start(Math.max(1, totalBytes), 0, { text: "starting" });
  return {
    update(position, tally, factsPerSecond) {
      bar.update(Math.min(position, totalBytes), { text: describe(tally, factsPerSecond) });
    },
    note: (text) => bar.update({ text }),
    stop: () => bar.stop(),
  };
}

function writeLines(stream: ProgressStream, totalBytes: number): Progress {
  let last = performance.now();
  return {
    update(position, tally, factsPerSecond) {
      if (performance.now() - last < secondsBetweenLines * 1000) return;
      last = performance.now();
      const percentage = Math.floor((100 * Math.min(position, totalBytes)) / Math.max(1, totalBytes));
      stream.write(`${percentage} %, ${describe(tally, factsPerSecond)}\n`);
    },
    note: (text) => stream.write(`${text}\n`),
    stop() {},
  };
}

function describe(tally: Tally, factsPerSecond: number): string {
  const { duplicate, conflict, invalid } = allOutcomes(tally);
  const rest = [
    duplicate ? `${exact(duplicate)} duplicate` : "",
    conflict + invalid + tally.unmade ? `${exact(conflict + invalid + tally.unmade)} rejected` : "",
  ].filter(Boolean);
  return [`${exact(answered(tally))} facts`, ...rest, rate(factsPerSecond)].join(", ");
}
