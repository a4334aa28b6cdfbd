import { exact, line, rate } from "../import/summary.ts";
import { allOutcomes, type Tally } from "../import/tally.ts";
import { isAsPlanted, type Measured, type Read } from "./measure.ts";
import type { Planted } from "./planted.ts";

/** The lines that the demo prints at its end. */

/** The lines about what became of the facts. */
export function factLines(tally: Tally, seconds: number, late: number, twice: number): string[] {
  const { recorded, duplicate, conflict, invalid } = allOutcomes(tally);
  const all = recorded + duplicate + conflict + invalid;
  const head = `${exact(all)} facts answered in ${seconds.toFixed(0)} s (${rate(all / Math.max(seconds, 0.001))})`;
  const partsOf = (status: "conflict" | "invalid") =>
    Object.entries(tally.facts).map(([name, outcomes]) => [name, outcomes[status]] as const);
  return [
    head,
    `${line("recorded", recorded, [])}   ${exact(late)} of them late, after their day's snapshot`,
    `${line("duplicate", duplicate, [])}   ${exact(twice)} facts were sent twice on purpose`,
    ...(conflict > 0 ? [line("conflict", conflict, partsOf("conflict"))] : []),
    ...(conflict > 0
      ? ["  Another version of the demo made the company that is there: begin with an empty workspace."]
      : []),
    ...(invalid > 0 ? [line("invalid", invalid, partsOf("invalid"))] : []),
  ];
}

/** The lines about one planted event: when it was, and each number before and during it. */
export function plantedLines(planted: Planted, days: string, measured: readonly Measured[]): string[] {
  return [`${planted.title}  (${days})`, ...measured.map(measuredLine)];
}

function measuredLine(measured: Measured): string {
  const { effect, unit, currency, before, during } = measured;
  const name = [effect.metric, effect.component].filter(Boolean).join(" · ");
  const text = (value: Read) => show(value, unit, currency);
  const said = isAsPlanted(measured) ? verdict(measured) : "does not show it";
  return `    ${name.padEnd(38)}${text(before).padStart(14)} → ${text(during).padEnd(14)} ${said}`.trimEnd();
}

function verdict({ significant }: Measured): string {
  if (significant === null) return "";
  return significant ? "significant" : "could be chance";
}

/** A value with its unit, rounded for reading. */
export function show(value: Read, unit: string, currency?: string): string {
  if (value === null) return "no data";
  const number = Number(value);
  const digits = (most: number) => number.toLocaleString("en", { maximumFractionDigits: most });
  if (unit === "percent") return `${digits(Math.abs(number) > 99 && number !== 100 ? 2 : 1)} %`;
  if (unit === "seconds") return duration(number);
  if (unit === "money") return `${currency ?? ""} ${digits(Math.abs(number) < 1_000 ? 2 : 0)}`.trim();
  return digits(2);
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
