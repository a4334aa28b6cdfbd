import { describe, expect, it } from "vitest";
import { type CustomerHistory, customer } from "../../../../lib/domain/entities/customer.ts";
import { standingOf } from "../../../../lib/domain/entities/standing.ts";
import { placeFacts, purchase, step } from "../../../fixtures/domain.ts";

function standing(facts: object[], today: string, inactivityDays: number | null = null) {
  const history = placeFacts(facts).reduce<CustomerHistory>(
    (sum, fact) => customer.apply(sum, fact),
    customer.unknown,
  );
  return standingOf(history, { inactivityDays, engagedTouchpoints: 2 }, today);
}

describe("where a customer stands", () => {
  it("is nowhere before there was anything", () => {
    expect(standing([], "2026-03-01")).toEqual({
      state: "none",
      joinedOn: null,
      lostOn: null,
      returnedOn: null,
      lapsesOn: null,
      firstPurchaseOn: null,
      lastPurchaseOn: null,
      purchases: 0,
      interactions: 0,
      touchpoints: 0,
      engaged: false,
      referred: false,
      referralsSent: 0,
    });
  });

  it("follows the purchases, several on a day included, up to the day on which it would lapse", () => {
    const facts = ["2026-01-05", "2026-01-05", "2026-02-01", "2026-02-20"].map((day) => purchase("c", day));
    expect(standing(facts, "2026-03-01", 30)).toMatchObject({
      state: "active",
      joinedOn: "2026-01-05",
      lostOn: null,
      returnedOn: null,
      lapsesOn: "2026-03-22",
      firstPurchaseOn: "2026-01-05",
      lastPurchaseOn: "2026-02-20",
      purchases: 4,
    });
  });

  it("is lost from the very day of the loss on", () => {
    const facts = [purchase("c", "2026-01-05")];
    expect(standing(facts, "2026-02-03", 30)).toMatchObject({ state: "active", lapsesOn: "2026-02-04" });
    expect(standing(facts, "2026-02-04", 30)).toMatchObject({
      state: "lost",
      lostOn: "2026-02-04",
      lapsesOn: null,
    });
  });

  it("names the last loss and the last return of many", () => {
    const facts = [
      step("joined", "c", "2026-01-01"),
      step("left", "c", "2026-01-10"),
      step("returned", "c", "2026-01-20"),
      step("left", "c", "2026-02-10"),
      step("returned", "c", "2026-02-20"),
    ];
    expect(standing(facts, "2026-03-01")).toMatchObject({
      state: "active",
      joinedOn: "2026-01-01",
      lostOn: "2026-02-10",
      returnedOn: "2026-02-20",
      lapsesOn: null,
    });
    expect(standing(facts, "2026-02-15")).toMatchObject({ state: "lost", returnedOn: "2026-01-20" });
  });

  it("does not know yet what happens later than today", () => {
    expect(standing([step("joined", "c", "2026-01-10")], "2026-01-09")).toMatchObject({
      state: "none",
      joinedOn: null,
    });
  });
});
