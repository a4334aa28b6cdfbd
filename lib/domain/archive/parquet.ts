import {
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetReadObjects,
  type SchemaElement,
} from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { type Cell, type Column, schemaOf } from "./columns.ts";
import { type ArchivedFact, cellOf, factOf, inOrder, type Row } from "./rows.ts";
import type { FactTable } from "./tables.ts";

/** Tables as Parquet files, and back. The same rows are the same bytes. */

/** So many rows are one group: a reader that wants few columns of a day reads them in one go. */
const rowsPerGroup = 100_000;

/** Instants and days stay the numbers that they are stored as. */
const parsers = {
  timestampFromMilliseconds: (milliseconds: bigint) => milliseconds,
  dateFromDays: (days: number) => days,
};

/** Writes a table. @param cells by column, in the order of the columns: all of the same length */
export function writeTable(columns: readonly Column[], cells: readonly (readonly Cell[])[]): Uint8Array {
  const root: SchemaElement = { name: "root", num_children: columns.length };
  const columnData = columns.map(
    ({ name }, index): ColumnSource => ({ name, data: [...(cells[index] ?? [])] }),
  );
  const schema = [root, ...columns.flatMap(schemaOf)];
  const options = { columnData, schema, rowGroupSize: rowsPerGroup, createdBy: "cx-metrics" };
  return new Uint8Array(parquetWriteBuffer(options));
}

/**
 * Reads a table.
 * @param names the columns that are wanted; all when absent
 * @throws Error when the bytes are no Parquet file
 */
export async function readTable(bytes: Uint8Array, names?: readonly string[]): Promise<Row[]> {
  const buffer = contentOf(bytes);
  return parquetReadObjects({
    file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) },
    metadata: withWholeAmounts(parquetMetadata(buffer)),
    ...(names ? { columns: [...names] } : {}),
    parsers,
  });
}

/** Amounts are read as the whole numbers that they are stored as: the library would make fractions of them. */
function withWholeAmounts(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element): SchemaElement => {
    if (element.converted_type !== "DECIMAL") return element;
    const { converted_type: _type, logical_type: _logical, ...whole } = element;
    return whole;
  });
  return { ...metadata, schema };
}

/** A table's file of some facts of its types, in their order. */
export function writeFacts({ columns }: FactTable, facts: readonly ArchivedFact[]): Uint8Array {
  const ordered = inOrder(facts);
  return writeTable(
    columns,
    columns.map((column) => ordered.map((fact) => cellOf(fact, column))),
  );
}

/**
 * The facts of a table's file.
 * @throws Error when the bytes are no such file
 */
export async function readFacts(table: FactTable, bytes: Uint8Array): Promise<ArchivedFact[]> {
  return (await readTable(bytes)).map((row) => factOf(table, row));
}

/**
 * The values of some columns, whatever they are, in the order of the rows; nothing for columns that the file does not have.
 * @throws Error when the bytes are no Parquet file
 */
export async function readNested(
  bytes: Uint8Array,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  if (names.length === 0) return new Map();
  const buffer = contentOf(bytes);
  const metadata = withWholeAmounts(parquetMetadata(buffer));
  const known = new Set(metadata.schema.map(({ name }) => name));
  const columns = names.filter((name) => known.has(name));
  if (columns.length === 0) return new Map();
  const parts = new Map<string, { readonly rowStart: number; readonly values: ArrayLike<unknown> }[]>();
  await parquetRead({
    file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) },
    ...{ metadata, parsers, columns },
    onChunk: ({ columnName, columnData, rowStart }) => {
      const known = parts.get(columnName) ?? [];
      known.push({ rowStart, values: columnData });
      parts.set(columnName, known);
    },
  });
  return new Map(
    [...parts].map(([name, chunks]) => {
      const ordered = chunks.sort((a, b) => a.rowStart - b.rowStart);
      return [name, ordered.flatMap(({ values }) => Array.from(values))] as const;
    }),
  );
}

function contentOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
