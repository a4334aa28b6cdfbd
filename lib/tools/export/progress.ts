import { SingleBar } from "cli-progress";
import type { ProgressStream } from "../import/progress.ts";
import { exact } from "../import/summary.ts";
import { type TableName, tableNames } from "./tables.ts";

/** Shows how far an export has come. */
export interface ExportProgress {
  update(table: TableName, rows: number, day: string | undefined): void;
  /** Says why it takes longer. */
  note(text: string): void;
  stop(): void;
}

/** Progress that nobody wants to see. */
export const noProgress: ExportProgress = { update() {}, note() {}, stop() {} };

/** Seconds between two lines where there is no terminal to draw on. */
const secondsBetweenLines = 10;

/** A bar on a terminal, a line now and then elsewhere. Nobody knows beforehand how many rows there are: the bar counts tables. */
export function showProgress(stream: ProgressStream): ExportProgress {
  return stream.isTTY ? drawBar(stream) : writeLines(stream);
}

function drawBar(stream: ProgressStream): ExportProgress {
  const bar = new SingleBar({
    format: "{bar} {value}/{total} tables | {text}",
    stream,
    hideCursor: true,
    barsize: tableNames.length * 5,
    // The export ends by itself when it is interrupted, and says how to continue.
    gracefulExit: false,
  });
  bar.start(tableNames.length, 0, { text: "starting" });
  return {
    update: (table, rows, day) => bar.update(tableNames.indexOf(table), { text: describe(table, rows, day) }),
    note: (text) => bar.update({ text }),
    stop: () => bar.stop(),
  };
}

function writeLines(stream: ProgressStream): ExportProgress {
  let last = performance.now();
  return {
    update(table, rows, day) {
      if (performance.now() - last < secondsBetweenLines * 1000) return;
      last = performance.now();
      stream.write(`${describe(table, rows, day)}\n`);
    },
    note: (text) => stream.write(`${text}\n`),
    stop() {},
  };
}

function describe(table: TableName, rows: number, day: string | undefined): string {
  return `${table}: ${exact(rows)} rows${day === undefined ? "" : `, back to ${day}`}`;
}
