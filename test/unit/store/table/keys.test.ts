import { describe, expect, it } from "vitest";
import {
  entityTimelineKey,
  entityTimelinePartition,
  factTimelineKey,
  factTimelinePartition,
  staleTimelineKey,
  staleTimelinePartition,
  type TimelineKey,
  timelineSpread,
} from "../../../../lib/store/table/keys.ts";

/** What one partition of an index takes in a second. */
const partitionUnits = 1_000;

const day = "2026-10-02";
const second = Array.from({ length: 10_000 }, (_, index) => index);

function fullest(keys: readonly TimelineKey[]): number {
  const partitions = Map.groupBy(keys, ({ gsi1pk }) => gsi1pk);
  return Math.max(...[...partitions.values()].map(({ length }) => length));
}

const ids = {
  "numbers in a row": (index: number) => String(1_000_000 + index),
  "a long common beginning": (index: number) => `${"shop.example:orders:".repeat(5)}${index}`,
  "random ids": () => crypto.randomUUID(),
};

describe("10,000 items that are new in one second, on one day, fit the partitions of the index with a fifth to spare", () => {
  it.each(Object.entries(ids))("facts of one kind, with %s", (_, idOf) => {
    const keys = second.map((index) =>
      factTimelineKey("w", "events", day, `${day}T12:00:00.000Z`, idOf(index)),
    );
    expect(fullest(keys)).toBeLessThan(0.8 * partitionUnits);
  });

  it.each(Object.entries(ids))("entities of one kind, with %s", (_, idOf) => {
    expect(fullest(second.map((index) => entityTimelineKey("w", "cart", idOf(index))))).toBeLessThan(
      0.8 * partitionUnits,
    );
  });

  it("stale marks", () => {
    const marks = second.map((index) => {
      const date = new Date(index * 86_400_000).toISOString().slice(0, 10);
      return staleTimelineKey("w", date, "nps", index % 16);
    });
    expect(fullest(marks)).toBeLessThan(0.8 * partitionUnits);
  });
});

it("what lists everything looks into every partition that a key can name", () => {
  const listed = {
    facts: timelineSpread.map((part) => factTimelinePartition("w", "responses", part)),
    entities: timelineSpread.map((part) => entityTimelinePartition("w", "cart", part)),
    marks: timelineSpread.map((part) => staleTimelinePartition("w", part)),
  };
  for (const index of second.slice(0, 1_000)) {
    const id = `id-${index}`;
    expect(listed.facts).toContain(factTimelineKey("w", "responses", day, `${day}T00:00:00.000Z`, id).gsi1pk);
    expect(listed.entities).toContain(entityTimelineKey("w", "cart", id).gsi1pk);
    expect(listed.marks).toContain(staleTimelineKey("w", day, id, 3).gsi1pk);
  }
});
