import { describe, expect, it } from "vitest";
import { daysPerMonth } from "../../../../../lib/domain/calendar/intervals.ts";
import {
  type Contract,
  contractBasis,
  contractChoice,
  contractsOf,
  expectedOfContract,
} from "../../../../../lib/domain/metrics/lifetime/contracts.ts";
import { survival } from "../../../../../lib/domain/metrics/lifetime/shifted-beta-geometric.ts";
import { Simulation } from "./simulation.ts";

const terms = { months: 3, discountRate: 0, kept: 0.5 };

/** Customers who joined on a day, with how many are there after so many months; each leaves in the middle of a month. */
function cohort(from: number, survivors: readonly number[]): Contract[] {
  const lost = survivors.slice(1).flatMap((left, index) => {
    const to = from + Math.round((index + 0.5) * daysPerMonth);
    return Array.from({ length: (survivors[index] ?? 0) - left }, () => ({ from, to }));
  });
  return [...lost, ...Array.from({ length: survivors.at(-1) ?? 0 }, () => ({ from }))];
}

/** Fader & Hardie 2007, table 1: of 1,000 regular customers, those there after 0 to 7 periods, here months. */
const regular = [1_000, 631, 468, 382, 326, 289, 262, 241];
const seventh = Math.ceil(7 * daysPerMonth);

describe("contracts", () => {
  const contracts = cohort(0, regular);
  const made = contractsOf(contracts, seventh, 100_000, terms);
  if ("reason" in made) throw new Error(made.reason);

  it("have the parameters of the paper's regular customers, by when these joined and left", () => {
    expect(made.parameters.alpha).toBeCloseTo(0.704, 3);
    expect(made.parameters.beta).toBeCloseTo(1.182, 3);
    expect(made).toMatchObject({ customers: 1_000, lifetimeMonths: null });
    // Retention rises with age, as the paper's does: 63 %, 74 %, 81 % in the data.
    expect(made.retention.slice(0, 3).map((share) => Math.round(100 * share))).toEqual([63, 76, 82]);
    expect(made.survival[6]).toBeCloseTo(0.241, 2);
  });

  it("project those who are there, by their age", () => {
    const { customers, staying, months, monthlyMinor, valueMinor } = made.total;
    const laterOn = (age: number) => survival(made.parameters, age) / survival(made.parameters, 7);
    expect(customers).toBe(241);
    expect(staying).toBeCloseTo(241 * laterOn(10), 9);
    expect(months).toBeCloseTo(241 * (1 + laterOn(8) + laterOn(9)), 9);
    // Who left in the middle of a month was there for half of it.
    const monthsSoFar = regular
      .slice(1)
      .reduce((sum, left, index) => sum + ((regular[index] ?? 0) + left) / 2, 0);
    expect(monthlyMinor).toBeCloseTo(100_000 / monthsSoFar, 0);
    expect(valueMinor).toBeCloseTo(months * monthlyMinor * 0.5, 6);
  });

  it("count nothing that happened after the last day that is known", () => {
    const later = [
      ...contracts.map(({ from, to }) => ({ from, to: to ?? seventh + 20 })),
      { from: seventh + 1 },
    ];
    expect(contractsOf(later, seventh, 100_000, terms)).toMatchObject({
      parameters: made.parameters,
      total: { customers: 241 },
    });
  });

  it("come near to how many simulated customers stayed in the quarter that was held out", () => {
    const simulation = new Simulation(5);
    const simulated = Array.from({ length: 12 }, (_, month) => month).flatMap((month) =>
      Array.from({ length: 300 }, (): Contract => {
        const from = Math.round(month * daysPerMonth);
        const leaving = simulation.beta(1.2, 8);
        let lasted = 0;
        while (lasted < 40 && simulation.random() >= leaving) lasted += 1;
        const to = from + Math.round((lasted + 0.5) * daysPerMonth);
        return lasted === 40 ? { from } : { from, to };
      }),
    );
    const through = Math.ceil(24 * daysPerMonth);
    const found = contractsOf(simulated, through, 0, terms);
    if ("reason" in found || "reason" in found.holdout) throw new Error(JSON.stringify(found));
    const { expectedStaying, actualStaying, customers, knownThrough } = found.holdout;
    expect(through - knownThrough).toBe(Math.ceil(6 * daysPerMonth));
    expect(customers).toBeGreaterThan(actualStaying);
    expect(Math.abs(expectedStaying / actualStaying - 1)).toBeLessThan(0.06);
  });

  it("are taken where enough have left and the model could be fitted, and say why", () => {
    const choiceOf = (some: readonly Contract[]) =>
      contractChoice(some, seventh, contractsOf(some, seventh, 0, terms));
    const reason = "no parameters explain them best";
    expect(contractChoice(contracts, seventh, { because: "leavingUnknown", reason })).toEqual({
      taken: "purchases",
      because: `759 customers have left explicitly, but a model of contracts cannot be fitted: ${reason}`,
    });
    expect(choiceOf(contracts)).toEqual({
      taken: "contracts",
      because: expect.stringMatching(/^759 customers have left explicitly/),
    });
    const few = cohort(0, [100, 90]);
    expect(choiceOf(few)).toMatchObject({ taken: "purchases" });
    expect(contractsOf(few, seventh, 0, terms)).toEqual({
      ...{ because: "tooFewLost", count: 10 },
      reason: "10 customers have left: the model needs 30",
    });
    expect(contractsOf([], seventh, 0, terms)).toEqual({
      ...{ because: "tooFewLost", count: 0 },
      reason: "0 customers have left: the model needs 30",
    });
  });
});

describe("contracts of subscriptions", () => {
  const ended = Array.from({ length: 40 }, (_, n) => ({ from: n, to: n + 40, monthlyMinor: 500 }));
  const running = [
    { from: 0, monthlyMinor: 1_000 },
    { from: 300, monthlyMinor: 3_000 },
  ];

  it("are what contracts are told by where too few customers have left, and enough subscriptions have ended", () => {
    const subscriptions = [...ended, ...running];
    expect(contractBasis({ customers: [], subscriptions }, 400)).toBe("subscriptions");
    expect(contractBasis({ customers: ended, subscriptions }, 400)).toBe("customers");
    // By day 60 only those that began by day 20 have ended.
    expect(contractBasis({ customers: [], subscriptions }, 60)).toBe("customers");
    const fitted = contractsOf(subscriptions, 400, 0, terms);
    expect(contractChoice(subscriptions, 400, fitted, "subscriptions").because).toMatch(
      /^40 times a customer has ended all of its subscriptions/,
    );
  });

  it("are worth what each brings a month, for as long as it is expected to last", () => {
    const plain = { months: 12, discountRate: 0, kept: 1 };
    const model = { alpha: 1, beta: 4 };
    const at = { through: 400, monthlyMinor: 9_999, terms: plain };
    const [old, young] = running.map((contract) => expectedOfContract(model, contract, at));
    if (!old || !young) throw new Error("two are running");
    expect(old.valueMinor).toBeCloseTo(old.months * 1_000, 8);
    expect(young.valueMinor).toBeCloseTo(young.months * 3_000, 8);
    // Who has stayed longer stays longer.
    expect(old.months).toBeGreaterThan(young.months);
  });
});
