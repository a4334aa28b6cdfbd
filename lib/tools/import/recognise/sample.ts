import {
  type CsvForm,
  type CsvStyle,
  formOf,
  isComment,
  isEmpty,
  isSeparatorLine,
  readBeginning,
} from "../csv-form.ts";
import { type Encoding, encodingShownBy } from "../encodings.ts";
import { RecordReader } from "../records.ts";

/** The beginning of a file that no mapping speaks of yet. */
export interface FileSample {
  /** What a mapping has to say so that the file is read as here. */
  readonly csv: CsvStyle;
  readonly form: CsvForm;
  readonly header: readonly string[];
  /** Further rows of the header, where it has several. */
  readonly subheaders: readonly (readonly string[])[];
  /** The first rows that have as many cells as the header. */
  readonly rows: readonly (readonly string[])[];
}

/** So many rows are looked at. */
const maxRows = 500;

/** Lines that people and programs write before a table. */
const commentSign = "#";

/**
 * Reads the beginning of a file: its encoding, its delimiter, where its table begins.
 * @throws UsageError when it cannot be read
 */
export async function sampleOf(path: string, given: CsvStyle): Promise<FileSample> {
  const start = await readBeginning(path);
  const encoding = given.encoding ?? encodingOf(start);
  const form = formOf(start, { ...given, encoding, comment: commentSign });
  const text = new TextDecoder(form.encoding).decode(start);
  const reader = new RecordReader(form.delimiter);
  const all = [...reader.push(text), ...reader.end()].slice(0, maxRows).filter(({ fault }) => !fault);
  const content = all.filter((record) => !isSeparatorLine(record));
  const width = commonWidth(content.filter((record) => !isEmpty(record)).map(({ cells }) => cells.length));
  // Orders may begin with the sign as well: only a line above the table is a comment.
  const isTitle =
    (content[0]?.cells.length ?? 0) < width && content[0]?.cells[0]?.trimStart().startsWith(commentSign);
  const comment = isTitle ? commentSign : undefined;
  const table = content.filter((record) => !isEmpty(record) && !isComment(record, { comment }));
  const first = Math.max(
    0,
    table.findIndex(({ cells }) => cells.length === width),
  );
  const [header = [], ...rest] = table.slice(first).map(({ cells }) => cells.map((cell) => cell.trim()));
  const headerRows = 1 + countSubheaders(header, rest);
  return {
    csv: {
      ...(form.encoding === "utf-8" ? {} : { encoding: form.encoding }),
      ...(form.delimiter === "," || form.namesDelimiter ? {} : { delimiter: form.delimiter }),
      ...(comment === undefined ? {} : { comment }),
      ...(first > 0 ? { skipBefore: first } : {}),
      ...(headerRows > 1 ? { headerRows } : {}),
    },
    form,
    header,
    subheaders: rest.slice(0, headerRows - 1),
    rows: rest.slice(headerRows - 1).filter((cells) => cells.length === header.length),
  };
}

/** A file without a mark that is no UTF-8 was most likely written by a program of Windows. */
function encodingOf(start: Uint8Array): Encoding {
  const shown = encodingShownBy(start);
  if (shown) return shown;
  try {
    // The last character may be cut in two.
    new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

function commonWidth(widths: readonly number[]): number {
  const counts = Map.groupBy(widths, (width) => width);
  const [most] = [...counts].sort(([a, these], [b, those]) => those.length - these.length || b - a);
  return most?.[0] ?? 1;
}

/** Rows under the names that are no data: Qualtrics' questions and import ids, SurveyMonkey's choices, units in brackets. */
function countSubheaders(header: readonly string[], rows: readonly (readonly string[])[]): number {
  const isQualtrics = (rows[1] ?? []).some((cell) => cell.startsWith('{"ImportId"'));
  if (isQualtrics) return 2;
  const [first = []] = rows;
  const filled = first.filter(Boolean);
  const inBrackets = filled.length > 0 && filled.every((cell) => /^\(.+\)$/.test(cell));
  const isSurveyMonkey = header[0] === "Respondent ID" && first[0] === "" && filled.length > 0;
  return inBrackets || isSurveyMonkey ? 1 : 0;
}
