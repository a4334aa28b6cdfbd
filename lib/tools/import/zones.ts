import { isTimeZone } from "../../domain/calendar/zones.ts";

/** How far the zones that are known by their letters are from UTC, in minutes. Letters that several zones have (IST, CST of China) are left out or the North American ones. */
const letters: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
  aest: 600,
  aedt: 660,
};

/** A zone as a time has it: minutes from UTC, or a name. */
export type WrittenZone = { readonly offsetMinutes: number } | { readonly zone: string };

/**
 * Reads what stands behind a time of day: `Z`, `+0200`, `GMT+1`, `UTC+02:00`, `CEST`, `Europe/Berlin`.
 * @returns `undefined` where it is no zone
 */
export function readZone(text: string): WrittenZone | undefined {
  const plain = text
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/(?<=\d)\[.*\]$/, "");
  const offset = /^(?:utc|gmt|z)?\s*([+\-\u2212])\s*(\d{1,2})(?::?(\d{2}))?$/i.exec(plain);
  if (offset) {
    const [, sign, hours = "", minutes = "0"] = offset;
    if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
    return { offsetMinutes: (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) };
  }
  const name = plain.toLowerCase();
  const known = Object.hasOwn(letters, name) ? letters[name] : undefined;
  if (known !== undefined) return { offsetMinutes: known };
  return plain.includes("/") && isTimeZone(plain) ? { zone: plain } : undefined;
}
