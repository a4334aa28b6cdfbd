import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { Counted } from "../../../fixtures/domain.ts";

const fileOf = (id: string) => new URL(`../../../../lib/domain/metrics/${id}.ts`, import.meta.url);

describe("the catalogue", () => {
  it("has no id twice", () => {
    const ids = metrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no counter twice in a family", () => {
    const counters = metrics.flatMap(({ family, counters }) => counters.map((name) => `${family} ${name}`));
    expect(new Set(counters).size).toBe(counters.length);
  });
});

describe.each(metrics.map((metric) => [metric.id, metric] as const))("%s", (id, metric) => {
  it("has a file of its name that defines it", () => {
    expect(existsSync(fileOf(id))).toBe(true);
    expect(readFileSync(fileOf(id), "utf8")).toContain(`id: "${id}"`);
  });

  it("has a test of its name", () => {
    expect(existsSync(new URL(`./${id}.test.ts`, import.meta.url))).toBe(true);
  });

  it("is documented in full", () => {
    expect(metric.name).toMatch(/\S/);
    expect(metric.description).toMatch(/\.$/);
    expect(metric.formula).toMatch(/\S/);
    expect(metric.interval).toMatch(/\.$/);
    expect(metric.notes.length).toBeGreaterThan(0);
    expect(metric.references.length).toBeGreaterThan(0);
    for (const note of metric.notes) expect(note).toMatch(/\.$/);
    expect(metric.version).toBeGreaterThanOrEqual(1);
  });

  it("declares what it accumulates and whence it counts", () => {
    expect(metric.counters).toEqual(expect.arrayContaining([...metric.cumulative]));
    if (metric.counters.length > 0) expect(metric.countsFrom).toBeDefined();
    for (const { id: used, family, counters } of metric.uses) {
      const owner = metrics.find((other) => other.id === used);
      expect(owner?.family).toBe(family);
      expect(owner?.counters).toEqual(expect.arrayContaining([...counters]));
    }
  });

  it.each(metric.conventions ?? [""])("of no data is null or 0, never NaN (convention %j)", (convention) => {
    const measured = new Counted([]).measure(id, "2026-01-01", "2026-03-17", { convention });
    expect([null, 0, "0.00"]).toContain(measured.value);
    expect(measured).toMatchObject({ low: null, high: null, n: 0 });
    for (const value of Object.values(measured.components)) expect(value).not.toBeNaN();
  });
});
