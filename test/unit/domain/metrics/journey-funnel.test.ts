import { describe, expect, it } from "vitest";
import type { MetricSettings } from "../../../../lib/domain/metrics/metric.ts";
import { Counted, type Counting } from "../../../fixtures/domain.ts";

const stages = ["awareness", "consideration", "decision", "retention", "advocacy"] as const;
const entered = (customerId: string, stage: string, occurredAt: string) => ({
  ...{ type: "stage.entered", customerId, stage, occurredAt },
});
/** A customer who enters the first so many stages, one a day at noon. */
const walked = (customerId: string, count: number, from = 1) =>
  stages
    .slice(0, count)
    .map((stage, index) =>
      entered(customerId, stage, `2026-10-${String(from + index).padStart(2, "0")}T12:00:00Z`),
    );

function measure(
  facts: readonly object[],
  from = "2026-10-01",
  to = "2026-10-31",
  counting: Counting = {},
  settings: Partial<MetricSettings> = {},
) {
  const { journeyStages = stages } = counting;
  return new Counted(facts, counting).measure("journey-funnel", from, to, { journeyStages, ...settings });
}

/** All of October, asked in another way. */
function ask(facts: readonly object[], settings: Partial<MetricSettings>, counting: Counting = {}) {
  return measure(facts, "2026-10-01", "2026-10-31", counting, settings);
}

