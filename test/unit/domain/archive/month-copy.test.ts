import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMonthCopy, writeMonthCopy } from "../../../../lib/domain/archive/month-copy.ts";
import { filePath, monthOfPath, monthPath } from "../../../../lib/domain/archive/paths.ts";

const copied = fc.record({
  path: fc.string(),
  etag: fc.string(),
  content: fc.uint8Array({ maxLength: 300 }),
});
const files = fc.uniqueArray(copied, { maxLength: 31, selector: ({ path }) => path });

describe("the copy of a month", () => {
  it("gives back each file as it was, whatever its bytes and names are", () => {
    fc.assert(
      fc.property(files, (all) => {
        expect([...readMonthCopy(writeMonthCopy(all)).values()]).toEqual(all);
      }),
    );
  });

  it("is refused where a byte is missing or one too many", () => {
    fc.assert(
      fc.property(files, (all) => {
        const bytes = writeMonthCopy(all);
        expect(() => readMonthCopy(bytes.subarray(0, -1))).toThrow();
        expect(() => readMonthCopy(Buffer.concat([bytes, Buffer.from([0])]))).toThrow();
      }),
    );
  });

  it("is unlike every other one where it has a mark", () => {
    expect(writeMonthCopy([], "a")).not.toEqual(writeMonthCopy([], "b"));
    expect(readMonthCopy(writeMonthCopy([], "a")).size).toBe(0);
  });
});

describe("the month of a file", () => {
  it("is that of its day, in its table and workspace", () => {
    const month = monthOfPath(filePath("purchases", "shop", "2026-02-28"));
    expect(month).toEqual({ table: "purchases", workspace: "shop", month: "2026-02" });
    expect(month && monthPath(month)).toBe("months/purchases/workspace=shop/month=2026-02/days.bin");
  });

  it("does not exist for what is no fact's file of a day", () => {
    expect(monthOfPath(filePath("snapshots", "shop", "2026-02-28"))).toBeUndefined();
    expect(monthOfPath("facts/purchases/workspace=shop/other.parquet")).toBeUndefined();
  });
});
