import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench, dataSet, type Imported } from "./support.ts";

const data = dataSet("garden-centre-nps", "responses.csv", "garden-centre.json");
const april = "from=2024-04-01&to=2024-04-30";

interface Nps {
  readonly n: number;
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  readonly nps: number;
  readonly mean_score: number;
}

interface Expected {
  readonly nps: Nps;
  readonly npsByComment: { readonly with: Nps; readonly without: Nps };
  readonly npsByReturning?: Readonly<Record<string, Nps>>;
  readonly csat8to10: {
    readonly n: number;
    readonly satisfied: number;
    readonly csat_pct: number;
    readonly mean: number;
  };
  readonly scoreCounts: Readonly<Record<string, number>>;
  readonly satisfactionCounts: Readonly<Record<string, number>>;
}

describe.skipIf(!data.isThere)(`the answers to a garden centre's survey${data.remark}`, () => {
  let bench: Bench;
  let imported: Imported;
  let expected: Expected;

  beforeAll(async () => {
    expected = data.expected() as Expected;
    bench = await Bench.start();
    await bench.call("PATCH", "/v1/workspace", { trackedDimensions: ["returning", "comment"] });
    imported = await bench.import(data);
  });

  afterAll(() => bench?.stop());

  const checkNps = async (query: string, { n, promoters, passives, detractors, nps, mean_score }: Nps) => {
    const entry = await bench.total("nps", query);
    expect(entry).toMatchObject({ n, components: { promoters, passives, detractors } });
    expect(Number(entry.value)).toBeCloseTo(nps, 6);
    expect(Number(entry.components["meanScore"])).toBeCloseTo(mean_score, 6);
    return entry;
  };

  it("are all recorded", () => {
    console.info(imported.out);
    expect(imported).toMatchObject({
      code: 0,
      outcomes: {
        recorded: expected.nps.n + expected.csat8to10.n,
        duplicate: 0,
        conflict: 0,
        invalid: 0,
      },
    });
  });

  it("give the Net Promoter Score with its histogram", async () => {
    const { components } = await checkNps(april, expected.nps);
    for (const [score, count] of Object.entries(expected.scoreCounts)) {
      expect(components[`score${score}`], score).toBe(count);
    }
  });

  it("give the score of those who wrote a comment and of those who did not", async () => {
    await checkNps(`${april}&filter.comment=yes`, expected.npsByComment.with);
    await checkNps(`${april}&filter.comment=no`, expected.npsByComment.without);
  });

  it("give the satisfied share, the mean and the histogram of satisfaction", async () => {
    const { n, satisfied, csat_pct, mean } = expected.csat8to10;
    const entry = await bench.total("csat", april);
    expect(entry).toMatchObject({ n, components: { satisfied } });
    expect(Number(entry.value)).toBeCloseTo(csat_pct, 6);
    expect(Number(entry.components["mean 1-10"])).toBeCloseTo(mean, 6);
    for (const [score, count] of Object.entries(expected.satisfactionCounts)) {
      expect(entry.components[`1-10:${score}`] ?? 0, score).toBe(count);
    }
  });

  it("add up over the days to the month's answers", async () => {
    const days = await bench.series("nps", `${april}&interval=day`);
    expect(days).toHaveLength(30);
    expect(days.reduce((sum, { n }) => sum + n, 0)).toBe(expected.nps.n);
  });

  it("counted again differ nowhere from the counters", async () => {
    const all = expected.nps.n + expected.csat8to10.n;
    expect(await bench.reconcile("2024-04-01", "2024-04-30", 2)).toBe(all);
  });

  it("imported again are all duplicates, and no number changes", async () => {
    const queries = ["nps", "csat"].flatMap((metric) =>
      [`${april}&interval=day`, `${april}&groupBy=comment`, `${april}&groupBy=returning`].map(
        (query) => `/v1/metrics/${metric}?${query}`,
      ),
    );
    const answers = () => Promise.all(queries.map((query) => bench.get(query)));
    const before = await answers();
    const again = await bench.import(data);
    expect(again).toMatchObject({
      code: 0,
      outcomes: { recorded: 0, duplicate: imported.outcomes["recorded"], conflict: 0, invalid: 0 },
    });
    expect(await answers()).toEqual(before);
  });
});