describe("the journey funnel", () => {
  it("is the share of journeys that reached the last stage, with each step between", () => {
    const facts = [...walked("a", 5), ...walked("b", 3), ...walked("c", 2), ...walked("d", 1)];
    const { value, low, high, n, components, sample } = measure(facts);
    // 1 of 4. Wilson: centre (0.25 + 0.480182)/1.960365 = 0.372473, margin 0.326872: 4.5587 to 69.9358 %.
    expect({ value, n }).toEqual({ value: 25, n: 4 });
    expect(low).toBeCloseTo(4.5587, 3);
    expect(high).toBeCloseTo(69.9358, 3);
    expect(sample).toEqual({ kind: "proportion", successes: 1, n: 4 });
    expect(components).toMatchObject({
      ...{ journeys: 4, "reached awareness": 4, "reached consideration": 3, "reached decision": 2 },
      ...{ "reached retention": 1, "reached advocacy": 1 },
      ...{
        "conversionPercent consideration": 75,
        "dropOff consideration": 1,
        "dropOffPercent consideration": 25,
      },
      ...{ "conversionPercent retention": 50, "dropOff retention": 1, "conversionPercent advocacy": 100 },
    });
  });

  it("counts a journey on the day on which it began, whenever it went on", () => {
    const facts = walked("a", 5, 1);
    expect(measure(facts, "2026-10-01", "2026-10-01")).toMatchObject({ value: 100, n: 1 });
    expect(measure(facts, "2026-10-02", "2026-10-31")).toMatchObject({ value: null, n: 0 });
  });

  it("counts at a stage who entered it, and not who was seen only further on", () => {
    // 30 enter the first three stages, five others only the last.
    const many = Array.from({ length: 30 }, (_, index) => walked(`a${index}`, 3)).flat();
    const few = Array.from({ length: 5 }, (_, index) =>
      entered(`b${index}`, "advocacy", "2026-10-09T12:00:00Z"),
    );
    const facts = [...many, ...few];
    const { value, n, components } = measure(facts);
    expect({ value, n }).toEqual({ value: 14.285714285714286, n: 35 });
    expect(components).toMatchObject({
      ...{ "reached awareness": 30, "reached decision": 30, "reached retention": 0, "reached advocacy": 5 },
      // Nobody was in retention, so of nobody it is known how many went on.
      ...{
        "conversionPercent decision": 100,
        "conversionPercent retention": 0,
        "conversionPercent advocacy": null,
      },
    });
    const reached = ask(facts, { convention: "reached" });
    expect(reached).toMatchObject({ value: 14.285714285714286, n: 35, method: "reached" });
    expect(reached.components).toMatchObject({
      ...{ "reached awareness": 35, "reached decision": 35, "reached retention": 5, "reached advocacy": 5 },
      ...{ "conversionPercent retention": 14.285714285714286, "conversionPercent advocacy": 100 },
    });
  });

  it("converts only who had been at the stage before, in whatever order", () => {
    const facts = [
      ...walked("a", 2),
      ...walked("b", 1),
      entered("c", "consideration", "2026-10-01T12:00:00Z"),
      entered("d", "consideration", "2026-10-01T12:00:00Z"),
      entered("d", "awareness", "2026-10-04T12:00:00Z"),
    ];
    expect(measure(facts).components).toMatchObject({
      ...{ "reached awareness": 3, "reached consideration": 3 },
      ...{ "conversionPercent consideration": 66.66666666666667, "dropOff consideration": 1 },
    });
  });

  it("counts what happened within so many days of the beginning", () => {
    const facts = [
      ...walked("a", 2, 1),
      entered("b", "awareness", "2026-10-01T12:00:00Z"),
      entered("b", "consideration", "2026-10-31T11:59:59Z"),
      entered("b", "advocacy", "2026-10-31T12:00:01Z"),
    ];
    const within = (withinDays: number | null, convention = "entered") =>
      ask(facts, { withinDays, convention }).components;
    expect(within(1)).toMatchObject({ journeys: 2, "reached consideration": 1, "reached advocacy": 0 });
    expect(within(14)).toMatchObject({ "reached consideration": 1 });
    expect(within(30)).toMatchObject({ "reached consideration": 2, "reached advocacy": 0 });
    expect(within(60)).toMatchObject({ "reached consideration": 2, "reached advocacy": 1 });
    expect(within(null)).toMatchObject({ "reached advocacy": 1 });
    expect(within(30, "reached")).toMatchObject({ "reached decision": 0 });
    expect(within(60, "reached")).toMatchObject({ "reached decision": 1, "reached retention": 1 });
  });

  it("counts customers instead of journeys, each once with all that it came to", () => {
    const facts = [...walked("a", 5, 1), ...walked("a", 1, 11), ...walked("b", 2, 20)];
    expect(measure(facts)).toMatchObject({ n: 3, value: 33.333333333333336 });
    const customers = ask(facts, { convention: "customers-entered" });
    expect(customers).toMatchObject({
      ...{ n: 2, value: 50 },
      components: { "reached awareness": 2, "reached consideration": 2, "reached advocacy": 1 },
    });
    // On the day of the second journey nobody's first one began.
    const later = measure(facts, "2026-10-11", "2026-10-11", {}, { convention: "customers-reached" });
    expect(later).toMatchObject({ n: 0, value: null, components: { "reached awareness": 0 } });
  });

  it("is on one journey who is won before the first contact", () => {
    const facts = [
      entered("a", "advocacy", "2026-10-01T12:00:00Z"),
      entered("a", "awareness", "2026-10-02T12:00:00Z"),
    ];
    expect(measure(facts)).toMatchObject({ value: 100, n: 1, components: { "reached awareness": 1 } });
    // After both it begins again.
    expect(measure([...facts, entered("a", "awareness", "2026-10-03T12:00:00Z")])).toMatchObject({ n: 2 });
  });

  it("follows each funnel that the workspace names, apart from the others", () => {
    const counting = {
      funnels: { sales: ["consideration", "decision"], awareness: ["decision", "advocacy"] },
    };
    const facts = [...walked("a", 5), ...walked("b", 2), ...walked("c", 1)];
    const sales = ask(facts, { funnel: "sales", journeyStages: counting.funnels.sales }, counting);
    expect(sales).toMatchObject({
      n: 2,
      value: 50,
      components: { "reached consideration": 2, "reached decision": 1 },
    });
    expect(sales.components).not.toHaveProperty("reached advocacy");
    // A funnel may be called as a stage of another is.
    const named = { funnel: "awareness", journeyStages: counting.funnels.awareness };
    expect(ask(facts, named, counting)).toMatchObject({ n: 1, value: 100 });
    expect(ask(facts, {}, counting)).toMatchObject({ n: 3, components: { "reached awareness": 3 } });
  });

  it("takes who skipped a stage, or was seen there later, to have passed it in convention reached", () => {
    const facts = [
      entered("a", "decision", "2026-10-01T12:00:00Z"),
      entered("a", "awareness", "2026-10-02T12:00:00Z"),
    ];
    const { components } = ask(facts, { convention: "reached" });
    expect(components).toMatchObject({
      ...{ journeys: 1, "reached awareness": 1, "reached consideration": 1, "reached decision": 1 },
      ...{ "reached retention": 0, "medianSeconds consideration": null, "medianSeconds decision": null },
    });
  });

  it("tells the median time from one stage to the next to 1 %", () => {
    // 10, 20 and 90 minutes.
    const facts = [
      ["a", "12:10"],
      ["b", "12:20"],
      ["c", "13:30"],
    ].flatMap(([id = "", time]) => [
      entered(id, "awareness", "2026-10-01T12:00:00Z"),
      entered(id, "consideration", `2026-10-01T${time}:00Z`),
      entered(id, "consideration", "2026-10-09T12:00:00Z"),
    ]);
    const median = Number(measure(facts).components["medianSeconds consideration"]);
    expect(Math.abs(median - 1_200)).toBeLessThanOrEqual(12);
  });

  it("begins another journey when its customer enters the first stage again after the last", () => {
    const again = [...walked("a", 5, 1), ...walked("a", 2, 11)];
    expect(measure(again)).toMatchObject({
      ...{ value: 50, n: 2 },
      components: { "reached awareness": 2, "reached consideration": 2, "reached decision": 1 },
    });
    // Not before it has reached the last: entering it again is part of the same journey.
    expect(measure([...walked("b", 3, 1), ...walked("b", 2, 11)])).toMatchObject({ n: 1 });
  });

  it("orders what was entered at the same instant by the stages", () => {
    const at = "2026-10-01T12:00:00Z";
    const facts = [...stages].reverse().map((stage) => entered("a", stage, at));
    expect(measure(facts)).toMatchObject({ value: 100, n: 1, components: { "medianSeconds advocacy": 0 } });
  });

  it("follows the workspace's stages, and passes over what they do not name", () => {
    const counting = { journeyStages: ["awareness", "decision"] };
    const facts = [...walked("a", 2), ...walked("b", 3), entered("c", "retention", "2026-10-01T12:00:00Z")];
    const { value, n, components } = measure(facts, "2026-10-01", "2026-10-31", counting);
    expect({ value, n }).toEqual({ value: 50, n: 2 });
    expect(components).not.toHaveProperty("reached consideration");
  });

  it("shows no conversion above 100 % while journeys are being counted again for stages in another order", () => {
    const facts = [...walked("a", 3), ...walked("b", 1)];
    const settings = { journeyStages: ["decision", "awareness"] };
    const { components } = new Counted(facts).measure("journey-funnel", "2026-10-01", "2026-10-31", settings);
    expect(components).toMatchObject({ "conversionPercent awareness": 100 });
  });
});
