/** The median of an odd number of measurements, the upper one of an even number; not a number where there are none. */
export function medianOf(measured: readonly number[]): number {
  return measured.toSorted((a, b) => a - b)[measured.length >> 1] ?? Number.NaN;
}
