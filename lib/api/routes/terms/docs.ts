import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { termsSchema } from "./answers.ts";
import { maxComments, termsQuerySchema } from "./query.ts";

/** OpenAPI operations of frequent terms. */

const terms = {
  survey: "nps",
  groups: [
    {
      group: "detractors",
      comments: 40,
      terms: [{ term: "delivery", comments: 18, sharePercent: 45 }],
      tags: [{ tag: "staff", comments: 12, sharePercent: 30 }],
    },
    {
      group: "passives",
      comments: 12,
      terms: [{ term: "price", comments: 3, sharePercent: 25 }],
      tags: [],
    },
    {
      group: "promoters",
      comments: 50,
      terms: [{ term: "friendly", comments: 10, sharePercent: 20 }],
      tags: [{ tag: "staff", comments: 20, sharePercent: 40 }],
    },
  ],
  lookedAt: { comments: 102, responses: 340, complete: true },
};

/** By route key. */
export const termOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/terms": {
    operationId: "listTerms",
    tag: "Responses",
    summary: "Frequent terms and tags of the comments by score group",
    description: [
      "How many comments of each group (detractors, passives and promoters; satisfied or not; completed or not; by intent) contain a term, in any case and with or without accents, and how many have a tag.",
      "With `type` in place of `survey` it looks at the messages of mentions, by sentiment, or of tickets.",
      `Stop words of many languages are left out, and so is what was taken out of the counts. At most the newest ${maxComments} comments`,
      "are looked at: `lookedAt` says how many, and whether that was all.",
    ].join(" "),
    query: termsQuerySchema,
    takesDimensions: true,
    answers: {
      200: {
        description: "The terms and tags of each group, the most frequent first",
        schema: termsSchema,
        examples: { terms: { summary: "What detractors, passives and promoters write about", value: terms } },
        csv: "group,term,comments,sharePercent,tag\r\ndetractors,delivery,18,45,\r\ndetractors,,12,30,staff\r\n",
      },
    },
    problems: [...keyProblems, 400],
  },
};
