import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { History } from "../../../../lib/domain/entities/history.ts";
import { invitation } from "../../../../lib/domain/entities/invitation.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

type InvitationHistory = History<"sent" | "answered">;

const steps = fc.array(fc.record({ isSent: fc.boolean(), hour: fc.integer({ min: 0, max: 24 * 6 }) }), {
  maxLength: 8,
});

function placed(list: readonly { isSent: boolean; hour: number }[]) {
  return placeFacts(
    list.map(({ isSent, hour }) => ({
      ...(isSent ? { type: "invitation.sent" } : { survey: "nps", score: 9 }),
      invitationId: "i",
      occurredAt: new Date(Date.parse("2026-10-01T00:00:00Z") + hour * 3_600_000).toISOString(),
    })),
  );
}

const historyOf = (facts: ReturnType<typeof placed>) =>
  facts.reduce<InvitationHistory>((sum, fact) => invitation.apply(sum, fact), invitation.unknown);

const derive = (history: InvitationHistory) =>
  invitation.derive(history, { responseCutOffDays: 2, timeZone: "UTC" });

describe("an invitation", () => {
  it("is answered by the first response from its first sending on, in whatever order they arrive", () => {
    fc.assert(
      fc.property(steps, fc.func(fc.integer()), (list, order) => {
        const sent = list.filter(({ isSent }) => isSent).map(({ hour }) => hour);
        const first = Math.min(...sent);
        const answers = list.filter(({ isSent, hour }) => !isSent && hour >= first).map(({ hour }) => hour);
        const answer = Math.min(...answers);
        const inTime = Math.floor(answer / 24) <= Math.floor(first / 24) + 2;
        const expected = {
          kind: "invitation-sent",
          day: `2026-10-0${1 + Math.floor(first / 24)}`,
          segments: {},
          answer: answers.length === 0 ? "none" : inTime ? "in-time" : "late",
          hour: answers.length > 0 && inTime ? String(answer % 24).padStart(2, "0") : "",
        };
        const facts = placed(list);
        expect(derive(historyOf(facts))).toEqual(sent.length === 0 ? [] : [expected]);
        const shuffled = [...facts].sort((a, b) => order(a.fact.occurredAt) - order(b.fact.occurredAt));
        expect(derive(historyOf(shuffled))).toEqual(derive(historyOf(facts)));
      }),
    );
  });

  it("is as if a response that is withdrawn had never come", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (list, index) => {
        const facts = placed(list);
        const responses = facts.filter(({ fact }) => fact.type === "response");
        const gone = responses[index % Math.max(1, responses.length)];
        if (!gone) return;
        const without = invitation.withdraw(historyOf(facts), gone);
        expect(without).toEqual(historyOf(facts.filter((fact) => fact !== gone)));
        expect(invitation.apply(without, gone)).toEqual(historyOf(facts));
      }),
    );
  });

  it("has no segments without the fact that it has them from", () => {
    const [sent] = placed([{ isSent: true, hour: 0 }]);
    if (!sent) throw new Error("there is a fact");
    expect(invitation.withdraw(historyOf([sent]), sent)).toEqual(invitation.unknown);
  });
});
