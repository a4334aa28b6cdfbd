import { dayFromNumber } from "../calendar/days.ts";
import { defineEntity } from "./entity.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** A referral by its link or code: whether it was sent, and whether somebody came by it. */
export const referral = defineEntity({
  name: "referral",
  idField: "code",
  facts: ["referral.sent", "referral.converted"],
  steps: { sent: { code: "s" }, converted: { code: "c" } },
  origins: ["sent"],
  place({ fact }) {
    switch (fact.type) {
      case "referral.sent":
        return { id: fact.code, kind: "sent", rank: 0 };
      case "referral.converted":
        return fact.code === undefined ? undefined : { id: fact.code, kind: "converted" };
      default:
        return undefined;
    }
  },
  dependencies: () => ({}),
  derive({ steps, origin }): Occurrence[] {
    const segments = origin?.segments ?? {};
    const hasConverted = steps.converted.length > 0;
    return steps.sent.flatMap(({ day: number, times }, index): Occurrence[] => {
      const day = dayFromNumber(number);
      const sent = { kind: "referrals-sent", day, segments, times } as const;
      return index === 0 ? [{ kind: "referral-code-sent", day, segments, hasConverted }, sent] : [sent];
    });
  },
});
