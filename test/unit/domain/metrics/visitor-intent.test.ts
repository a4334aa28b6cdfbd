import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { compareSamples } from "../../../../lib/domain/metrics/sample.ts";
import { Counted } from "../../../fixtures/domain.ts";

const occurredAt = "2026-10-10T12:00:00Z";

const intent = (choice: string, more: object = {}) => ({
  ...{ survey: "visitor-intent", occurredAt, choice },
  ...more,
});

/** A choice that came after too many others. */
const pastLimit = intent("Late", { countsAs: "(other)" });

const times = <Fact>(count: number, fact: Fact): Fact[] => Array.from({ length: count }, () => fact);

function measure(id: string, facts: readonly object[]) {
  return new Counted(facts).measure(id, "2026-10-01", "2026-10-31");
}

describe("visitor intent", () => {
  it("is the share of each intent, the most frequent first, and the completion of those who say", () => {
    const facts = [
      ...times(3, intent("Buy", { completed: true })),
      intent("Buy", { completed: false }),
      intent("Buy"),
      ...times(3, intent("Compare prices")),
      ...times(2, intent("Get help", { completed: false })),
    ];
    const { value, n, components } = measure("visitor-intent", facts);
    expect({ value, n }).toEqual({ value: 50, n: 10 });
    expect(Object.keys(components).filter((name) => name.startsWith("answers"))).toEqual([
      "answers Buy",
      "answers Compare prices",
      "answers Get help",
    ]);
    expect(components).toMatchObject({
      ...{ mostFrequent: "Buy", "answers Buy": 5, "sharePercent Buy": 50 },
      ...{ "asked Buy": 4, "completed Buy": 3, "completionPercent Buy": 75 },
      ...{ "sharePercent Compare prices": 30, "sharePercent Get help": 20 },
      ...{ "asked Get help": 2, "completed Get help": 0, "completionPercent Get help": 0 },
    });
    expect(components).not.toHaveProperty("completionPercent Compare prices");
  });

  it("has the interval of the most frequent share, and is compared only with the same intent's", () => {
    const measured = measure("visitor-intent", [...times(8, intent("Buy")), ...times(2, intent("Help"))]);
    expect(measured.low).toBeCloseTo(49.0162, 3);
    expect(measured.high).toBeCloseTo(94.3318, 3);
    expect(measured).toMatchObject({ components: { "shareLow Buy": measured.low } });
    expect(measured.sample).toMatchObject({ kind: "proportion", of: "Buy", successes: 8, n: 10 });
    const other = measure("visitor-intent", [...times(2, intent("Buy")), ...times(8, intent("Help"))]);
    expect(compareSamples(measured.sample, other.sample)).toBeUndefined();
    expect(compareSamples(measured.sample, measured.sample)?.pValue).toBe(1);
  });

  it("names the first by its text among equally frequent ones", () => {
    const { components } = measure("visitor-intent", [intent("b"), intent("a")]);
    expect(components["mostFrequent"]).toBe("a");
  });

  it("is never the bag of those that came after too many others, which comes last and is spoken of", () => {
    const facts = [...times(7, pastLimit), ...times(2, intent("Help")), intent("Buy")];
    const { value, low, n, components, remarks } = measure("visitor-intent", facts);
    expect({ value, n }).toEqual({ value: 20, n: 10 });
    expect(components).toMatchObject({
      ...{ mostFrequent: "Help", "shareLow Help": low, "answers (other)": 7, "sharePercent (other)": 70 },
    });
    expect(Object.keys(components).filter((name) => name.startsWith("answers"))).toEqual([
      "answers Help",
      "answers Buy",
      "answers (other)",
    ]);
    expect(remarks?.map(inEnglish)).toEqual([expect.stringContaining("7 answers count as (other)")]);
    expect(measure("visitor-intent", [intent("Buy")]).remarks).toBeUndefined();
  });

  it("has no value where no intent has a name", () => {
    expect(measure("visitor-intent", [pastLimit])).toMatchObject({
      ...{ value: null, low: null, high: null, n: 1 },
      ...{ components: { mostFrequent: null, "answers (other)": 1 } },
      ...{ remarks: [{ id: "remark.intentsTogether", values: { name: "(other)", answers: 1 } }] },
    });
  });

  it("takes a choice that looks like a counter's name for what it is", () => {
    const { components } = measure("visitor-intent", [intent("completed:Buy"), intent("__proto__")]);
    expect(components).toMatchObject({ "answers completed:Buy": 1, "answers __proto__": 1 });
  });

  it("of nothing has no value", () => {
    expect(measure("visitor-intent", [])).toMatchObject({
      value: null,
      n: 0,
      components: { mostFrequent: null },
    });
  });
});
