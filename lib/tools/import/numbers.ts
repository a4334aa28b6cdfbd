import type { NumberStyle } from "./mapping-schema.ts";
import { RowProblem } from "./problems.ts";

/**
 * Reads a decimal number as text, without rounding: `1.234,50` in the style decimal `,` grouping `.` is `1234.50`.
 * @returns digits with `.` as decimal sign, `-` in front when negative, no needless zeros before the decimal sign.
 * @throws RowProblem when the text is not a number of that style.
 */
export function readDecimal(text: string, style: NumberStyle): string {
  const { sign, whole, fraction } = matchDecimal(text, style);
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${sign}${digits}${fraction ? `.${fraction}` : ""}`;
}

/**
 * Reads a number.
 * @throws RowProblem when the text is not a number of that style.
 */
export function readNumber(text: string, style: NumberStyle): number {
  return Number(readDecimal(text, style));
}

interface DecimalPattern {
  readonly pattern: RegExp;
  readonly grouping: string | undefined;
}

const patterns = new Map<string, DecimalPattern>();

function patternFor(style: NumberStyle): DecimalPattern {
  const decimal = style.decimal ?? ".";
  const { grouping } = style;
  const key = `${decimal}${grouping ?? ""}`;
  let found = patterns.get(key);
  if (!found) {
    // A space stands for the no-break spaces, too, that spreadsheets write.
    const group = grouping === " " ? "[ \\u00a0\\u202f]" : grouping && `\\${grouping}`;
    const whole = group ? `\\d{1,3}(?:${group}\\d{3})+|\\d*` : "\\d*";
    found = {
      pattern: new RegExp(`^([+\\-\\u2212]?)(${whole})(?:\\${decimal}(\\d*))?$`),
      grouping: group,
    };
    patterns.set(key, found);
  }
  return found;
}

function matchDecimal(text: string, style: NumberStyle): { sign: string; whole: string; fraction: string } {
  const { pattern, grouping } = patternFor(style);
  const match = pattern.exec(text);
  const fraction = match?.[3] ?? "";
  const written = match?.[2] ?? "";
  if (!match || (written === "" && fraction === "")) {
    throw new RowProblem(`"${text}" is not a number${hint(text, style)}`);
  }
  const whole = grouping ? written.replace(new RegExp(grouping, "g"), "") : written;
  return { sign: match[1] && match[1] !== "+" ? "-" : "", whole, fraction };
}

function hint(text: string, style: NumberStyle): string {
  const decimal = style.decimal ?? ".";
  if (!/^[+-]?[\d., ']+$/.test(text)) return "";
  return ` (the decimal sign is "${decimal}", ${
    style.grouping ? `groups are parted by "${style.grouping}"` : "no grouping of thousands is expected"
  }; see numbers in the mapping)`;
}
