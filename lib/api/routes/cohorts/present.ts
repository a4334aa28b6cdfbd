import { decimalsOf } from "../../../domain/facts/money.ts";
import type { Cohort, MeanCell } from "../../../domain/metrics/lifetime/cohorts.ts";
import { formatMajor, formatMinor, minorPerMajor } from "../../../domain/metrics/money.ts";
import { noBounds } from "../../../domain/metrics/statistics/bounds.ts";
import { ratio } from "../../../domain/metrics/statistics/fraction.ts";
import { wilsonInterval } from "../../../domain/metrics/statistics/proportion.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { cohortsSchema } from "./answers.ts";
import type { cohortMeasures } from "./query.ts";

/** Cohorts as they are answered. */

type Answer = AnswerOf<typeof cohortsSchema>;

/** What is shown of cohorts. */
export interface CohortView {
  readonly measure: (typeof cohortMeasures)[number];
  readonly currency: string;
}

const nothing = { value: null, low: null, high: null, perCustomerSoFar: null };

/** A cohort. @param isGrouped whether its group is named */
export function presentCohort(cohort: Cohort, view: CohortView, isGrouped: boolean): Answer["items"][number] {
  const { from, to, group, customers, cells } = cohort;
  return {
    ...{ from, to, ...(isGrouped ? { group } : {}), customers },
    cells: cells.map(({ age, from: first, to: last, isOver, ...sums }) => {
      const cell = { age, from: first, to: last };
      if (!isOver) return { ...cell, ...nothing };
      const { measure, currency } = view;
      const soFar = perCustomerSoFar(sums, customers, view);
      if (measure === "retention") return { ...cell, ...shareOf(sums.buyers, customers), ...soFar };
      const plain = { customers: sums.buyers, orders: sums.orders };
      const value =
        measure === "revenue" ? formatMinor(sums.amountMinor, decimalsOf(currency)) : plain[measure];
      return { ...cell, value, low: null, high: null, ...soFar };
    }),
  };
}

/** A cell of the row of means. */
export function presentMean(mean: MeanCell, view: CohortView): Answer["mean"][number] {
  const { age, cohorts, customers, buyers, orders, amountMinor } = mean;
  const cell = { age, cohorts, customers };
  const soFar = perCustomerSoFar(mean, customers, view);
  if (view.measure === "retention" || view.measure === "customers") {
    return { ...cell, ...shareOf(buyers, customers), ...soFar };
  }
  const value =
    view.measure === "orders" ? orders / customers : eachOf(amountMinor, customers, view.currency);
  return { ...cell, value, low: null, high: null, ...soFar };
}

function shareOf(buyers: number, customers: number) {
  const { low, high } = customers === 0 ? noBounds : wilsonInterval(buyers, customers);
  const percent = (share: number | null) => (share === null ? null : 100 * share);
  return { value: (100 * buyers) / customers, low: percent(low), high: percent(high) };
}

function perCustomerSoFar(
  sums: { readonly ordersSoFar: number; readonly amountSoFarMinor: bigint },
  customers: number,
  { measure, currency }: CohortView,
): { perCustomerSoFar: number | string | null } {
  if (measure === "revenue") {
    return { perCustomerSoFar: eachOf(sums.amountSoFarMinor, customers, currency) };
  }
  return { perCustomerSoFar: measure === "orders" ? sums.ordersSoFar / customers : null };
}

function eachOf(amountMinor: bigint, customers: number, currency: string): string {
  return formatMajor(ratio(amountMinor, BigInt(customers) * BigInt(minorPerMajor(decimalsOf(currency)))));
}
