import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("social-mentions", () => {
  const on = (day: number, count: number, sentiment = "neutral") =>
    at("mention.seen", { sentiment, count }, `2026-10-${String(day).padStart(2, "0")}T12:00:00Z`);

  it("counts mentions, and the net sentiment as a share of them", () => {
    const facts = [on(1, 6, "positive"), on(1, 2), on(1, 2, "negative")];
    const { value, components } = new Counted(facts).measure("social-mentions", ...october);
    expect(value).toBe(10);
    // 100·(6 − 2)/10. Adjusted Wald by hand: 6.75, 3.5 and 2.75 of 13: 30.769 ± 1.96·100·√((0.7308 − 0.3077²)/13).
    expect(components).toMatchObject({ positive: 6, neutral: 2, negative: 2, netSentiment: 40 });
    expect(components["netSentimentLow"]).toBeCloseTo(-12.58, 1);
    expect(components["netSentimentHigh"]).toBeCloseTo(74.12, 1);
  });

  it("names days that stand out", () => {
    const counts = [5, 4, 6, 5, 5, 4, 40];
    const measured = new Counted(counts.map((count, index) => on(10 + index, count))).measure(
      "social-mentions",
      ...october,
    );
    // Median 5, MAD 1: 5 + 3·max(1.4826, √5, 1) = 11.708.
    expect(measured.components["spikeThreshold"]).toBeCloseTo(11.7082, 4);
    expect(measured.components["spikes"]).toBe(1);
    expect(measured.remarks?.map(inEnglish)).toEqual([expect.stringContaining("2026-10-16 (40)")]);
  });

  it("takes mentions of every sentiment for the spikes of a day", () => {
    const usual = Array.from({ length: 7 }, (_, index) => on(10 + index, 5));
    const loud = [on(17, 4), on(17, 4, "positive"), on(17, 4, "negative")];
    const { components, remarks } = new Counted([...usual, ...loud]).measure("social-mentions", ...october);
    // 12 of all kinds; the threshold is 5 + 3·√5 = 11.708.
    expect(components).toMatchObject({ spikes: 1, positive: 4, negative: 4 });
    expect(remarks?.map(inEnglish)).toEqual([expect.stringContaining("2026-10-17 (12)")]);
  });

  it("names a day only when it passes the threshold", () => {
    // Median 4, MAD 0: 4 + 3·√4 = 10.
    const usual = Array.from({ length: 8 }, (_, index) => on(1 + index, 4));
    const spikes = (count: number) =>
      new Counted([...usual, on(10, count)]).measure("social-mentions", ...october).components["spikes"];
    expect([spikes(10), spikes(11)]).toEqual([0, 1]);
  });

  it("names the ten highest days, of the same height the earlier first, and counts the others", () => {
    const usual = Array.from({ length: 18 }, (_, index) => on(1 + index, 1));
    const heights = [50, 60, 50, 60, 50, 50, 50, 50, 50, 50, 50, 70];
    const { components, remarks } = new Counted([
      ...usual,
      ...heights.map((count, index) => on(19 + index, count)),
    ]).measure("social-mentions", ...october);
    expect(components["spikes"]).toBe(12);
    const first = ["2026-10-30 (70)", "2026-10-20 (60)", "2026-10-22 (60)", "2026-10-19 (50)"];
    const then = ["21", "23", "24", "25", "26", "27"].map((day) => `2026-10-${day} (50)`);
    expect(remarks?.map(inEnglish)).toEqual([
      `Days with far more mentions than usual, the highest first: ${[...first, ...then].join(", ")}.`,
    ]);
  });

  it("of fewer than seven days names none", () => {
    const { components, remarks } = new Counted([on(1, 1), on(6, 900)]).measure(
      "social-mentions",
      ...october,
    );
    expect(components).toMatchObject({ spikes: 0, spikeThreshold: null });
    expect(remarks).toBeUndefined();
  });
});
