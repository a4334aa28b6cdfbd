import type { CheckResult } from "./walk.ts";

/** The results as a table of plain text, those that are wrong marked, with a sum below. */
export function renderTable(results: readonly CheckResult[]): string {
  const rows = [
    { mark: "", name: "check", expected: "expected", answered: "answered" },
    ...results.map(({ isRight, ...row }) => ({ mark: isRight ? "ok" : "WRONG", ...row })),
  ];
  const width = (column: "mark" | "name" | "expected") => Math.max(...rows.map((row) => row[column].length));
  const [mark, name, expected] = [width("mark"), width("name"), width("expected")];
  const lines = rows.map((row) =>
    `${row.mark.padEnd(mark)}  ${row.name.padEnd(name)}  ${row.expected.padEnd(expected)}  ${row.answered}`.trimEnd(),
  );
  const wrong = results.filter(({ isRight }) => !isRight).length;
  return `${lines.join("\n")}\n\n${results.length - wrong} of ${results.length} as expected\n`;
}
