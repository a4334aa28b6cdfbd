import { describe, expect, it } from "vitest";
import { referral } from "../../../../lib/domain/entities/referral.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

function derive(...happenings: [type: "sent" | "converted", day: string][]) {
  const facts = happenings.map(([type, day], index) => ({
    ...{ type: `referral.${type}`, id: `f${index}`, customerId: "c", code: "r" },
    occurredAt: `${day}T12:00:00Z`,
  }));
  const history = placeFacts(facts).reduce((known, fact) => referral.apply(known, fact), referral.unknown);
  return referral.derive(history, {});
}

describe("a code of a referral", () => {
  it("counts once, on the day on which it was first sent, and each sending on its day", () => {
    expect(derive(["sent", "2026-10-05"], ["sent", "2026-10-02"], ["sent", "2026-10-05"])).toEqual([
      { kind: "referral-code-sent", day: "2026-10-02", segments: {}, hasConverted: false },
      { kind: "referrals-sent", day: "2026-10-02", segments: {}, times: 1 },
      { kind: "referrals-sent", day: "2026-10-05", segments: {}, times: 2 },
    ]);
  });

  it("has converted if somebody came by it on whatever day", () => {
    const converted = derive(["sent", "2026-10-05"], ["converted", "2026-10-24"]);
    expect(converted.map((occurrence) => "hasConverted" in occurrence && occurrence.hasConverted)).toEqual([
      true,
      false,
    ]);
  });

  it("that is not known to have been sent counts nowhere", () => {
    expect(derive(["converted", "2026-10-24"])).toEqual([]);
  });
});
