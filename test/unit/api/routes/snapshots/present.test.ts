import { describe, expect, it } from "vitest";
import { fittingItems } from "../../../../../lib/api/routes/snapshots/present.ts";

describe("a page of snapshots", () => {
  const item = { metric: "nps", note: 'a "quoted" text' };
  // As Lambda hands it on: with quotes escaped twice.
  const bytes = JSON.stringify(JSON.stringify(item)).length;

  it.each([
    ["all of them", 3 * bytes, 3],
    ["one less where the last one passes the limit", 3 * bytes - 1, 2],
    ["one at least, however large", 1, 1],
  ])("has as many items as fit into an answer: %s", (_name, maxBytes, expected) => {
    expect(fittingItems([item, item, item], maxBytes)).toBe(expected);
  });

  it("has all items of usual size", () => {
    expect(fittingItems(Array.from({ length: 200 }, () => item))).toBe(200);
    expect(fittingItems([])).toBe(0);
  });

  it("ends before 6 MB where items are large", () => {
    const large = { metric: "visitor-intent", text: "é".repeat(100_000) };
    expect(fittingItems(Array.from({ length: 200 }, () => large))).toBe(20);
  });
});
