import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { optionsOf } from "../../../fixtures/sources/payloads.ts";
import { readRecorded } from "../../../fixtures/sources/reading.ts";

describe("Typeform", () => {
  it("each mapped question is a response, with its comment, hidden fields and the form's id", () => {
    const { facts } = readRecorded("typeform", "all-answered", optionsOf["typeform"]);
    expect(facts).toMatchObject([
      {
        ...{ survey: "nps", score: 9, comment: "Quick delivery", customerId: "17850", surveyId: "lT4Z3j" },
        dimensions: { channel: "email" },
      },
      { survey: "task-completion", completed: true },
      { survey: "csat", score: 5, surveyId: "after-order" },
    ]);
  });

  it("an answer whose worth nobody has said is kept as unmapped, and the others count", () => {
    const { facts, problems } = readRecorded("typeform", "unknown-label", optionsOf["typeform"]);
    expect(facts).toMatchObject([{ survey: "nps", score: 7 }]);
    expect(problems).toEqual([expect.stringContaining("the answer to satisfied is no whole number")]);
    // What somebody answered is in no reason.
    expect(problems.join()).not.toContain("Somewhat");
  });

  it("without options, and without an answer to any of them, everything is kept as unmapped", () => {
    expect(readRecorded("typeform", "score-only")).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/options\.questions/)],
    });
    const questions = [{ question: "other", survey: "ces" }];
    const { facts, problems } = readRecorded("typeform", "score-only", { questions });
    expect([facts, problems.length]).toEqual([[], 1]);
  });

  it("answers of employees name no customer, and a choice is why somebody came", () => {
    const questions = [
      { question: "recommend", survey: "esat" },
      { question: "satisfied", survey: "visitor-intent" },
    ];
    const { facts } = readRecorded("typeform", "all-answered", { questions, customerField: "customer_id" });
    expect(facts).toMatchObject([
      { survey: "esat", score: 9 },
      { survey: "visitor-intent", choice: "Very satisfied" },
    ]);
    expect(facts[0]).not.toHaveProperty("customerId");
  });
});

describe("Formbricks", () => {
  it("counts what is finished, with attributes as fields; lists and matrices are no scores", () => {
    expect(readRecorded("formbricks", "created", optionsOf["formbricks"])).toMatchObject({
      facts: [],
      problems: [],
    });
    expect(readRecorded("formbricks", "finished", optionsOf["formbricks"]).facts).toMatchObject([
      { survey: "nps", score: 8, comment: "Good value", customerId: "17850", dimensions: { plan: "team" } },
      { survey: "csat", score: 4 },
    ]);
    const matrix = { questions: [{ question: "matrix", survey: "csat" }] };
    expect(readRecorded("formbricks", "finished", matrix)).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/none of/)],
    });
  });

  it("scores in texts and words are scores, and who is not known has no customer id", () => {
    const { facts } = readRecorded("formbricks", "finished-anonymous", optionsOf["formbricks"]);
    expect(facts).toMatchObject([{ score: 10 }, { score: 1 }]);
    expect(facts[0]?.["customerId"]).toBeUndefined();
  });
});

describe("SurveyMonkey", () => {
  const details: unknown = JSON.parse(
    readFileSync(
      new URL("../../../fixtures/sources/surveymonkey/details/5007154325.json", import.meta.url),
      "utf8",
    ),
  );
  const read = (more: object) =>
    readRecorded(
      "surveymonkey",
      "response-completed",
      { ...optionsOf["surveymonkey"], ...more },
      (payload) => {
        payload["details"] = details;
      },
    );

  it("the weight of a rating is its score, and the contact's fields name the customer", () => {
    expect(read({ customerField: "email" }).facts).toMatchObject([
      {
        ...{ id: "source:s:5007154325:144830985", survey: "nps", score: 9, comment: "Easy to use" },
        ...{ customerId: "ada.moss@example.com", occurredAt: "2026-10-01T21:56:31.000Z" },
      },
    ]);
  });

  it("a callback alone tells no answer", () => {
    const { facts, problems } = readRecorded("surveymonkey", "response-completed", optionsOf["surveymonkey"]);
    expect([facts, problems]).toEqual([[], [expect.stringContaining("accessToken")]]);
    expect(readRecorded("surveymonkey", "response-created")).toMatchObject({ facts: [], problems: [] });
  });
});
