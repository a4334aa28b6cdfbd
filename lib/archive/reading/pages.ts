import { snappyUncompress } from "hyparquet/src/snappy.js";
import type { CodedColumn } from "./coded-column.ts";
import type { Chunk, FlatColumn } from "./footer.ts";
import { maxBits, readRuns } from "./runs.ts";
import { ThriftReader } from "./thrift.ts";

/** Decoding the pages of a column, as the archive's writer makes them. */

/** Parquet's numbers of physical types, compressions, kinds of pages and encodings. */
const types = { flag: 0, integer: 1, long: 2, fraction: 5, text: 6 } as const;
const codecs = { none: 0, snappy: 1 } as const;
const pages = { dictionary: 2, data: 3 } as const;
const encodings = { plain: 0, runs: 3, dictionary: 8 } as const;

/** What every value of a column is read as of which only matters whether it is there. */
export const something = "(something)";

/** A page that this reader does not know: another program wrote the file. */
export class UnknownPage extends Error {
  override readonly name = "UnknownPage";
}

/** How a column is read. */
export interface ColumnAsked {
  readonly rows: number;
  /** Whether its values matter, and not only where there are any. */
  readonly hasValues: boolean;
}

/**
 * Decodes a column. A number of 64 bits is a number where that is exact, else a bigint.
 * @throws UnknownPage for what the archive's writer does not make
 * @throws RangeError for a file that is damaged
 */
export function decodeColumn(bytes: Buffer, column: FlatColumn, asked: ColumnAsked): CodedColumn {
  const decoding = new Decoding(column.isOptional, asked);
  for (const chunk of column.chunks) decoding.addChunk(bytes, chunk);
  return decoding.column();
}

interface PageHeader {
  readonly kind: number;
  /** Bytes with and without compression. */
  readonly whole: number;
  readonly stored: number;
  readonly values: number;
  readonly missing: number;
  readonly encoding: number;
  readonly levels: number;
  readonly isCompressed: boolean;
}

/** A column while it is decoded. */
class Decoding {
  readonly #isOptional: boolean;
  readonly #hasValues: boolean;
  readonly #codes: Int32Array;
  readonly #values: unknown[] = [];
  #done = 0;
  /** Where the values of the dictionary begin that pages refer to. */
  #dictionary = 0;

  constructor(isOptional: boolean, { rows, hasValues }: ColumnAsked) {
    this.#isOptional = isOptional;
    this.#hasValues = hasValues;
    this.#codes = new Int32Array(rows);
    if (!hasValues) this.#values.push(something);
  }

