import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markPoints } from "../../../../../lib/domain/metrics/statistics/control-limits.ts";

/**
 * The monthly share of patients seen within four hours in English emergency departments, April 2016 to March 2019, as NHSRplotthedots draws it: the heights of its
 * points from the top of the published figure (nhs-r-community/NHSRplotthedots, tests/testthat/_snaps/integration_tests/ae_all_performance.svg), which are the shares in another unit.
 */
const heights = [
  114.58, 106.27, 96.44, 105.94, 82.05, 93.4, 148.53, 171.83, 247.99, 283.75, 201.15, 115.47, 97.98, 126.15,
  90.73, 103.77, 105.45, 127.34, 117.81, 158.43, 289.15, 278.29, 287.09, 301.73, 165.14, 102.31, 89.42,
  139.32, 125.23, 152.31, 150.04, 198.6, 238.64, 311.02, 315.42, 233.18,
];

/** Which of them the figure paints in another colour than usual variation, counted from 0. */
const painted = [9, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 29, 30, 31, 32, 33, 34, 35];

/** The same figure's attendances, of which none is painted, and their limits. */
const attendances = [
  247.1, 145.31, 201.36, 140.94, 214.38, 204.55, 179.74, 226.96, 208.51, 233.29, 313.52, 172.7, 205.9, 147.09,
  183.64, 143.5, 218.52, 217.86, 158.47, 192.23, 178.67, 180.61, 271.11, 155.64, 188.51, 98.01, 133.45, 90.25,
  181.73, 177.79, 140.71, 161.64, 156.78, 123.66, 203.3, 96.45,
];

/** The figure's mean is that of so many points: its limits are fixed after them. */
const fixedAfter = 12;

const marked = (values: readonly number[], baseline = values.length) =>
  markPoints(
    values.map((value) => ({ value })),
    { baseline },
  ).flatMap(({ marks }, at) => (marks.length > 0 ? [at] : []));

describe("charts as NHSRplotthedots draws them", () => {
  it("the points that its published figure marks are marked", () => {
    expect(marked(heights, fixedAfter)).toEqual(painted);
  });

  it("where its figure marks none, none is marked", () => {
    expect(marked(attendances)).toEqual([]);
  });

  it("the mean and the limits are those of its figures", () => {
    const [point] = markPoints(
      heights.map((value) => ({ value })),
      { baseline: fixedAfter },
    );
    expect([point?.center, point?.low, point?.high].map((one) => one?.toFixed(0))).toEqual([
      "147",
      "45",
      "249",
    ]);
    const [other] = markPoints(attendances.map((value) => ({ value })));
    expect([other?.low, other?.high].map((one) => one?.toFixed(0))).toEqual(["45", "315"]);
  });

  it("seven points that each rise are a trend, six are none", () => {
    const trendOf = (length: number) => {
      const zigzag = [0, 9, 0, 9, 0, 9, 0, 9, 0, 9];
      const values = [...zigzag, ...Array.from({ length }, (_, at) => 3 + 0.5 * at), ...zigzag];
      return markPoints(values.map((value) => ({ value }))).filter(({ marks }) => marks.includes("trend"))
        .length;
    };
    expect([trendOf(5), trendOf(7)]).toEqual([0, 7]);
  });
});

describe("limits by the numbers of cases", () => {
  it("are wider where there are fewer", () => {
    const points = [10, 40, 10, 40, 10].map((weight, at) => ({ value: 0.5 + 0.1 * (at % 2), weight }));
    const [few, many] = markPoints(points);
    const width = (point: typeof few) => (point ? point.high - point.low : 0);
    expect(width(few) / width(many)).toBeCloseTo(2, 10);
  });

  it("marks stay the same whatever the unit and whichever side is up", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (found, factor) => {
        // Rounding decides where a point lies exactly on the mean or a limit: those are left alone.
        const chart = markPoints(found.map((value) => ({ value })));
        const isExact = chart.some(({ value, center, low, high }) =>
          [center, low, high].some((line) => Math.abs(value - line) < 1e-9 * (1 + Math.abs(line))),
        );
        if (isExact) return;
        expect(marked(found.map((value) => -factor * value))).toEqual(marked(found));
      }),
    );
  });
});

