import { describe, expect, it } from "vitest";
import { readDemoOptions, yesterday } from "../../../../lib/tools/demo/options.ts";
import { choosePlan } from "../../../../lib/tools/demo/workspace.ts";
import { UsageError } from "../../../../lib/tools/import/problems.ts";

const now = Date.parse("2026-11-24T10:00:00Z");
const read = (...args: string[]) => readDemoOptions(args, { API_KEY: "key" }, now);

describe("the options of the demo", () => {
  it("make a company of two years that ended yesterday, unless they say otherwise", () => {
    expect(read()).toEqual({
      help: false,
      options: {
        url: "http://127.0.0.1:3000",
        key: "key",
        seed: 1,
        customers: 1_000,
        days: 730,
        until: undefined,
        force: false,
        progress: true,
      },
    });
    expect(yesterday(now)).toBe("2026-11-23");
    expect(read("--until", "2026-11-01", "--days", "200", "--no-progress")).toMatchObject({
      options: { until: "2026-11-01", days: 200, progress: false },
    });
  });

  it("are refused by name where they make no sense", () => {
    for (const args of [
      ["--days", "30"],
      ["--days", "2000"],
      ["--customers", "0"],
      ["--seed", "1.5"],
      ["--until", "2026-11-24"],
      ["--until", "yesterday"],
      ["--url", "here"],
    ]) {
      expect(() => read(...args), args.join(" ")).toThrow(UsageError);
      expect(() => read(...args)).toThrow(args[0]);
    }
    expect(() => read("--what")).toThrow(/--help says more/);
    expect(() => readDemoOptions([], { API_KEY: "a b" }, now)).toThrow(/a character that no key has/);
    expect(() => readDemoOptions([], { DATA_DIR: "/nowhere" }, now)).toThrow(/npm start/);
  });
});

describe("the plan of a company", () => {
  const asked = { seed: 1, customers: 1_000, days: 730, until: undefined, force: false };
  const there = { seed: 1, customers: 1_000, days: 730, until: "2026-10-01" };

  it("ends yesterday in an empty workspace, and on its own last day where it is there already", () => {
    expect(choosePlan(asked, { demo: undefined, others: 3 }, "2026-11-23").until).toBe("2026-11-23");
    expect(choosePlan(asked, { demo: there, others: 0 }, "2026-11-23")).toEqual(there);
  });

  it("is refused beside another company or other facts, unless forced", () => {
    const yesterdays = "2026-11-23";
    const other = { ...asked, until: "2026-11-01" };
    expect(() => choosePlan(other, { demo: there, others: 0 }, yesterdays)).toThrow(/another company/);
    expect(() => choosePlan(asked, { demo: undefined, others: 500 }, yesterdays)).toThrow(/not the demo's/);
    expect(choosePlan({ ...other, force: true }, { demo: there, others: 500 }, yesterdays).until).toBe(
      "2026-11-01",
    );
  });
});
