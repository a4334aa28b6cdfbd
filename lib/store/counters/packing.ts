import { packedNames } from "./packed-names.ts";

/**
 * Counters as bytes. Those of a closed day hardly change any more, and as attributes most of their room is their
 * names: packed, a year of days is read for a fraction of the request units.
 *
 * A pack is a list of groups, one a prefix: its text, then runs of neighbouring whole numbers with a sum each
 * (`r:c410`, `r:c411`, `r:c412` …), then what has no number after the prefix as text. Whole numbers are written seven bits a byte;
 * a text is the number of a known name, or its length and its bytes. A prefix of several parts (`entered:winning:decision:`) is written part by
 * part, and a part that the pack has written out before as its number among those.
 */

const numberOfName = new Map(packedNames.map((name, number) => [name, number] as const));

/** Behind all prefixes a number, with a letter before it or without, or else behind the first prefix a text. */
const numberedPattern = /^(.*:)([a-z]?)(0|-?[1-9]\d{0,8})$/s;
const prefixPattern = /^([^:]*:)(.*)$/s;
const numberPattern = /^([a-z]?)(0|-?[1-9]\d{0,8})$/;
/** The parts of a prefix: each ends with a colon, but for the letter at the end. */
const partPattern = /[^:]*:|[^:]+$/g;

/** The first number of the texts that a pack has written out itself. */
const firstOwnNumber = 4_096;

/** The number of no name: it is followed by the number of parts, and these. */
const ofParts = firstOwnNumber - 1;

interface Group {
  /** The prefix with the letter before the numbers. */
  readonly prefix: string;
  readonly numbers: { readonly number: number; readonly sum: bigint }[];
  readonly texts: { readonly text: string; readonly sum: bigint }[];
}

/** Packs counters. Those whose sum is 0 are left out. */
export function pack(counters: ReadonlyMap<string, bigint>): Uint8Array {
  const groups = new Map<string, Group>();
  for (const [counter, sum] of counters) {
    if (sum === 0n) continue;
    const { key, digits, suffix } = partsOf(counter);
    const group = groups.get(key) ?? { prefix: key, numbers: [], texts: [] };
    groups.set(key, group);
    if (digits === undefined) group.texts.push({ text: suffix, sum });
    else group.numbers.push({ number: Number(digits), sum });
  }
  const writer = new Writer();
  for (const group of groups.values()) writeGroup(writer, group);
  return writer.bytes();
}

function partsOf(counter: string): {
  readonly key: string;
  readonly digits?: string;
  readonly suffix: string;
} {
  const numbered = numberedPattern.exec(counter);
  if (numbered) {
    const [, prefix = "", letter = "", digits = ""] = numbered;
    return { key: prefix + letter, digits, suffix: "" };
  }
  const [, prefix = "", suffix = counter] = prefixPattern.exec(counter) ?? [];
  const [, letter = "", digits] = prefix === "" ? (numberPattern.exec(suffix) ?? []) : [];
  return { key: prefix + letter, suffix, ...(digits === undefined ? {} : { digits }) };
}

function writeGroup(writer: Writer, { prefix, numbers, texts }: Group): void {
  writer.prefix(prefix);
  const runs: { start: number; sums: bigint[] }[] = [];
  for (const { number, sum } of numbers.sort((a, b) => a.number - b.number)) {
    const run = runs.at(-1);
    if (run && run.start + run.sums.length === number) run.sums.push(sum);
    else runs.push({ start: number, sums: [sum] });
  }
  writer.unsigned(BigInt(runs.length));
  let end = 0;
  for (const { start, sums } of runs) {
    writer.signed(BigInt(start - end));
    writer.unsigned(BigInt(sums.length));
    for (const sum of sums) writer.signed(sum);
    end = start + sums.length;
  }
  writer.unsigned(BigInt(texts.length));
  for (const { text, sum } of texts) {
    writer.text(text);
    writer.signed(sum);
  }
}

/**
 * The counters of a pack.
 * @throws RangeError when the bytes are no pack
 */
