import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CsvStyle } from "../../../../lib/tools/import/csv-form.ts";
import { UsageError } from "../../../../lib/tools/import/problems.ts";
import { openCsv } from "../../../../lib/tools/import/rows.ts";
import type { Row } from "../../../../lib/tools/import/scope.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rows-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer, style: CsvStyle = {}) {
  const path = join(folder, "data.csv");
  await writeFile(path, content);
  const csv = await openCsv(path, style);
  const rows: Row[] = [];
  for await (const row of csv.rows) rows.push(row);
  return { header: csv.header, rows, cells: rows.map(({ cells }) => cells), position: csv.position() };
}

describe("CSV files", () => {
  it("are read by their header, with quotes, line ends within quotes, and CRLF", async () => {
    const { header, cells } = await read('a,b\r\n1,"x ""y"", z"\r\n2,"two\r\nlines"\r\n');
    expect(header).toEqual(["a", "b"]);
    expect(cells).toEqual([
      ["1", 'x "y", z'],
      ["2", "two\r\nlines"],
    ]);
  });

  it("number rows as a spreadsheet does", async () => {
    const { rows } = await read("a,b\n1,2\n\n3,4\n");
    expect(rows.map(({ number, index, cells }) => [number, index, cells.length])).toEqual([
      [2, 0, 2],
      [3, 1, 1],
      [4, 2, 2],
    ]);
  });

  it("may start with a byte order mark, and be parted by another sign", async () => {
    const { header, cells } = await read("\uFEFFid;name\n1;Zoë\n", { delimiter: ";" });
    expect(header).toEqual(["id", "name"]);
    expect(cells).toEqual([["1", "Zoë"]]);
  });

  it("may be in another encoding that the mapping names", async () => {
    const latin = Buffer.from("name\nZo\xeb\n", "latin1");
    expect((await read(latin, { encoding: "windows-1252" })).cells).toEqual([["Zoë"]]);
    const wide = Buffer.from("\uFEFFname\nZoë\n", "utf16le");
    expect(await read(wide, { encoding: "utf-16le" })).toMatchObject({ header: ["name"], cells: [["Zoë"]] });
  });

  it("that are not UTF-8 are refused, not repaired", async () => {
    await expect(read(Buffer.from("name\nZo\xeb, r\n", "latin1"))).rejects.toThrow(
      /is not utf-8.*csv\.encoding/,
    );
    await expect(read(Buffer.from("name\nZo\xc3", "latin1"))).rejects.toThrow(/ends within a character/);
    const wide = Buffer.from("\uFEFFname\n", "utf16le");
    await expect(read(wide, { encoding: "windows-1252" })).rejects.toThrow(/it is UTF-16/);
  });

  it("without a header, or that do not exist, are refused", async () => {
    await expect(read("")).rejects.toThrow(/has no header row/);
    await expect(openCsv(join(folder, "none.csv"), {})).rejects.toThrow(UsageError);
    await expect(openCsv(folder, {})).rejects.toThrow(UsageError);
  });

  it("whose quotes do not match have a row that says so, and all others", async () => {
    const { rows } = await read('a,b\n1,"x\n2,y\n');
    expect(rows).toEqual([
      { number: 2, index: 0, cells: ["1", '"x'], fault: expect.stringMatching(/quote/) },
      { number: 3, index: 1, cells: ["2", "y"] },
    ]);
    await expect(read('a,"b\n1,2\n')).rejects.toThrow(/is not CSV: in its first row a quote/);
  });

  it("say how they are written", async () => {
    const path = join(folder, "form.csv");
    await writeFile(path, Buffer.from('\uFEFF"a";"b"\r\n1;2\r\n', "utf16le"));
    const csv = await openCsv(path, { delimiter: ";", encoding: "utf-16le" });
    csv.close();
    expect(csv.form).toEqual({
      delimiter: ";",
      encoding: "utf-16le",
      bom: true,
      lineEnd: "\r\n",
      quoted: true,
      namesDelimiter: false,
    });
  });

  it("in UTF-16 are read as such, with and without a mark, in either order of bytes", async () => {
    const little = Buffer.from("\uFEFFname,a\nZoë,1\n", "utf16le");
    for (const bytes of [
      little,
      little.subarray(2),
      Buffer.from(little).swap16(),
      Buffer.from(little.subarray(2)).swap16(),
    ]) {
      expect(await read(bytes)).toMatchObject({ header: ["name", "a"], cells: [["Zoë", "1"]] });
    }
  });

  it.each([
    ["a;b\n1,5;2\n2,5;3\n", ["a", "b"]],
    ["sep=|\na|b\n1|2\n", ["a", "b"]],
    ["a\tb\n1\t2\n", ["a", "b"]],
    [
      "Date;How likely, all things considered, is it\n1;2\n",
      ["Date", "How likely, all things considered, is it"],
    ],
    ['"a, b; c",d\n1,2\n', ["a, b; c", "d"]],
  ])("show what parts their columns: %j", async (content, header) => {
    expect((await read(content)).header).toEqual(header);
  });

  it("may have lines before the header and after the rows, comments, and a header of several rows", async () => {
    const content = "Report\nof August\n\na,b\n(x),(y)\n1,2\n# half\n3,4\nTotal,6\n";
    const style = { skipBefore: 2, headerRows: 2, skipAfter: 1, comment: "#" };
    const { header, rows } = await read(content, style);
    expect(header).toEqual(["a", "b"]);
    expect(rows.map(({ number, cells }) => [number, ...cells])).toEqual([
      [6, "1", "2"],
      [8, "3", "4"],
    ]);
  });

  it("of rejects have their header in the first line, whatever the data file had before it", async () => {
    const style = { skipBefore: 2, skipAfter: 1 };
    const { header, rows } = await read("import_row,import_reason,a\n6,bad,1\n", style);
    expect(header).toEqual(["import_row", "import_reason", "a"]);
    expect(rows).toMatchObject([{ original: 6, cells: ["6", "bad", "1"] }]);
  });

  it("come out as they were written, whatever is in their cells", async () => {
    const cell = fc.string({ unit: "grapheme" });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(table, async (records) => {
        const { cells } = await read(stringify([["a", "b"], ...records], { quoted: true }));
        expect(cells).toEqual(records);
      }),
      { numRuns: 50 },
    );
  });

  it("say how far they are read", async () => {
    const content = `a,b\n${"1,2\n".repeat(1000)}`;
    expect((await read(content)).position).toBe(content.length);
  });
});
