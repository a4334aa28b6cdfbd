import { describe, expect, it } from "vitest";
import { Counted, type Counting } from "../../../fixtures/domain.ts";

const sent = (invitationId: string, occurredAt: string) => ({
  type: "invitation.sent",
  invitationId,
  occurredAt,
});
const answered = (invitationId: string, occurredAt: string) => ({
  ...{ survey: "nps", score: 9, invitationId, occurredAt },
});

function measure(facts: readonly object[], counting: Counting = {}, from = "2026-10-01", to = "2026-10-01") {
  return new Counted(facts, counting).measure("survey-response-rate", from, to);
}

describe("the survey response rate", () => {
  it("is the share of the invitations of a day that were answered, whenever the answers came", () => {
    const facts = [
      ...["a", "b", "c", "d"].map((id) => sent(id, "2026-10-01T09:00:00Z")),
      answered("a", "2026-10-01T09:30:00Z"),
      answered("b", "2026-10-09T21:00:00Z"),
      sent("e", "2026-10-02T09:00:00Z"),
    ];
    const measured = measure(facts);
    expect(measured).toMatchObject({
      ...{ value: 50, n: 4 },
      components: { sent: 4, answered: 2, answeredLate: 0, hour09: 1, hour21: 1, hour10: 0 },
      sample: { kind: "proportion", successes: 2, n: 4 },
    });
    // Wilson for 2 of 4: centre 0.5, margin 1.959964·√(0.0625 + 0.0600228)/1.960365 = 0.349962.
    expect(measured.low).toBeCloseTo(15.0039, 3);
    expect(measured.high).toBeCloseTo(84.9961, 3);
    expect(measure(facts, {}, "2026-10-02", "2026-10-31")).toMatchObject({ value: 0, n: 1 });
  });

  it.each([
    [
      "the last millisecond of the 14th day after the sending",
      "2026-10-15T23:59:59.999Z",
      { answered: 1, answeredLate: 0 },
    ],
    ["the beginning of the 15th", "2026-10-16T00:00:00Z", { answered: 0, answeredLate: 1 }],
    ["the instant of the sending", "2026-10-01T09:00:00Z", { answered: 1, answeredLate: 0 }],
    ["a millisecond before it", "2026-10-01T08:59:59.999Z", { answered: 0, answeredLate: 0 }],
  ])("counts an answer at %s as it should", (_, at, components) => {
    const facts = [sent("a", "2026-10-01T09:00:00Z"), answered("a", at)];
    expect(measure(facts)).toMatchObject({ n: 1, components });
  });

  it("follows the workspace's cut-off", () => {
    const facts = [sent("a", "2026-10-01T09:00:00Z"), answered("a", "2026-10-03T09:00:00Z")];
    expect(measure(facts, { responseCutOffDays: 2 })).toMatchObject({ value: 100 });
    expect(measure(facts, { responseCutOffDays: 1 })).toMatchObject({
      value: 0,
      components: { answeredLate: 1 },
    });
  });

  it("never passes 100 %: many answers to one invitation, and reminders, count once", () => {
    const facts = [
      sent("a", "2026-10-01T09:00:00Z"),
      sent("a", "2026-10-05T09:00:00Z"),
      ...["02", "03", "20"].map((day) => answered("a", `2026-10-${day}T09:00:00Z`)),
      answered("unknown", "2026-10-01T10:00:00Z"),
    ];
    expect(measure(facts, {}, "2026-10-01", "2026-10-31")).toMatchObject({ value: 100, n: 1 });
  });

  it("takes an answer after the cut-off for late only where none was in time", () => {
    const facts = [
      sent("a", "2026-10-01T09:00:00Z"),
      answered("a", "2026-10-30T09:00:00Z"),
      answered("a", "2026-10-02T09:00:00Z"),
    ];
    expect(measure(facts)).toMatchObject({ components: { answered: 1, answeredLate: 0 } });
  });

  it("tells the hours of the workspace's day in which people answer", () => {
    const facts = [sent("a", "2026-10-01T09:00:00Z"), answered("a", "2026-10-01T22:30:00Z")];
    const { components } = measure(facts, { timeZone: "Europe/Berlin" });
    expect(components).toMatchObject({ hour00: 1, hour22: 0 });
  });
});
