import { describe, expect, it } from "vitest";
import { Columns } from "../../../../lib/tools/import/columns.ts";

describe("columns", () => {
  it("are found by name, by position, and by which of several of one name they are", () => {
    const columns = new Columns(["when", "", "Comment", "Comment", "#5"]);
    expect(columns.find("when")).toBe(0);
    expect(columns.find("#2")).toBe(1);
    expect(columns.find("Comment")).toBe("several");
    expect([columns.find("Comment#1"), columns.find("Comment#2")]).toEqual([2, 3]);
    expect(columns.find("#5")).toBe(4);
    expect([columns.find("#6"), columns.find("Comment#3"), columns.find("none")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(columns.list).toBe("when, #2, Comment, Comment, #5");
    expect(columns.apart("Comment")).toContain("{#4}");
  });

  it("keep their positions in a file of rejects", () => {
    const columns = new Columns(["import_row", "import_reason", "a", ""]);
    expect([columns.find("#1"), columns.find("#2"), columns.find("import_row")]).toEqual([2, 3, 0]);
  });

  it("have the names of all rows of the header, where it has several", () => {
    const columns = new Columns(
      ["Id", "How was it?", "", "Why?"],
      [["", "Response", "Other (please specify)", "Response"]],
    );
    expect(columns.find("How was it? / Response")).toBe(1);
    expect(columns.find("How was it? / Other (please specify)")).toBe(2);
    expect(columns.find("Other (please specify)")).toBe(2);
    expect(columns.find("Response")).toBe("several");
    expect(columns.find("Why?")).toBe(3);
  });
});
