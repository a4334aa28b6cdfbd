import { ThriftReader } from "./thrift.ts";

/** The footer of a Parquet file: which columns it has, and where. Only what reading whole columns needs of it. */

/** The pages of a column in one group of rows. */
export interface Chunk {
  /** The number of Parquet's physical type. */
  readonly type: number;
  /** The number of the compression. */
  readonly codec: number;
  /** Where its first page begins, and where its last one ends. */
  readonly begin: number;
  readonly end: number;
}

/** A column that is neither a list nor a map. */
export interface FlatColumn {
  /** Whether it can have no value. */
  readonly isOptional: boolean;
  /** One for each group of rows, in order. */
  readonly chunks: readonly Chunk[];
}

/** A footer. */
export interface Footer {
  readonly rows: number;
  readonly flat: ReadonlyMap<string, FlatColumn>;
  /** The columns of the first level that are lists or maps. */
  readonly nested: ReadonlySet<string>;
}

const magic = 0x31_52_41_50;
const optional = 1;

interface Schema {
  readonly name: string;
  readonly isOptional: boolean;
  readonly children: number;
}

interface NamedChunk extends Chunk {
  readonly path: readonly string[];
}

/**
 * Reads the footer.
 * @throws RangeError when the bytes are no Parquet file
 */
export function readFooter(bytes: Buffer): Footer {
  const size = bytes.byteLength;
  if (size < 12 || bytes.readUInt32LE(size - 4) !== magic) throw new RangeError("this is no Parquet file");
  const begin = size - 8 - bytes.readUInt32LE(size - 8);
  if (begin < 4) throw new RangeError("this Parquet file is cut off");
  const reader = new ThriftReader(bytes, begin);
  const schema: Schema[] = [];
  const chunks: NamedChunk[] = [];
  let rows = 0;
  reader.struct((field) => {
    if (field === 2) reader.list(() => schema.push(readSchema(reader)));
    else if (field === 3) rows = reader.integer();
    else if (field === 4) reader.list(() => readGroup(reader, chunks));
    else return false;
    return true;
  });
  return { rows, flat: flatColumns(schema, chunks), nested: nestedColumns(schema) };
}

function readSchema(reader: ThriftReader): Schema {
  let [name, isOptional, children] = ["", false, 0];
  reader.struct((field) => {
    if (field === 3) isOptional = reader.integer() === optional;
    else if (field === 4) name = reader.text();
    else if (field === 5) children = reader.integer();
    else return false;
    return true;
  });
  return { name, isOptional, children };
}

function readGroup(reader: ThriftReader, chunks: NamedChunk[]): void {
  reader.struct((field) => {
    if (field !== 1) return false;
    reader.list(() =>
      reader.struct((ofChunk) => {
        if (ofChunk !== 3) return false;
        chunks.push(readChunk(reader));
        return true;
      }),
    );
    return true;
  });
}

function readChunk(reader: ThriftReader): NamedChunk {
  const path: string[] = [];
  let [type, codec, bytes, data, dictionary] = [0, 0, 0, 0, 0];
  reader.struct((field) => {
    if (field === 1) type = reader.integer();
    else if (field === 3) reader.list(() => path.push(reader.text()));
    else if (field === 4) codec = reader.integer();
    else if (field === 7) bytes = reader.integer();
    else if (field === 9) data = reader.integer();
    else if (field === 11) dictionary = reader.integer();
    else return false;
    return true;
  });
  // A dictionary, where there is one, stands before the values.
  const begin = dictionary > 0 ? Math.min(dictionary, data) : data;
  return { path, type, codec, begin, end: begin + bytes };
}

/** The columns of the first level that have no other columns in them. */
function flatColumns(schema: readonly Schema[], chunks: readonly NamedChunk[]): Map<string, FlatColumn> {
  const flat = new Map<string, FlatColumn & { readonly chunks: Chunk[] }>();
  // The first element is the root.
  for (let index = 1; index < schema.length; index = endOf(schema, index)) {
    const { name, isOptional, children } = schema[index] ?? { name: "", isOptional: false, children: 0 };
    if (children === 0) flat.set(name, { isOptional, chunks: [] });
  }
  for (const chunk of chunks) {
    if (chunk.path.length === 1) flat.get(chunk.path[0] ?? "")?.chunks.push(chunk);
  }
  return flat;
}

/** The names of the columns of the first level that have other columns in them. */
function nestedColumns(schema: readonly Schema[]): Set<string> {
  const nested = new Set<string>();
  for (let index = 1; index < schema.length; index = endOf(schema, index)) {
    const { name, children } = schema[index] ?? { name: "", children: 0 };
    if (children > 0) nested.add(name);
  }
  return nested;
}

/** Where the element after one and everything in it stands. */
function endOf(schema: readonly Schema[], index: number): number {
  let next = index + 1;
  for (let left = schema[index]?.children ?? 0; left > 0; left -= 1) next = endOf(schema, next);
  return next;
}
