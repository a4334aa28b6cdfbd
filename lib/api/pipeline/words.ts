import { inEnglish } from "../../domain/language/in-english.ts";
import type { Remark } from "../../domain/metrics/remark.ts";

/** Measurements as the API answers them: with their remarks in words. */
export function inWords<Entry extends { readonly remarks?: readonly Remark[] }>({
  remarks,
  ...entry
}: Entry): Omit<Entry, "remarks"> & { readonly remarks?: readonly string[] } {
  return { ...entry, ...(remarks ? { remarks: remarks.map(inEnglish) } : {}) };
}
