import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";
import { subscription, subscriptions } from "../../../fixtures/subscriptions.ts";

/** The facts are told and added up in the fixture: $160.00 at the start of March. */
const counted = new Counted(subscriptions);
const rate = (convention: string, from = "2026-03-01", to = "2026-03-31") =>
  counted.measure("revenue-churn", from, to, { convention });

it("is what retention leaves of 100: gross and net", () => {
  expect(rate("gross")).toMatchObject({ value: 100 - (100 * 83) / 160, n: 4 });
  expect(rate("net").value).toBe(100 - (100 * 93) / 160);
});

it("has ChartMogul's gross and net MRR churn rate", () => {
  expect(rate("chartmogul").value).toBe((100 * (57 + 30)) / 160);
  expect(rate("chartmogul-net").value).toBe((100 * (57 + 30 - 13 - 10)) / 160);
});

it("has the published example of ChartMogul: of 100, 10 churned and 10 contracted, while one customer pays 10 more", () => {
  const price = (amount: string) => [amount] as const;
  const example = new Counted([
    ...["a", "b", "c"].map((id, n) =>
      subscription("started", id, "2026-01-10", id, price(["10.00", "40.00", "50.00"][n] ?? "0")),
    ),
    subscription("ended", "a", "2026-03-04", "a"),
    subscription("changed", "b", "2026-03-05", "b", price("30.00")),
    subscription("changed", "c", "2026-03-06", "c", price("60.00")),
  ]);
  const of = (convention: string) =>
    example.measure("revenue-churn", "2026-03-01", "2026-03-31", { convention }).value;
  expect([of("chartmogul"), of("chartmogul-net"), of("gross")]).toEqual([20, 10, 20]);
});

it("is unknown where nobody paid at the start", () => {
  expect(rate("gross", "2026-01-01", "2026-01-31").value).toBeNull();
});
