import { claimDays, maxMoved } from "../../../store/records/value-list.ts";
import { maxIntents, roomOf, valuesPerDimension } from "../../../store/records/value-lists.ts";
import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { dimensionSchema } from "./answers.ts";
import { dimensionChangeSchema } from "./query.ts";

/** OpenAPI operations of the values of dimensions. */

const example = {
  ...{ name: "channel", trackedSince: null, named: 1, maxNamed: valuesPerDimension },
  values: [
    { value: "Web", status: "merged", countsAs: "web", until: null },
    { value: "app", status: "claimed", countsAs: "app", until: "2026-11-03" },
    { value: "web", status: "named", countsAs: "web", until: null },
    { value: "xxx-1", status: "removed", countsAs: "(other)", until: null },
  ],
};

const path = pathId(
  "A tracked dimension, or `visitor-intent`, `leaving-reason` or `interaction-touchpoint`",
  "channel",
);
const meanings = { 404: "the workspace does not track this dimension" };

const rules = [
  `At most ${valuesPerDimension} values of a tracked dimension count by name (${maxIntents} intents, as \`visitor-intent\`, and as many reasons of leaving, as \`leaving-reason\`, and touchpoints of interactions, as \`interaction-touchpoint\`), the others as \`(other)\`. A value that`,
  `only public keys have sent is a claim: at most ${roomOf("channel").running} run at once (${roomOf("visitor-intent").running} intents), each for ${claimDays} days, and none is in the way of a value that`,
  "anybody else sends, who also keeps it for good by sending it. After a dimension was untracked and tracked again its values are made anew.",
].join(" ");

/** By route key. */
export const dimensionOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/dimensions/{id}": {
    operationId: "getDimension",
    tag: "Workspace",
    summary: "The values of a tracked dimension",
    description: rules,
    path,
    answers: {
      200: {
        description: "The values",
        schema: dimensionSchema,
        examples: { channel: { summary: "A channel", value: example } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings,
  },
  "PATCH /v1/dimensions/{id}": {
    operationId: "changeDimension",
    tag: "Workspace",
    summary: "Pin, merge and remove values of a dimension",
    description: `Holds for all days at once: what was counted under a value is read where it went, and comes back when the value is pinned. Of intents it holds for answers from now on. At most ${maxMoved} values can be removed or merged. A question that only the stored facts answer goes by the values as they were sent.`,
    path,
    body: {
      schema: dimensionChangeSchema,
      examples: {
        clean: {
          summary: "Taking made-up values out, and one spelling for another",
          value: { remove: ["xxx-1", "xxx-2"], merge: [{ from: "Web", into: "web" }] },
        },
        pin: { summary: "Keeping what only a page sends", value: { pin: ["app"] } },
      },
    },
    answers: {
      200: {
        description: "The values as they are now",
        schema: dimensionSchema,
        examples: { changed: { summary: "Changed", value: example } },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { ...meanings, 409: "there is no room for so many values" },
  },
};
