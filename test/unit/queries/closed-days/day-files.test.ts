import { expect, it } from "vitest";
import { tableOfType } from "../../../../lib/domain/archive/tables.ts";
import { type DayFile, refuseTooManyFiles } from "../../../../lib/queries/closed-days/day-files.ts";
import type { Files } from "../../../../lib/store/files/bucket.ts";
import { deadlineIn } from "../../../../lib/store/table/retries.ts";

/** What is refused before a file is read. */

const files = { bucket: "archive" } as Files;

function dayFiles(number: number, bytes: number, isOfEntities: boolean): DayFile[] {
  const table = tableOfType("purchase.made");
  const wanted = { table, isOfEntities, countedFor: 1 } as unknown as DayFile["wanted"];
  return Array.from({ length: number }, (_, index) => {
    const file = { path: `${index}`, bytes, etag: `${index}` } as DayFile["file"];
    return { wanted, day: "2026-01-01", file };
  });
}

const refuse = (own: readonly DayFile[], milliseconds: number) => () =>
  refuseTooManyFiles(files, own, deadlineIn(milliseconds));

it("what fits the time and the memory of a request is read", () => {
  expect(refuse(dayFiles(730, 50_000, true), 20_000)).not.toThrow();
});

it("what is too much at any moment is refused as that, and never as too slow, which would come right by itself", () => {
  for (const much of [
    refuse(dayFiles(70, 1024 * 1024, true), 1_000_000),
    refuse(dayFiles(10_000, 1_000, false), 10_000),
    refuse(dayFiles(700, 1_000_000, false), 10_000),
  ]) {
    expect(much).toThrow(expect.objectContaining({ code: "over-budget" }));
  }
});
