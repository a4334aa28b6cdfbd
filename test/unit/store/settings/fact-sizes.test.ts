import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { factBytesOf } from "../../../../lib/store/settings/fact-sizes.ts";
import { itemBytes } from "../../../../lib/tools/local-cloud/aws/dynamodb-limits.ts";

/** The size that is noted of facts: more than the table counts would have reads set too much aside, less would let them cost more. */

const { item } = fc.letrec<{ item: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
    fc.integer(),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("item"),
  ),
  item: fc.dictionary(
    // What the SDK cannot write: it takes such a map for an instance of a class.
    fc.string({ minLength: 1, unit: "binary" }).filter((name) => name !== "constructor"),
    tie("value"),
    { maxKeys: 4 },
  ),
}));

it("is never less than what the table counts, with room for what is added to a fact that is taken out", () => {
  fc.assert(
    fc.property(item, (one) => {
      expect(factBytesOf(one)).toBeGreaterThanOrEqual(itemBytes(marshall(one)) + 1_024);
    }),
  );
});

it("of an answer as most are is not twice of it, so that reading many answers sets little too much aside", () => {
  const answer = {
    ...{
      pk: "w#fact#0199f0c3-8d1e-7f00-a0c1-1d2f3a4b5c6d",
      sk: "fact",
      gsi1pk: "w#responses#7",
      gsi1sk: "2026-11-30#2026-11-30T12:00:00.000Z#0199f0c3",
    },
    ...{
      id: "0199f0c3-8d1e-7f00-a0c1-1d2f3a4b5c6d",
      day: "2026-11-30",
      occurredAt: 1764504000000,
      recordedAt: 1764504000123,
    },
    ...{
      contentHash: "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg",
      commit: "0199f0c3-8d1e-7f00-a0c1-1d2f3a4b5c6e",
    },
    body: {
      type: "response",
      survey: "nps",
      scale: "0-10",
      score: 9,
      comment: "Quick and friendly.",
      dimensions: {},
    },
  };
  expect(factBytesOf(answer) - 1_024).toBeLessThan(1.5 * itemBytes(marshall(answer)));
});
