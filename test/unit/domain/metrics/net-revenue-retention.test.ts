import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";
import { subscriptions } from "../../../fixtures/subscriptions.ts";

/** The facts are told and added up in the fixture: $160.00 at the start of March. */
const counted = new Counted(subscriptions);
const rate = (convention: string, from = "2026-03-01", to = "2026-03-31") =>
  counted.measure("net-revenue-retention", from, to, { convention });

it("is what the customers of the start pay at the end of a calendar interval", () => {
  // anna 20 → 30, béa 100 → 50, carl 30 → 10, emil 10 → 3: 93 of 160. Dora came in March.
  expect(rate("cohort")).toMatchObject({ value: (100 * 93) / 160, n: 4, method: "exact" });
});

it("is ChartMogul's by the movements of everybody", () => {
  // Lost 57 + 30; gained 13 of expansion, of which 3 by Dora, who came in March, and 10 of reactivation.
  expect(rate("chartmogul")).toMatchObject({
    ...{ value: 60, method: "chartmogul" },
    components: {
      start: "160.00",
      expansion: "13.00",
      reactivation: "10.00",
      churn: "30.00",
      subscribers: 4,
    },
  });
});

it("compounds days in any other range", () => {
  // 2 March: anna's 10 more of 160; 4 March: Dora comes with 5; 10 March: carl's 30 of 175.
  const { value, method, n } = rate("cohort", "2026-03-02", "2026-03-10");
  // Three days began with 4 who paid, six with 5.
  expect(n).toBe(Math.round((3 * 4 + 6 * 5) / 9));
  expect(method).toBe("compounded");
  expect(value).toBeCloseTo(100 * (1 + 10 / 160) * (1 - 30 / 175), 10);
});

it("is unknown where nobody paid at the start", () => {
  expect(rate("cohort", "2026-01-01", "2026-01-31")).toMatchObject({ value: null, n: 0 });
  expect(rate("chartmogul", "2025-01-01", "2025-12-31").value).toBeNull();
});
