/** The maximum of a likelihood without derivatives, and how certain its place is. */

/** Where a function is least. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

/** The simplex has come to rest where its values differ by no more than this part of their size: roughly at first, exactly when begun again. */
const [roughly, exactly] = [1e-8, 1e-13];
/** A likelihood without a maximum would be followed for ever. */
const maxSteps = 600;
const maxRestarts = 6;

/**
 * The minimum of a function by the simplex method (Nelder & Mead 1965), begun again where it ended until that finds nothing lower: a simplex that has
 * collapsed on its way is noticed so. A place outside of what the function is defined for has the value `Infinity`.
 */
export function minimise(value: (at: readonly number[]) => number, start: readonly number[]): Minimum {
  let best = descend(value, start, roughly);
  for (let restarts = 0; restarts < maxRestarts; restarts += 1) {
    const next = descend(value, best.at, exactly);
    const gained = best.value - next.value;
    if (gained > 0) best = next;
    if (!(gained > Math.abs(best.value) * roughly)) break;
  }
  return best;
}

function descend(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  precision: number,
): Minimum {
  const placed = (at: readonly number[]): Minimum => ({ at, value: value(at) });
  const corner = (index: number) =>
    placed(start.map((coordinate, other) => (other === index ? coordinate + 0.25 : coordinate)));
  let simplex = [placed(start), ...start.map((_, index) => corner(index))];
  for (let step = 0; step < maxSteps; step += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [simplex[0], simplex.at(-1), simplex.at(-2)];
    if (!best || !worst || !second) break;
    if (worst.value - best.value <= precision * Math.abs(best.value)) break;
    const rest = simplex.slice(0, -1);
    const centre = start.map(
      (_, index) => rest.reduce((sum, { at }) => sum + (at[index] ?? 0), 0) / rest.length,
    );
    const along = (factor: number) =>
      placed(centre.map((coordinate, index) => coordinate + factor * ((worst.at[index] ?? 0) - coordinate)));
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-2);
      simplex = [...rest, expanded.value < reflected.value ? expanded : reflected];
    } else if (reflected.value < second.value) {
      simplex = [...rest, reflected];
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex = [...rest, contracted];
      else simplex = simplex.map((one) => (one === best ? one : placed(halfway(best.at, one.at))));
    }
  }
  return simplex.reduce((best, one) => (one.value < best.value ? one : best));
}

function halfway(one: readonly number[], other: readonly number[]): number[] {
  return one.map((coordinate, index) => (coordinate + (other[index] ?? 0)) / 2);
}

/** A square matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** The change of coordinates for second differences: small beside what changes them, large beside what a double rounds. */
const difference = 1e-3;

/**
 * The covariance of estimates: the inverse of the second derivatives of the negative log-likelihood at its minimum.
 * @returns `undefined` where these have no inverse with positive variances: the data do not say where the minimum is
 */
export function covarianceAt(
  value: (at: readonly number[]) => number,
  at: readonly number[],
): Matrix | undefined {
  const shifted = (changes: Readonly<Record<number, number>>) =>
    value(at.map((coordinate, index) => coordinate + (changes[index] ?? 0)));
  const centre = value(at);
  const [h, square] = [difference, difference ** 2];
  const second = at.map((_, row) =>
    at.map((__, column) =>
      row === column
        ? (shifted({ [row]: h }) - 2 * centre + shifted({ [row]: -h })) / square
        : (shifted({ [row]: h, [column]: h }) -
            shifted({ [row]: h, [column]: -h }) -
            shifted({ [row]: -h, [column]: h }) +
            shifted({ [row]: -h, [column]: -h })) /
          (4 * square),
    ),
  );
  return inverse(second);
}

/** The inverse of a symmetric positive definite matrix; `undefined` where it is none. */
export function inverse(matrix: Matrix): Matrix | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, index) => [...row, ...row.map((_, column) => (column === index ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot += 1) {
    const own = rows[pivot] ?? [];
    const divisor = own[pivot] ?? 0;
    // Without exchanging rows all pivots of a positive definite matrix are positive, and of no other.
    if (!(divisor > 0)) return undefined;
    rows[pivot] = own.map((cell) => cell / divisor);
    for (let other = 0; other < size; other += 1) {
      const factor = rows[other]?.[pivot] ?? 0;
      if (other !== pivot) {
        rows[other] = (rows[other] ?? []).map((cell, column) => cell - factor * (rows[pivot]?.[column] ?? 0));
      }
    }
  }
  const result = rows.map((row) => row.slice(size));
  return result.every((row, index) => (row[index] ?? 0) > 0) ? result : undefined;
}