  column(): CodedColumn {
    if (this.#done !== this.#codes.length) throw new RangeError("a column has another number of rows");
    return { codes: this.#codes, values: this.#values };
  }

  addChunk(bytes: Buffer, chunk: Chunk): void {
    let offset = chunk.begin;
    while (offset < chunk.end) {
      const reader = new ThriftReader(bytes, offset);
      const header = readHeader(reader);
      offset = reader.offset + header.stored;
      const stored = bytes.subarray(reader.offset, offset);
      if (header.kind === pages.dictionary) this.#addDictionary(chunk, header, stored);
      else if (header.kind === pages.data) this.#addPage(chunk, header, stored);
      else throw new UnknownPage(`pages of kind ${header.kind}`);
    }
  }

  #addDictionary(chunk: Chunk, header: PageHeader, stored: Buffer): void {
    if (!this.#hasValues) return;
    this.#dictionary = this.#values.length;
    readPlain(uncompressed(chunk, stored, header.whole), chunk.type, header.values, this.#values);
  }

  #addPage(chunk: Chunk, header: PageHeader, stored: Buffer): void {
    const { values, missing, levels } = header;
    const codes = this.#codes.subarray(this.#done, this.#done + values);
    if (codes.length !== values) throw new RangeError("a column has more rows than its file");
    this.#done += values;
    if (missing === values) {
      codes.fill(-1);
      return;
    }
    const present = missing === 0 ? codes : new Int32Array(values - missing);
    if (this.#hasValues) this.#readCodes(chunk, header, stored, present);
    if (missing > 0) spread(present, levelsOf(stored.subarray(0, levels), values, this.#isOptional), codes);
  }

  #readCodes(chunk: Chunk, header: PageHeader, stored: Buffer, present: Int32Array): void {
    const { levels, encoding, whole, isCompressed } = header;
    const rest = stored.subarray(levels);
    const page = isCompressed ? uncompressed(chunk, rest, whole - levels) : rest;
    if (encoding === encodings.dictionary) {
      const bits = page[0] ?? 0;
      if (bits > maxBits) throw new UnknownPage(`${bits} bits a value`);
      if (bits > 0) readRuns(page, 1, bits, present);
      else present.fill(0);
      raise(present, this.#dictionary);
      return;
    }
    const base = this.#values.length;
    if (chunk.type === types.flag) {
      this.#values.push(false, true);
      if (encoding === encodings.runs) readRuns(page, 4, 1, present);
      else if (encoding === encodings.plain) readBits(page, present);
      else throw new UnknownPage(`encoding ${encoding} of flags`);
      raise(present, base);
      return;
    }
    if (encoding !== encodings.plain) throw new UnknownPage(`encoding ${encoding}`);
    readPlain(page, chunk.type, present.length, this.#values);
    for (let index = 0; index < present.length; index += 1) present[index] = base + index;
  }
}

function readHeader(reader: ThriftReader): PageHeader {
  let [kind, whole, stored, values, missing, encoding, levels] = [0, 0, 0, 0, 0, 0, 0];
  let isCompressed = true;
  reader.struct((field) => {
    if (field === 1) kind = reader.integer();
    else if (field === 2) whole = reader.integer();
    else if (field === 3) stored = reader.integer();
    else if (field === 7 || field === 8) {
      reader.struct((ofPage, type) => {
        if (ofPage === 1) values = reader.integer();
        else if (field === 7) return false;
        else if (ofPage === 2) missing = reader.integer();
        else if (ofPage === 4) encoding = reader.integer();
        else if (ofPage === 5 || ofPage === 6) levels += reader.integer();
        else if (ofPage === 7) isCompressed = ThriftReader.flag(type);
        else return false;
        return true;
      });
    } else return false;
    return true;
  });
  return { kind, whole, stored, values, missing, encoding, levels, isCompressed };
}

function uncompressed({ codec }: Chunk, stored: Buffer, size: number): Buffer {
  if (codec === codecs.none) return stored;
  if (codec !== codecs.snappy) throw new UnknownPage(`compression ${codec}`);
  const page = Buffer.allocUnsafe(size);
  snappyUncompress(stored, page);
  return page;
}

/** Which rows have a value: 1 for those. */
function levelsOf(bytes: Buffer, rows: number, isOptional: boolean): Int32Array {
  if (!isOptional) throw new RangeError("a value is missing that every row has");
  const levels = new Int32Array(rows);
  readRuns(bytes, 0, 1, levels);
  return levels;
}

/** Puts the codes of the rows that have a value where these are. */
function spread(present: Int32Array, levels: Int32Array, codes: Int32Array): void {
  let next = 0;
  for (let row = 0; row < codes.length; row += 1) {
    if (levels[row] === 1) {
      codes[row] = present[next] ?? -1;
      next += 1;
    } else codes[row] = -1;
  }
}

/** Makes codes of a page those of its column, whose values begin before the page's own. */
function raise(codes: Int32Array, base: number): void {
  if (base === 0) return;
  for (let index = 0; index < codes.length; index += 1) codes[index] = (codes[index] ?? 0) + base;
}

function readBits(page: Buffer, into: Int32Array): void {
  for (let index = 0; index < into.length; index += 1) {
    into[index] = ((page[index >> 3] ?? 0) >> (index & 7)) & 1;
  }
}

function readPlain(page: Buffer, type: number, count: number, into: unknown[]): void {
  let offset = 0;
  switch (type) {
    case types.integer:
      for (; offset < count * 4; offset += 4) into.push(page.readInt32LE(offset));
      return;
    case types.long:
      for (; offset < count * 8; offset += 8) into.push(longAt(page, offset));
      return;
    case types.fraction:
      for (; offset < count * 8; offset += 8) into.push(page.readDoubleLE(offset));
      return;
    case types.text:
      for (let index = 0; index < count; index += 1) {
        const length = page.readUInt32LE(offset);
        into.push(page.toString("utf8", offset + 4, offset + 4 + length));
        offset += 4 + length;
      }
      return;
    default:
      throw new UnknownPage(`values of type ${type}`);
  }
}

/** Of 2^21 upper halves each is a number that is exact. */
const maxUpper = 2 ** 21;

function longAt(page: Buffer, offset: number): number | bigint {
  const upper = page.readInt32LE(offset + 4);
  if (upper >= maxUpper || upper < -maxUpper) return page.readBigInt64LE(offset);
  return upper * 2 ** 32 + page.readUInt32LE(offset);
}
