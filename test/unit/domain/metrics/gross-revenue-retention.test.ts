import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";
import { subscriptions } from "../../../fixtures/subscriptions.ts";

/** The facts are told and added up in the fixture: $160.00 at the start of March. */
const counted = new Counted(subscriptions);
const rate = (convention: string, from = "2026-03-01", to = "2026-03-31") =>
  counted.measure("gross-revenue-retention", from, to, { convention });

it("is how much of what was paid at the start is paid at the end of a calendar interval", () => {
  // Of anna's 30 the 20 of the start; béa 50, carl 10, emil 3.
  expect(rate("cohort")).toMatchObject({ value: (100 * 83) / 160, n: 4, method: "exact" });
});

it("is ChartMogul's by the movements of everybody", () => {
  expect(rate("chartmogul").value).toBe(100 - (100 * (57 + 30)) / 160);
});

it("compounds days in any other range", () => {
  // 10 March: carl's 30 of 175; 15 March: béa's 50 of 145.
  const { value, method } = rate("cohort", "2026-03-10", "2026-03-15");
  expect(method).toBe("compounded");
  expect(value).toBeCloseTo(100 * (1 - 30 / 175) * (1 - 50 / 145), 10);
});

it("of a year keeps what expands and contracts again to where it was", () => {
  // Nobody paid when 2026 began; the quarter from April on begins with the 101 of March.
  expect(rate("cohort", "2026-01-01", "2026-12-31").value).toBeNull();
  expect(rate("cohort", "2026-04-01", "2026-06-30")).toMatchObject({ value: 100, n: 5 });
});
