/** Columns as they are counted: each value once, and for each row which one it has. No row is an object. */

/** A column of a file. */
export interface CodedColumn {
  /** Which of the values each row has, by its place among them; -1 for none. */
  readonly codes: Int32Array;
  /** The values: mostly different ones, but the same one may stand there several times. */
  readonly values: readonly unknown[];
}

/** A row's value; `undefined` for none. */
export function valueAt({ codes, values }: CodedColumn, row: number): unknown {
  return values[codes[row] ?? -1];
}

/** A column in which no row has a value. */
export function emptyColumn(rows: number): CodedColumn {
  return { codes: new Int32Array(rows).fill(-1), values: [] };
}

/** A column with a value for each row. @param values `null` or `undefined` for none */
export function columnOf(values: readonly unknown[]): CodedColumn {
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row += 1)
    codes[row] = (values[row] ?? undefined) === undefined ? -1 : row;
  return { codes, values };
}

/** The column with fewer different values: those with the same key are one, the first of them. */
export function coarsened({ codes, values }: CodedColumn, keyOf: (value: unknown) => unknown): CodedColumn {
  const numbers = new Map<unknown, number>();
  const kept: unknown[] = [];
  const numberOf = values.map((value) => {
    const key = keyOf(value);
    const known = numbers.get(key) ?? kept.push(value) - 1;
    numbers.set(key, known);
    return known;
  });
  return { codes: codes.map((code) => numberOf[code] ?? -1), values: kept };
}

/** Rows told apart by several columns. */
export interface Combination {
  /** The number of each row's combination of values. */
  readonly codes: Int32Array;
  /** A row of each combination, by its number. */
  readonly rows: readonly number[];
}

/** Above it combinations are looked up in a map, below in a list of all that are possible. */
const maxListed = 16_384;

/** Which rows have the same values. @param rows how many rows there are */
export function combined(rows: number, columns: readonly CodedColumn[]): Combination {
  let found: Combination = { codes: new Int32Array(rows), rows: rows === 0 ? [] : [0] };
  for (const column of columns) found = toldApart(found, column);
  return found;
}

function toldApart({ codes, rows }: Combination, column: CodedColumn): Combination {
  const width = column.values.length + 1;
  const size = rows.length * width;
  const listed = size <= maxListed ? new Int32Array(size).fill(-1) : undefined;
  const mapped = listed ? undefined : new Map<number, number>();
  const numbers = new Int32Array(codes.length);
  const first: number[] = [];
  for (let row = 0; row < codes.length; row += 1) {
    // None is a value of its own.
    const key = (codes[row] ?? 0) * width + (column.codes[row] ?? -1) + 1;
    let number = listed ? (listed[key] ?? -1) : (mapped?.get(key) ?? -1);
    if (number < 0) {
      number = first.push(row) - 1;
      if (listed) listed[key] = number;
      else mapped?.set(key, number);
    }
    numbers[row] = number;
  }
  return { codes: numbers, rows: first };
}
