import { expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { type ListedCustomer, renderCustomerList } from "../../../lib/pages/customer-list.ts";

const money = (amount: string, currency: string) => ({ amount, currency });

const customer: ListedCustomer = {
  ...{ id: "c", state: "active", joinedOn: null, lastSeenOn: "2026-10-01", orders: 2 },
  ...{ revenue: money("0.00", "EUR"), otherRevenue: [], prediction: null, rfm: null, scores: {} },
};

const revenueOf = (item: Partial<ListedCustomer>) => {
  const list = { items: [{ ...customer, ...item }], total: 1, nextCursor: null };
  const { text } = renderCustomerList(list, {}, languageOf("en"));
  return /<td class="number">([^<]*)<\/td>/.exec(text)?.[1];
};

it("a customer who paid in other currencies is not listed as one who paid nothing", () => {
  expect(revenueOf({ otherRevenue: [money("900", "JPY"), money("12.50", "USD")] })).toBe("¥900, $12.50");
  expect(revenueOf({ revenue: money("7.00", "EUR"), otherRevenue: [money("12.50", "USD")] })).toBe(
    "€7.00, $12.50",
  );
  expect(revenueOf({})).toBe("€0.00");
});
