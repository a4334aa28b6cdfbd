import { describe, expect, it } from "vitest";
import {
  isLatestAnswer,
  type LatestAnswers,
  latestAnswersSchema,
} from "../../../../lib/domain/workspace/latest-answers.ts";
import { defaultSettings, type Workspace } from "../../../../lib/domain/workspace/settings.ts";
import { event, response } from "../../../fixtures/facts.ts";

const made = { id: "shop", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} };
const workspace: Workspace = { ...defaultSettings, ...made };

const answer = (more: object) =>
  response(workspace, { survey: "csat", score: 4, invitationId: "i-1", surveyId: "after-order", ...more })
    .fact;

describe("the latest answer of an invitation counts", () => {
  it.each<[string, LatestAnswers, object, boolean]>([
    ["a survey by what it asks for", [{ survey: "csat" }], {}, true],
    ["another one", [{ survey: "nps" }], {}, false],
    ["a survey by its own id", [{ surveyId: "after-order" }], {}, true],
    ["one with another id", [{ surveyId: "yearly" }], {}, false],
    ["a survey by both", [{ survey: "csat", surveyId: "after-order" }], {}, true],
    ["one that agrees in one of both", [{ survey: "nps", surveyId: "after-order" }], {}, false],
    ["one of several", [{ survey: "nps" }, { surveyId: "after-order" }], {}, true],
    ["none", [], {}, false],
    ["an answer without an id of its survey", [{ surveyId: "after-order" }], { surveyId: undefined }, false],
    ["an answer to no invitation", [{ survey: "csat" }], { invitationId: undefined }, false],
    ["an answer that says so itself", [{ survey: "csat" }], { latest: "invitation" }, false],
    ["an answer that says what it replaces", [{ survey: "csat" }], { supersedes: "a-1" }, false],
  ])("by the setting: %s", (_, surveys, more, expected) => {
    expect(isLatestAnswer(answer(more), surveys)).toBe(expected);
  });

  it("never an event", () => {
    const { fact } = event(workspace, { type: "invitation.sent", invitationId: "i-1" });
    expect(isLatestAnswer(fact, [{ survey: "csat" }])).toBe(false);
  });
});

it.each([
  [[{ survey: "csat" }, { survey: "csat", surveyId: "after-order" }], undefined],
  ["nps", "must be a list of surveys"],
  [null, "must be a list of surveys"],
  [[{}], "must have survey, surveyId or both"],
  [[{ survey: "stars" }], "must be one of nps"],
  [
    [
      { survey: "nps", surveyId: "a" },
      { surveyId: "a", survey: "nps" },
    ],
    "must not name a survey twice",
  ],
  [Array.from({ length: 21 }, (_, n) => ({ surveyId: `s-${n}` })), "must name at most 20 surveys"],
])("the setting %j is taken, or refused with the reason", (surveys, message) => {
  const { error } = latestAnswersSchema.safeParse(surveys);
  if (message === undefined) expect(error).toBeUndefined();
  else expect(error?.issues[0]?.message).toContain(message);
});
