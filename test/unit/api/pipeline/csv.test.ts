import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, toCsv } from "../../../../lib/api/pipeline/csv.ts";

function read(csv: string): string[][] {
  return parse(csv, { bom: true });
}

describe("CSV", () => {
  it("has a column for each field, nested ones with dotted names, in the order in which they appear", () => {
    const csv = toCsv([
      { from: "2026-10-01", value: -33.3, components: { promoters: 1 } },
      { from: "2026-10-02", value: null, components: { promoters: 0, passives: 2 }, tags: ["a", "b"] },
    ]);
    expect(csv).toBe(
      "\ufefffrom,value,components.promoters,components.passives,tags\r\n2026-10-01,-33.3,1,,\r\n2026-10-02,,0,2,a; b\r\n",
    );
  });

  it("has its header also without a row", () => {
    expect(toCsv([], ["from", "components.promoters"])).toBe("\ufefffrom,components.promoters\r\n");
    expect(toCsv([{ to: "2026-10-01" }])).toBe("\ufeffto\r\n2026-10-01\r\n");
    const row = { from: "", compared: { value: null, tags: [] }, left: undefined };
    expect(columnsOf(row)).toEqual(["from", "compared.value", "compared.tags"]);
  });

  it("has the columns that are asked for, whatever a row has, and an object with free names as JSON in one", () => {
    const columns = ["id", "money.amount", "dimensions", "tags", "a.b.c"];
    const rows = [
      { dimensions: { b: "2", a: "1" }, more: 1, id: "x", "a.b": { c: "=1" } },
      { money: { amount: "1.00", currency: "USD" }, id: "y", tags: ["a", "b"], a: { "b.c": 3 } },
    ];
    expect(read(toCsv(rows, columns))).toEqual([
      columns,
      ["x", "", '{"a":"1","b":"2"}', "", "'=1"],
      ["y", "1.00", "", "a; b", "3"],
    ]);
  });

  it("quotes commas, quotes and line breaks as RFC 4180 says", () => {
    const comment = 'He said "no",\r\nthen left';
    expect(read(toCsv([{ comment }]))).toEqual([["comment"], [comment]]);
  });

  it.each(["=1+1", "+1 555", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])(
    "keeps a spreadsheet from running %j",
    (text) => {
      expect(read(toCsv([{ comment: text, [text]: "x" }]))[1]?.[0]).toBe(`'${text}`);
      expect(read(toCsv([{ [text]: "x" }]))[0]?.[0]).toBe(`'${text}`);
    },
  );

  it.each([-1, -0.5, "-12.30", -1e-7])("leaves the negative number %j a number", (number) => {
    expect(read(toCsv([{ number }]))[1]?.[0]).toBe(String(number));
  });

  it("no cell begins a formula, whatever the text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (texts) => {
        const csv = toCsv(texts.map((text) => ({ text: `x${text}`, raw: text })));
        for (const [, raw] of read(csv).slice(1)) {
          expect(/^[=+@\t\r]/.test(raw ?? "")).toBe(false);
          expect((raw ?? "").startsWith("-") && Number.isNaN(Number(raw))).toBe(false);
        }
      }),
    );
  });
});