describe("limits of points that are given", () => {
  it("leave ranges out that are outliers, unless asked not to", () => {
    // Ten ranges of 1 and one of 40, above 3.267·50/11; around 86/12.
    const values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 41, 40].map((value) => ({ value }));
    const [screened] = markPoints(values);
    expect(screened?.center).toBeCloseTo(86 / 12, 10);
    expect(screened?.high).toBeCloseTo(86 / 12 + 2.66, 10);
    const [all] = markPoints(values, { screensOutliers: false });
    expect(all?.low).toBeCloseTo(86 / 12 - (2.66 * 50) / 11, 10);
  });

  it("are around the mean of all cases, and in units of what a point with one case varies by", () => {
    // (4·0.5 + 0.8 + 4·0.5)/9 = 8/15; −1/30·√4, 4/15, −1/30·√4: two ranges of 1/3.
    const points = [0.5, 0.8, 0.5].map((value) => ({ value, weight: value === 0.8 ? 1 : 4 }));
    const [many, one] = markPoints(points);
    expect(many?.center).toBeCloseTo(8 / 15, 10);
    expect(many?.high).toBeCloseTo(8 / 15 + 2.66 / 6, 10);
    expect(one?.low).toBeCloseTo(8 / 15 - 2.66 / 3, 10);
  });

  it("are none where one point alone is to tell them", () => {
    const [point] = markPoints([{ value: 5 }, { value: 90 }], { baseline: 1 });
    expect(point).toEqual({
      ...{ value: 5, center: 5, marks: [] },
      ...{ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    });
  });
});

describe("marks after a mean of 11 with limits at 5.32 on either side", () => {
  const usual = [10, 12, 10, 12, 10, 12];
  const marksOf = (...values: readonly number[]) =>
    markPoints(
      [...usual, ...values].map((value) => ({ value })),
      { baseline: usual.length },
    )
      .slice(usual.length)
      .map(({ marks }) => marks.join(" "));

  it("a point beyond a limit is outside", () => {
    expect(marksOf(16.4, 10, 5.6, 16.2, 10)).toEqual(["outside", "", "outside", "", ""]);
  });

  it("two of three in a row in the outer third of one side stand out, not the third between them", () => {
    expect(marksOf(15, 11.5, 15)).toEqual(["two-of-three", "", "two-of-three"]);
    // The third is the one before them.
    expect(marksOf(15, 15)).toEqual(["two-of-three", "two-of-three"]);
    expect(marksOf(7, 7, 10)).toEqual(["two-of-three", "two-of-three", ""]);
  });

  it("two of three do not stand out across the mean, too far apart, or where one is outside", () => {
    expect(marksOf(15, 10.5, 15)).toEqual(["", "", ""]);
    expect(marksOf(7, 7, 12)).toEqual(["", "", ""]);
    expect(marksOf(15, 11.5, 11.5, 15)).toEqual(["", "", "", ""]);
    expect(marksOf(17, 15, 10)).toEqual(["outside", "", ""]);
    expect(marksOf(14.5, 14.5, 10)).toEqual(["", "", ""]);
  });

  it("seven on one side of the mean are a shift, six and those on the mean are none", () => {
    const above = [11.5, 11.6, 11.5, 11.6, 11.5, 11.6];
    expect(marksOf(10, ...above, 11.5)).toEqual(["", ...Array.from({ length: 7 }, () => "shift")]);
    expect(marksOf(10, ...above, 10)).toEqual(Array.from({ length: 8 }, () => ""));
    expect(marksOf(...Array.from({ length: 8 }, () => 11))).toEqual(Array.from({ length: 8 }, () => ""));
  });

  it("seven that each fall are a trend, and none where two are the same", () => {
    expect(marksOf(13, 12.5, 12, 11.5, 10.8, 10.4, 10).filter((mark) => mark === "trend")).toHaveLength(7);
    expect(marksOf(13, 12.5, 12, 12, 10.8, 10.4, 10).filter((mark) => mark === "trend")).toHaveLength(0);
  });
});
