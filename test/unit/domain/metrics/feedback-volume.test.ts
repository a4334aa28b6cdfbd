import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const occurredAt = "2026-10-10T12:00:00Z";

const task = (completed: boolean, more: object = {}) => ({
  ...{ survey: "task-completion", occurredAt, completed },
  ...more,
});

const intent = (choice: string, more: object = {}) => ({
  ...{ survey: "visitor-intent", occurredAt, choice },
  ...more,
});

const times = <Fact>(count: number, fact: Fact): Fact[] => Array.from({ length: count }, () => fact);

function measure(id: string, facts: readonly object[]) {
  return new Counted(facts).measure(id, "2026-10-01", "2026-10-31");
}

describe("feedback volume", () => {
  const nps = { survey: "nps", score: 9, occurredAt };
  const csat = { survey: "csat", score: 4, occurredAt };

  it("is the number of responses to all surveys that came with a comment, and their share", () => {
    const comment = "Quick delivery";
    const facts = [
      ...times(3, nps),
      { ...nps, comment },
      { ...csat, comment },
      { ...csat, scale: "0-10" },
      task(true, { comment }),
      intent("Buy", { comment }),
      { survey: "ces", score: 5, occurredAt },
      { survey: "esat", score: 5, occurredAt },
    ];
    // 4 of 10 responses.
    expect(measure("feedback-volume", facts)).toMatchObject({
      ...{ value: 4, low: null, high: null, n: 10 },
      components: {
        ...{ comments: 4, responses: 10, sharePercent: 40 },
        ...{ "comments nps": 1, "responses nps": 4, "comments csat": 1, "responses csat": 2 },
        ...{ "comments task-completion": 1, "responses visitor-intent": 1, "comments esat": 0 },
      },
    });
  });

  it("counts the scores of a survey as before beside", () => {
    const facts = [
      { ...nps, comment: "Good" },
      { ...nps, score: 0 },
    ];
    expect(measure("nps", facts)).toMatchObject({ value: 0, n: 2 });
  });
});
