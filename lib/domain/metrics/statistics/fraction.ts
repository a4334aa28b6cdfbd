/** Fractions of whole numbers of any size, so that a value that is computed in several steps is rounded once, at the end. */

/** How many bits of a quotient are computed: more than a double holds, so that the last one only says whether anything is left. */
const quotientBits = 66;

/** An exact fraction. */
export class Fraction {
  readonly #numerator: bigint;
  /** Above 0. */
  readonly #denominator: bigint;

  /** @throws RangeError when the denominator is 0 */
  constructor(numerator: bigint, denominator: bigint) {
    if (denominator === 0n) throw new RangeError("a fraction with the denominator 0");
    const sign = denominator < 0n ? -1n : 1n;
    this.#numerator = sign * numerator;
    this.#denominator = sign * denominator;
  }

  /**
   * The quotient of two whole numbers.
   * @throws RangeError when one is not whole, or the denominator is 0
   */
  static of(numerator: number | bigint, denominator: number | bigint = 1n): Fraction {
    return new Fraction(BigInt(numerator), BigInt(denominator));
  }

  /**
   * A number as it is written: 0.1 is one tenth.
   * @throws RangeError when it is not finite
   */
  static written(value: number): Fraction {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no fraction`);
    const [digits = "0", exponent = "0"] = String(value).split("e");
    const [whole = "0", decimals = ""] = digits.split(".");
    const scale = Number(exponent) - decimals.length;
    const numerator = BigInt(whole + decimals);
    return scale >= 0
      ? new Fraction(numerator * 10n ** BigInt(scale), 1n)
      : new Fraction(numerator, 10n ** BigInt(-scale));
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.#numerator * other.#numerator, this.#denominator * other.#denominator);
  }

  /** @throws RangeError when the other one is 0 */
  dividedBy(other: Fraction): Fraction {
    return new Fraction(this.#numerator * other.#denominator, this.#denominator * other.#numerator);
  }

  /** 1 less this. */
  complement(): Fraction {
    return new Fraction(this.#denominator - this.#numerator, this.#denominator);
  }

  /** In per cent, rounded once. */
  percent(): number {
    return this.times(Fraction.of(100)).toNumber();
  }

  isLessThan(other: Fraction): boolean {
    return this.#numerator * other.#denominator < other.#numerator * this.#denominator;
  }

  /** The nearest number; of two that are as near, the one whose last bit is 0. */
  toNumber(): number {
    const magnitude = this.#numerator < 0n ? -this.#numerator : this.#numerator;
    if (magnitude === 0n) return 0;
    const shift = quotientBits - bitsOf(magnitude) + bitsOf(this.#denominator);
    const [dividend, divisor] =
      shift >= 0
        ? [magnitude << BigInt(shift), this.#denominator]
        : [magnitude, this.#denominator << BigInt(-shift)];
    const quotient = dividend / divisor;
    const sticky = quotient * divisor === dividend ? quotient : quotient | 1n;
    // Rounded here, to the nearest; the power of two only moves the point.
    const rounded = Number(sticky) * 2 ** -shift;
    return this.#numerator < 0n ? -rounded : rounded;
  }
}

function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}

/**
 * The quotient of two whole numbers, rounded once: to the nearest number.
 * @throws RangeError when one is not whole, or the denominator is 0
 */
export function ratio(numerator: number | bigint, denominator: number | bigint): number {
  // Numbers that are exact divide as they are: the processor rounds the quotient once.
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator !== 0) {
    return Number(numerator) / Number(denominator);
  }
  return Fraction.of(numerator, denominator).toNumber();
}

/**
 * A share of whole numbers in per cent, rounded once; `null` where the whole is 0.
 * @throws RangeError when one is not whole
 */
export function percent(part: number | bigint, whole: number | bigint): number | null {
  return BigInt(whole) === 0n ? null : ratio(BigInt(part) * 100n, BigInt(whole));
}

/** The mean of values whose sum is a whole number, rounded once; `null` without values. */
export function meanOf(sum: number | bigint, n: number): number | null {
  return n === 0 ? null : ratio(sum, n);
}
