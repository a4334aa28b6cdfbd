/** Exact decimal arithmetic on texts such as `-12.50`. */

interface Decimal {
  /** The number times ten to the power of `scale`. */
  readonly units: bigint;
  readonly scale: number;
}

function parse(text: string): Decimal {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function write({ units, scale }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** The sum of decimals. */
export function add(a: string, b: string): string {
  const [first, second] = [parse(a), parse(b)];
  const scale = Math.max(first.scale, second.scale);
  return write({ units: unitsAt(first, scale) + unitsAt(second, scale), scale });
}

/** A decimal with the opposite sign. */
export function negate(text: string): string {
  const { units, scale } = parse(text);
  return write({ units: -units, scale });
}

/** The product of decimals. */
export function multiply(a: string, b: string): string {
  const [first, second] = [parse(a), parse(b)];
  return write({ units: first.units * second.units, scale: first.scale + second.scale });
}

/**
 * The quotient of decimals, to twelve decimals.
 * @returns `undefined` where the second one is 0
 */
export function divide(a: string, b: string): string | undefined {
  const [first, second] = [parse(a), parse(b)];
  if (second.units === 0n) return undefined;
  const guard = 12;
  const numerator = first.units * 10n ** BigInt(guard + second.scale);
  const denominator = second.units * 10n ** BigInt(first.scale);
  return trim(write({ units: halfUp(numerator, denominator), scale: guard }));
}

/** A decimal rounded to so many decimals, halves away from 0. */
export function round(text: string, decimals: number): string {
  const { units, scale } = parse(text);
  if (scale <= decimals) return text;
  return write({ units: halfUp(units, 10n ** BigInt(scale - decimals)), scale: decimals });
}

/** Moves the point to the left: `12345` by 2 is `123.45`. */
export function shiftLeft(text: string, places: number): string {
  const { units, scale } = parse(text);
  return write({ units, scale: scale + places });
}

/** Takes needless zeros from the end until there are so many decimals. */
export function trim(text: string, decimals = 0): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const kept = fraction.slice(0, decimals) + fraction.slice(decimals).replace(/0+$/, "");
  return kept === "" ? whole : `${whole}.${kept}`;
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [numerator, denominator].map((part) => (part < 0n ? -part : part));
  if (top === undefined || !bottom) return 0n;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return isNegative ? -rounded : rounded;
}
