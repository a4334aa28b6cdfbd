/** The colours of a page and of its charts. */

/** Colours as CSS writes them. Text has a contrast of at least 4.5 on the surface, lines of at least 3 (WCAG 2.2). */
export interface Theme {
  readonly page: string;
  readonly surface: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly link: string;
  readonly good: string;
  readonly bad: string;
  readonly goal: string;
  readonly mark: string;
  /** The lines of a chart, the whole or the largest group first. */
  readonly lines: readonly string[];
}

/** On white. */
export const lightTheme: Theme = {
  page: "#f5f6f8",
  surface: "#ffffff",
  border: "#d5d9e0",
  text: "#1a1f29",
  quiet: "#545c6b",
  grid: "#e4e7ec",
  link: "#0b57b8",
  good: "#1a6e36",
  bad: "#b3261e",
  goal: "#6a3ea1",
  mark: "#9a5b00",
  lines: ["#0b62c4", "#c2410c", "#0f766e", "#7c3aed", "#be185d", "#4d7c0f"],
};

/** On nearly black. */
export const darkTheme: Theme = {
  page: "#12151b",
  surface: "#1b2029",
  border: "#39414f",
  text: "#e8ebf0",
  quiet: "#a9b2c1",
  grid: "#2c333f",
  link: "#8ab8ff",
  good: "#7ddc97",
  bad: "#ff9a91",
  goal: "#c9a6ff",
  mark: "#f5b85c",
  lines: ["#6cb2ff", "#ff9d5c", "#4fd1c5", "#b79cff", "#ff8fc0", "#b5d85a"],
};

/** The dashes of a chart's lines, in the same order: colour is never the only difference. */
export const lineDashes = ["none", "7 3", "2 3", "9 3 2 3", "1 4", "12 4"] as const;

/** At most so many lines in one chart. */
export const maxLines = lineDashes.length;
