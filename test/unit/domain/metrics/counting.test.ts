import { describe, expect, it } from "vitest";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import {
  declaredCounter,
  declaringMetric,
  hasCumulative,
  isCumulative,
  isFromModel,
  segmentOf,
  Tally,
} from "../../../../lib/domain/metrics/counting.ts";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";

const day = "2026-10-02";

const answered: Occurrence = {
  ...{ kind: "answered", survey: "nps", scale: "0-10", score: 9, hasComment: false, day },
  segments: { channel: "web" },
};

/** `family day segment counter amount` of everything that changes. */
const written = (tally: Tally) =>
  tally.changes().flatMap(({ bucket, counts }) => {
    return [...counts].map(([counter, amount]) =>
      [bucket.family, bucket.day, bucket.segment, counter, amount].join(" "),
    );
  });

describe("what is counted", () => {
  it("counts in the total and in the segment of each dimension", () => {
    const tally = new Tally();
    tally.count(answered);
    tally.count({ ...answered, segments: {} });
    expect(written(tally).sort()).toEqual([
      `nps ${day} all 0-10:9 2`,
      `nps ${day} all nps-responses 2`,
      `nps ${day} channel=web 0-10:9 1`,
      `nps ${day} channel=web nps-responses 1`,
    ]);
    expect(segmentOf("channel", "web")).toBe("channel=web");
  });

  it("that is taken back is not there, and alone it counts negatively", () => {
    const tally = new Tally();
    tally.count(answered);
    tally.count(answered, -1);
    expect(tally.changes()).toEqual([]);
    tally.count({ ...answered, segments: {} }, -1);
    expect(written(tally)).toEqual([`nps ${day} all 0-10:9 -1`, `nps ${day} all nps-responses -1`]);
  });

  it("is kept apart by family, day and segment", () => {
    const tally = new Tally();
    const bucket = { family: "sales", segment: "all", day };
    tally.add(bucket, "x", 1n);
    tally.add({ ...bucket, family: "nps" }, "x", 2n);
    tally.add({ ...bucket, segment: "channel=web" }, "x", 3n);
    tally.add({ ...bucket, day: "2026-10-03" }, "x", 4n);
    tally.add(bucket, "x", 10n);
    tally.add(bucket, "y", 5n);
    tally.add(bucket, "zero", 0n);
    expect(written(tally)).toEqual([
      `sales ${day} all x 11`,
      `sales ${day} all y 5`,
      `nps ${day} all x 2`,
      `sales ${day} channel=web x 3`,
      "sales 2026-10-03 all x 4",
    ]);
  });

  it("can be added to what was counted elsewhere, or taken off", () => {
    const bucket = { family: "sales", segment: "all", day };
    const [one, other] = [new Tally(), new Tally()];
    one.add(bucket, "x", 5n);
    other.add(bucket, "x", 2n);
    other.add(bucket, "y", 1n);
    one.addAll(other);
    expect(written(one)).toEqual([`sales ${day} all x 7`, `sales ${day} all y 1`]);
    one.addAll(other, -1);
    one.addAll(other, -1);
    expect(written(one)).toEqual([`sales ${day} all x 3`, `sales ${day} all y -1`]);
    expect(written(other)).toEqual([`sales ${day} all x 2`, `sales ${day} all y 1`]);
  });
});

describe("a counter", () => {
  it("is declared by its name, or by what it begins with up to the first colon", () => {
    expect(declaredCounter("orders")).toEqual(["orders"]);
    expect(declaredCounter("revenue:GBP:x")).toEqual(["revenue:GBP:x", "revenue:"]);
    expect(declaringMetric("customers", "new")?.id).toBe("customers");
    expect(declaringMetric("nps", "0-10:9")?.id).toBe("nps");
    expect(declaringMetric("sales", "revenue:GBP")?.id).toBe("sales");
    expect(declaringMetric("nps", "new")).toBeUndefined();
    expect(declaringMetric("nps", "~r")).toBeUndefined();
  });

  it("is kept since the beginning where its metric starts from a balance, and not beside it", () => {
    expect(["new", "returned", "lost"].map((counter) => isCumulative("customers", counter))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isCumulative("customers", "buyers")).toBe(true);
    expect(isCumulative("nps", "0-10:9")).toBe(false);
    expect(isCumulative("customers", "no-such-counter")).toBe(false);
    expect(hasCumulative("customers")).toBe(true);
    expect(hasCumulative("nps")).toBe(false);
  });
});

describe("how much a tally changes", () => {
  const bucketOf = (on: string, segment = "all") => ({ family: "nps", segment, day: on });

  it("is the most counters of one bucket that change now", () => {
    const tally = new Tally();
    for (const counter of ["a", "b", "c"]) tally.add(bucketOf(day), counter, 1n);
    tally.add(bucketOf("2026-10-03"), "a", 1n);
    expect([2, 3].map((most) => tally.isWiderThan(most))).toEqual([true, false]);
    tally.add(bucketOf(day), "c", -1n);
    expect([1, 2].map((most) => tally.isWiderThan(most))).toEqual([true, false]);
    tally.add(bucketOf(day), "d", 0n);
    expect(tally.isWiderThan(2)).toBe(false);
  });

  it("is told by day of the total, as it is when it is asked for", () => {
    const tally = new Tally();
    tally.add(bucketOf(day), "a", 1n);
    tally.add({ ...bucketOf(day), family: "csat" }, "a", 1n);
    tally.add(bucketOf("2026-10-03", "channel=web"), "a", 1n);
    tally.add(bucketOf("2026-10-04"), "a", 0n);
    expect([...tally.daysOfTotals()]).toEqual([[day, 2]]);
    tally.add(bucketOf(day), "a", -1n);
    tally.add(bucketOf("2026-10-05"), "a", 1n);
    tally.add(bucketOf("2026-10-06", "channel=web"), "a", 1n);
    expect([...tally.daysOfTotals()]).toEqual([
      [day, 1],
      ["2026-10-05", 1],
    ]);
    tally.add({ ...bucketOf(day), family: "csat" }, "a", -1n);
    expect([...tally.daysOfTotals().keys()]).toEqual(["2026-10-05"]);
  });
});

it("what a model says is told from what is counted", () => {
  const [predicted, counted] = [findMetric("clv-predicted"), findMetric("nps")];
  expect([predicted, counted].map((metric) => metric && isFromModel(metric.family))).toEqual([true, false]);
});