export function unpack(bytes: Uint8Array): Map<string, bigint> {
  const reader = new Reader(bytes);
  const counters = new Map<string, bigint>();
  while (!reader.isAtEnd) {
    const prefix = reader.prefix();
    let number = 0;
    for (let runs = reader.count(); runs > 0; runs -= 1) {
      number += Number(reader.signed());
      for (let length = reader.count(); length > 0; length -= 1) {
        counters.set(`${prefix}${number}`, reader.signed());
        number += 1;
      }
    }
    for (let texts = reader.count(); texts > 0; texts -= 1) {
      const text = reader.text();
      counters.set(`${prefix}${text}`, reader.signed());
    }
  }
  return counters;
}

class Writer {
  readonly #bytes: number[] = [];
  /** Parts of prefixes that were written out → their number. */
  readonly #own = new Map<string, number>();

  unsigned(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.#bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#bytes.push(Number(rest));
  }

  /** Small numbers of either sign are short. */
  signed(value: bigint): void {
    this.unsigned(value < 0n ? -2n * value - 1n : 2n * value);
  }

  text(text: string): void {
    const number = numberOfName.get(text);
    if (number !== undefined) {
      this.unsigned(BigInt(2 * number + 1));
      return;
    }
    const bytes = new TextEncoder().encode(text);
    this.unsigned(BigInt(2 * bytes.length));
    this.#bytes.push(...bytes);
  }

  prefix(prefix: string): void {
    const parts = prefix.match(partPattern) ?? [];
    const colons = prefix.split(":").length - 1;
    if (colons < 2 || numberOfName.has(prefix)) {
      this.text(prefix);
      return;
    }
    this.unsigned(BigInt(2 * ofParts + 1));
    this.unsigned(BigInt(parts.length));
    for (const part of parts) this.#part(part);
  }

  #part(part: string): void {
    const own = this.#own.get(part);
    if (own !== undefined) this.unsigned(BigInt(2 * own + 1));
    else {
      this.text(part);
      if (!numberOfName.has(part)) this.#own.set(part, firstOwnNumber + this.#own.size);
    }
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** As many as fit a number that is shifted, in bytes of seven. */
const smallBits = 28;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

class Reader {
  readonly #bytes: Uint8Array;
  /** Parts of prefixes that were written out, in order. */
  readonly #own: string[] = [];
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  unsigned(): bigint {
    // Nearly all are small, and need no arithmetic of large numbers.
    let small = 0;
    for (let shift = 0; shift < smallBits; shift += 7) {
      const byte = this.#next();
      small |= (byte & 127) << shift;
      if (byte < 128) return BigInt(small);
    }
    let value = BigInt(small);
    for (let shift = BigInt(smallBits); ; shift += 7n) {
      const byte = this.#next();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  #next(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw new RangeError("a pack of counters ends too early");
    this.#position += 1;
    return byte;
  }

  count(): number {
    return Number(this.unsigned());
  }

  signed(): bigint {
    const value = this.unsigned();
    return value & 1n ? -(value + 1n) / 2n : value / 2n;
  }

  prefix(): string {
    const head = this.count();
    if (head !== 2 * ofParts + 1) return this.#textOf(head);
    let prefix = "";
    for (let parts = this.count(); parts > 0; parts -= 1) prefix += this.#part();
    return prefix;
  }

  #part(): string {
    const head = this.count();
    const own = (head - 1) / 2 - firstOwnNumber;
    const known = head % 2 === 1 && own >= 0 ? this.#own[own] : undefined;
    if (known !== undefined) return known;
    const text = this.#textOf(head);
    if (head % 2 === 0) this.#own.push(text);
    return text;
  }

  text(): string {
    return this.#textOf(this.count());
  }

  #textOf(head: number): string {
    if (head % 2 === 1) {
      const name = packedNames[(head - 1) / 2];
      if (name === undefined) throw new RangeError(`a pack of counters has no name of the number ${head}`);
      return name;
    }
    const length = head / 2;
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError("a pack of counters ends too early");
    const text = decoder.decode(this.#bytes.subarray(this.#position, end));
    this.#position = end;
    return text;
  }
}
