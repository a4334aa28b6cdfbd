import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench, dataSet, type Imported, type SeriesEntry } from "./support.ts";

const data = dataSet("incident-tickets", "tickets.csv", "incident-tickets.json");
const span = "from=2016-02-01&to=2017-02-28";

interface Figures {
  readonly tickets: number;
  readonly resolved: number;
  readonly fcr_proxy: number;
  readonly fcr_rate: number;
  /** In hours. */
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
}

interface Expected {
  readonly overall: Figures;
  readonly byPriority: Readonly<Record<string, Figures>>;
  readonly openedByMonth: Readonly<Record<string, number>>;
}

interface Group extends SeriesEntry {
  readonly group: string;
}

const hours = (value: unknown) => Number(value) / 3_600;

function expectTimes({ value, n, components }: SeriesEntry, figures: Figures, about: string): void {
  expect(n, about).toBe(figures.resolved);
  // The file's figures have six decimals.
  expect(hours(value), about).toBeCloseTo(figures.mean, 5);
  for (const [name, exact] of [
    ["p50", figures.median],
    ["p90", figures.p90],
  ] as const) {
    const ratio = hours(components[name]) / exact;
    expect(Math.abs(ratio - 1), `${about} ${name}`).toBeLessThanOrEqual(0.01);
  }
}

function expectFirstContact({ value, n, components }: SeriesEntry, figures: Figures, about: string): void {
  expect({ n, first: components["onFirstContact"] }, about).toEqual({
    n: figures.resolved,
    first: figures.fcr_proxy,
  });
  expect(Number(value) / 100, about).toBeCloseTo(figures.fcr_rate, 7);
}

describe.skipIf(!data.isThere)(`the tickets of an IT company${data.remark}`, () => {
  let bench: Bench;
  let imported: Imported;
  let expected: Expected;

  beforeAll(async () => {
    expected = data.expected() as Expected;
    bench = await Bench.start();
    await bench.call("PATCH", "/v1/workspace", { trackedDimensions: ["priority", "category"] });
    imported = await bench.import(data);
  });

  afterAll(() => bench?.stop());

  const byPriority = async (metric: string) =>
    (await bench.series(metric, `${span}&groupBy=priority`)) as Group[];

  it("are all recorded, two facts of a row that is resolved", () => {
    const { tickets, resolved } = expected.overall;
    expect(imported).toMatchObject({
      code: 0,
      outcomes: { recorded: tickets + resolved, duplicate: 0, conflict: 0, invalid: 0 },
    });
    console.info(imported.out);
  });

  it("give the tickets opened, in all, by month and by priority", async () => {
    expect((await bench.total("contact-volume", span)).value).toBe(expected.overall.tickets);
    const months = await bench.series("contact-volume", `${span}&interval=month`);
    expect(Object.fromEntries(months.map(({ from, value }) => [from.slice(0, 7), value]))).toEqual(
      expected.openedByMonth,
    );
    const priorities = await byPriority("contact-volume");
    expect(Object.fromEntries(priorities.map(({ group, value }) => [group, value]))).toEqual(
      Object.fromEntries(Object.entries(expected.byPriority).map(([name, { tickets }]) => [name, tickets])),
    );
  });

  it("give the mean, the median and the 90th percentile of the resolution times, in all and by priority", async () => {
    expectTimes(await bench.total("resolution-time", span), expected.overall, "all");
    const priorities = await byPriority("resolution-time");
    expect(priorities).toHaveLength(Object.keys(expected.byPriority).length);
    for (const entry of priorities) {
      const figures = expected.byPriority[entry.group];
      if (!figures) throw new Error(`nobody expects the priority ${entry.group}`);
      expectTimes(entry, figures, entry.group);
    }
  });

  it("give the share resolved on the first contact, in all and by priority", async () => {
    expectFirstContact(await bench.total("first-contact-resolution", span), expected.overall, "all");
    for (const entry of await byPriority("first-contact-resolution")) {
      const figures = expected.byPriority[entry.group];
      if (!figures) throw new Error(`nobody expects the priority ${entry.group}`);
      expectFirstContact(entry, figures, entry.group);
    }
  });

  it("give the ten commonest categories, and all others as one group", async () => {
    const counts = new Map<string, number>();
    for (const { category = "" } of data.rows()) counts.set(category, (counts.get(category) ?? 0) + 1);
    const sizes = [...counts.values()].sort((a, b) => b - a);
    const groups = (await bench.series("contact-volume", `${span}&groupBy=category&top=10`)) as Group[];
    const named = groups.filter(({ group }) => group !== "(other)" && group !== "(none)");
    expect(named.map(({ value }) => value)).toEqual(sizes.slice(0, 10));
    for (const { group, value } of named) expect(value, group).toBe(counts.get(group));
    const others = groups.find(({ group }) => group === "(other)");
    expect(others?.value).toBe(sizes.slice(10).reduce((sum, size) => sum + size, 0));
  });

  it("of a busy week counted again differ nowhere from the counters, nor their histories", async () => {
    expect(await bench.reconcile("2016-03-01", "2016-03-06", 2)).toBeGreaterThan(1_000);
  });

  it("imported again are all duplicates, and no number changes", async () => {
    const metrics = ["contact-volume", "resolution-time", "first-contact-resolution"];
    const answers = () =>
      Promise.all(metrics.map((metric) => bench.get(`/v1/metrics/${metric}?${span}&interval=day`)));
    const before = await answers();
    const again = await bench.import(data);
    expect(again).toMatchObject({
      code: 0,
      outcomes: { recorded: 0, duplicate: imported.outcomes["recorded"], conflict: 0, invalid: 0 },
    });
    expect(await answers()).toEqual(before);
  });
});
