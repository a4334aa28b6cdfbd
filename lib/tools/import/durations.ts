import { RowProblem } from "./problems.ts";

/** Units of durations, in milliseconds. */
export const millisecondsOf = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
} as const;

/** A unit of durations. */
export type DurationUnit = keyof typeof millisecondsOf;

const words: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msec|milliseconds?|millisekunden?|millisecondes?|milisegundos?|millisecondi)$/, 1],
  [/^(?:s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|secondi|secondo|seconden?|秒)$/, 1_000],
  [/^(?:m|mins?|minutes?|minuten?|minutos?|minuti|minuto|分)$/, 60_000],
  [/^(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|ora|uur|時間|小时|小時)$/, 3_600_000],
  [/^(?:d|days?|tage?|jours?|d[ií]as?|giorni|giorno|dagen|dag|日|天)$/, 86_400_000],
];

const clock = /^(?:(\d+)(?:\.|\s*d(?:ays?)?,?\s*))?(\d+):(\d{2}):(\d{2}(?:[.,]\d+)?)$/;
const iso = /^p(?:(\d+)d)?(?:t(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?)?$/;

/**
 * Reads a duration: `00:02:05`, `2:05` (minutes and seconds), `1 day 2 h`, `1h 5m`, `PT2M5S`, or a number in a unit.
 * @param unit of a number without one
 * @returns milliseconds
 * @throws RowProblem when the text is none
 */
export function readDuration(text: string, unit: DurationUnit): number {
  const plain = text.trim().toLowerCase();
  const isNegative = /^[-\u2212]/.test(plain);
  const milliseconds = magnitude(plain.replace(/^[-\u2212]\s*/, ""), unit);
  if (milliseconds === undefined) {
    throw new RowProblem(`"${text}" is not a duration such as 00:02:05, 1h 5m or PT2M5S`);
  }
  return isNegative ? -milliseconds : milliseconds;
}

function magnitude(text: string, unit: DurationUnit): number | undefined {
  if (/^\d+(?:[.,]\d+)?$/.test(text)) return inUnit(text, millisecondsOf[unit]);
  const byClock = clock.exec(text);
  if (byClock) {
    const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = byClock;
    return ofParts(days, hours, minutes, seconds);
  }
  const short = /^(\d+):(\d{2}(?:[.,]\d+)?)$/.exec(text);
  if (short) return ofParts("0", "0", short[1] ?? "0", short[2] ?? "0");
  const standard = /\d/.test(text) ? iso.exec(text) : null;
  if (standard) {
    const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = standard;
    return ofParts(days, hours, minutes, seconds);
  }
  return inWords(text);
}

function ofParts(days: string, hours: string, minutes: string, seconds: string): number {
  const parts = [days, hours, minutes, seconds];
  const units = [86_400_000, 3_600_000, 60_000, 1_000];
  return parts.reduce((sum, part, index) => sum + inUnit(part, units[index] ?? 0), 0);
}

function inUnit(number: string, unit: number): number {
  return Math.round(Number(number.replace(",", ".")) * unit);
}

function inWords(text: string): number | undefined {
  const pieces = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?/gu)];
  const rest = text.replace(/(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?/gu, "").replace(/[\s,]|und|and|et|y|e/g, "");
  if (pieces.length === 0 || rest !== "") return undefined;
  let sum = 0;
  for (const [, number = "", word = ""] of pieces) {
    const unit = words.find(([pattern]) => pattern.test(word))?.[1];
    if (unit === undefined) return undefined;
    sum += inUnit(number, unit);
  }
  return sum;
}
