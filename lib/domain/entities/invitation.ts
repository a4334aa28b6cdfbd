import { dayFromNumber } from "../calendar/days.ts";
import { hourOf } from "../calendar/zones.ts";
import { defineEntity } from "./entity.ts";
import type { Step } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** An invitation to a survey: when it was sent, and when it was answered. */
export const invitation = defineEntity({
  name: "invitation",
  idField: "invitationId",
  facts: ["invitation.sent", "response"],
  steps: {
    sent: { code: "s", instant: true },
    answered: { code: "a", instant: true },
  },
  origins: ["sent"],
  place({ fact }) {
    switch (fact.type) {
      case "invitation.sent":
        return { id: fact.invitationId, kind: "sent", rank: 0 };
      case "response":
        return fact.invitationId === undefined ? undefined : { id: fact.invitationId, kind: "answered" };
      default:
        return undefined;
    }
  },
  dependencies: ({ responseCutOffDays, timeZone }) => ({ responseCutOffDays, timeZone }),
  derive({ steps, origin }, { responseCutOffDays, timeZone }): Occurrence[] {
    // Steps are in order of time: what follows the first sending is a reminder.
    const [sent] = steps.sent;
    if (!sent) return [];
    // An answer cannot come before its invitation.
    const answer = steps.answered.find(({ at }) => at >= sent.at);
    const isInTime = answer !== undefined && answer.day <= sent.day + responseCutOffDays;
    return [
      {
        kind: "invitation-sent",
        day: dayFromNumber(sent.day),
        segments: origin?.segments ?? {},
        answer: isInTime ? "in-time" : answer ? "late" : "none",
        hour: isInTime ? hourText(answer, timeZone) : "",
      },
    ];
  },
});

function hourText({ at }: Step, timeZone: string): string {
  return String(hourOf(at, timeZone)).padStart(2, "0");
}
