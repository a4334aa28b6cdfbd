import { describe, expect, it } from "vitest";
import { dayNumber } from "../../../../../lib/domain/calendar/days.ts";
import { type HeldOut, holdoutErrors } from "../../../../../lib/domain/metrics/lifetime/holdout.ts";
import { fitWorth } from "../../../../../lib/domain/metrics/lifetime/worth.ts";
import { daysAfterCdnow, heldOutOfCdnow } from "../../../../fixtures/cdnow/cdnow.ts";

/** How wrong the models are about the 39 weeks of CDNOW that follow those they were fitted to. */

function fitted(known: readonly HeldOut[]) {
  const fit = fitWorth(known.map(({ buyer }) => buyer));
  if ("reason" in fit) throw new Error(fit.reason);
  return fit;
}

describe("the customers of CDNOW", () => {
  it("bought on 1,882 days of the 39 weeks that were held out, for $70,976.39", () => {
    const later = heldOutOfCdnow.flatMap((customer) => customer.later);
    expect(heldOutOfCdnow).toHaveLength(2_357);
    expect(later).toHaveLength(1_882);
    expect(later.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(7_097_639);
    const days = later.map(({ day }) => day).sort((a, b) => a - b);
    const [first, last] = [dayNumber("1997-10-01"), dayNumber("1998-06-30")];
    expect([days[0], days.at(-1)]).toEqual([first, last]);
    expect(last - first + 1).toBe(daysAfterCdnow);
  });

  it("are predicted no worse than by an independent fit: total, error of a customer, correlation, top tenth", () => {
    const errors = holdoutErrors(fitted(heldOutOfCdnow), heldOutOfCdnow, daysAfterCdnow);
    const { expectedSpendMinor, actualSpendMinor, topTenthShare } = errors;
    const off = 100 * (expectedSpendMinor / actualSpendMinor - 1);
    const rounded = {
      total: off.toFixed(1),
      error: (errors.spendMeanAbsoluteErrorMinor / 100).toFixed(1),
      correlation: errors.spendCorrelation?.toFixed(3),
      topTenth: (100 * (topTenthShare ?? 0)).toFixed(1),
    };
    expect(rounded).toEqual({ total: "-15.6", error: "30.4", correlation: "0.565", topTenth: "50.2" });
    expect(errors.customers).toBe(2_357);
    expect(errors.actualOrders).toBe(1_882);
  });

  it("are predicted better than if the time to come were like the time before, or like everybody's", () => {
    const { spendMeanAbsoluteErrorMinor } = holdoutErrors(
      fitted(heldOutOfCdnow),
      heldOutOfCdnow,
      daysAfterCdnow,
    );
    const spent = heldOutOfCdnow.map(({ buyer, later }) => ({
      before: (buyer.repeats * buyer.mean * daysAfterCdnow) / 7 / buyer.age,
      after: later.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    }));
    const mean = spent.reduce((sum, { after }) => sum + after, 0) / spent.length;
    const errorOf = (expected: (one: (typeof spent)[number]) => number) =>
      spent.reduce((sum, one) => sum + Math.abs(expected(one) - one.after), 0) / spent.length;
    expect(spendMeanAbsoluteErrorMinor).toBeLessThan(errorOf(({ before }) => before));
    // Even the mean of what came afterwards, which nobody knew.
    expect(spendMeanAbsoluteErrorMinor).toBeLessThan(errorOf(() => mean));
  });
});
