import { snappyUncompress } from "hyparquet/src/snappy.js";
import type { CodedColumn } from "./coded-column.ts";
import type { Chunk, FlatColumn } from "./footer.ts";
import { maxBits, readRuns } from "./runs.ts";
import { ThriftReader } from "./thrift.ts";
import { TextBytes, type TextColumn, types, UnknownPage, type ValueSink, Values } from "./values.ts";

/** Decoding the pages of a column, as the archive's writer makes them. */

/** Parquet's numbers of compressions, kinds of pages and encodings. */
const codecs = { none: 0, snappy: 1 } as const;
const pages = { dictionary: 2, data: 3 } as const;
const encodings = { plain: 0, runs: 3, dictionary: 8 } as const;

/** What every value of a column is read as of which only matters whether it is there. */
export const something = "(something)";

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
  const values = new Values(asked.hasValues ? [] : [something]);
  return { codes: codesOf(bytes, column, asked, values), values: values.list };
}

/**
 * Decodes a column of texts as the bytes that they are in the file.
 * @throws UnknownPage for what the archive's writer does not make, and for what are no texts
 * @throws RangeError for a file that is damaged
 */
export function decodeTexts(bytes: Buffer, column: FlatColumn, rows: number): TextColumn {
  const texts = new TextBytes();
  return { codes: codesOf(bytes, column, { rows, hasValues: true }, texts), texts };
}

function codesOf(bytes: Buffer, column: FlatColumn, asked: ColumnAsked, sink: ValueSink): Int32Array {
  const decoding = new Decoding(column.isOptional, asked, sink);
  for (const chunk of column.chunks) decoding.addChunk(bytes, chunk);
  return decoding.codes();
}

/** Whether a column is one that the archive's writer makes, as far as the headers of its pages tell: nothing is decoded. */
export function isKnown(bytes: Buffer, { chunks }: FlatColumn): boolean {
  return chunks.every(({ codec, begin, end }) => {
    if (codec !== codecs.none && codec !== codecs.snappy) return false;
    for (let offset = begin; offset < end; ) {
      const reader = new ThriftReader(bytes, offset);
      const { kind, encoding, stored } = readHeader(reader);
      const isKnownPage = kind === pages.dictionary || kind === pages.data;
      if (!isKnownPage || !Object.values<number>(encodings).includes(encoding)) return false;
      offset = reader.offset + stored;
    }
    return true;
  });
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
  readonly #values: ValueSink;
  #done = 0;
  /** Where the values of the dictionary begin that pages refer to. */
  #dictionary = 0;

  constructor(isOptional: boolean, { rows, hasValues }: ColumnAsked, values: ValueSink) {
    this.#isOptional = isOptional;
    this.#hasValues = hasValues;
    this.#codes = new Int32Array(rows);
    this.#values = values;
  }

  codes(): Int32Array {
    if (this.#done !== this.#codes.length) throw new RangeError("a column has another number of rows");
    return this.#codes;
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
    this.#dictionary = this.#values.size;
    this.#values.addPlain(uncompressed(chunk, stored, header.whole), chunk.type, header.values);
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
    const base = this.#values.size;
    if (chunk.type === types.flag) {
      this.#values.addFlags();
      if (encoding === encodings.runs) readRuns(page, 4, 1, present);
      else if (encoding === encodings.plain) readBits(page, present);
      else throw new UnknownPage(`encoding ${encoding} of flags`);
      raise(present, base);
      return;
    }
    if (encoding !== encodings.plain) throw new UnknownPage(`encoding ${encoding}`);
    this.#values.addPlain(page, chunk.type, present.length);
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
